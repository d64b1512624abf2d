"""The releases: what was published when."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.releases import ReleaseInformation
from cis_graph.web.answers import page_answer
from cis_graph.web.languages import marked
from cis_graph.web.pages import Page
from cis_graph.web.texts import stated_date
from cis_graph.web.visits import Site, visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One release in the list."""

    information: ReleaseInformation
    day: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasesPage(Page):
    """All releases on the shelf, newest first."""

    template: ClassVar[str] = "releases.html"
    releases: tuple[Published, ...]


def router(site: Site) -> APIRouter:
    """The releases' route."""
    routes = APIRouter(tags=["releases"])

    @routes.get("/releases", summary="What was published when")
    def releases(request: Request) -> Response:
        asked = visit(site, request)
        number = asked.release.information.number
        found = tuple(
            Published(
                information=each, day=stated_date(each.created, asked.language.code), current=each.number == number
            )
            for each in site.releases.published()
        )
        title = asked.language.gettext(marked("Versions publiées"))
        shelf = " ".join(str(each.information.number) for each in found)  # it changes without a publication
        return page_answer(asked, lambda: ReleasesPage(title=title, releases=found), state=shelf)

    return routes
