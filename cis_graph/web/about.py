"""The pages about the site itself: what it is, how to contribute, accessibility, legal notice."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.meetings import AGREE, NEAR
from cis_graph.web.answers import page_answer
from cis_graph.web.languages import marked
from cis_graph.web.pages import Page
from cis_graph.web.visits import Site, Visit, visit


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage(Page):
    """What the site is, and by which rules it chooses."""

    template: ClassVar[str] = "about.html"
    near: int = NEAR
    agree: int = AGREE


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributePage(Page):
    """How to contribute."""

    template: ClassVar[str] = "contribute.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityPage(Page):
    """What was checked of accessibility, and what was not."""

    template: ClassVar[str] = "accessibility.html"
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalPage(Page):
    """Who publishes and hosts the site; what the operator did not state is said to be so."""

    template: ClassVar[str] = "legal.html"
    stated: tuple[tuple[str, str], ...]


def router(site: Site) -> APIRouter:
    """The routes of these pages."""
    routes = APIRouter(tags=["pages"])

    @routes.get("/about", summary="What this site is, and by which rules it chooses")
    def about(request: Request) -> Response:
        asked = visit(site, request)
        return page_answer(asked, lambda: AboutPage(title=_told(asked, marked("À propos"))))

    @routes.get("/contribute", summary="How to contribute")
    def contribute(request: Request) -> Response:
        asked = visit(site, request)
        return page_answer(asked, lambda: ContributePage(title=_told(asked, marked("Contribuer"))))

    @routes.get("/accessibility", summary="What was checked of accessibility, and what was not")
    def accessibility(request: Request) -> Response:
        asked = visit(site, request)
        title, contact = _told(asked, marked("Accessibilité")), site.settings.legal_contact
        return page_answer(asked, lambda: AccessibilityPage(title=title, contact=contact), state=contact)

    @routes.get("/legal", summary="Who publishes and hosts this site")
    def legal(request: Request) -> Response:
        asked, settings = visit(site, request), site.settings
        given = (
            (marked("Éditeur"), settings.legal_publisher),
            (marked("Direction de la publication"), settings.legal_director),
            (marked("Contact"), settings.legal_contact),
            (marked("Hébergeur"), settings.legal_host),
        )
        stated = tuple((_told(asked, name), text or _told(asked, marked("non renseigné"))) for name, text in given)
        title = _told(asked, marked("Mentions légales"))
        return page_answer(asked, lambda: LegalPage(title=title, stated=stated), state=repr(stated))

    return routes


def _told(asked: Visit, message: str) -> str:
    return asked.language.gettext(message)
