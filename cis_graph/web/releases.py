"""The releases: what was published when."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from cis_graph.model.releases import ReleaseInformation
from cis_graph.web.answers import page_answer
from cis_graph.web.languages import marked
from cis_graph.web.pages import Page
from cis_graph.web.problems import Problem, Way, not_found
from cis_graph.web.texts import stated_date
from cis_graph.web.visits import Site, visit

_WAYS = (Way("/data/all.nq.gz", "/data/all.nq.gz"), Way("/releases", "/releases"))


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
    patched: bool


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
        make = lambda: ReleasesPage(title=title, releases=found, patched=asked.release.is_patched)  # noqa: E731
        return page_answer(asked, make, state=shelf)

    @routes.api_route("/releases/{number}", methods=["GET", "POST"], response_model=None, include_in_schema=False)
    def release(request: Request, number: str) -> Response:
        asked = visit(site, request)
        known = [str(each.number) for each in site.releases.published()]
        if number in known and site.releases.at(int(number)) is None:
            raise _elsewhere(number)
        if number in known:
            return RedirectResponse(asked.language.path(f"/releases#release-{number}"), status_code=303)
        newest = asked.release.information.number
        if number.isascii() and number.isdecimal() and 0 < int(number[:9]) < newest:
            raise _gone(number)
        raise not_found()

    return routes


def _elsewhere(number: str) -> Problem:
    return Problem(
        410,
        "release-not-queryable",
        title=marked("Cette version ne s'interroge plus"),
        detail=marked("Le serveur de ces données tient la version servie et celle d'avant, non la version %(number)s."),
        remedy=marked("Le contenu de la version servie se télécharge en entier, et chaque requête peut y être posée."),
        values={"number": number},
        ways=_WAYS,
    )


def _gone(number: str) -> Problem:
    return Problem(
        410,
        "release-gone",
        title=marked("Cette version n'est plus gardée"),
        detail=marked("La version %(number)s a été retirée ; personne ne l'avait citée."),
        remedy=marked("Le contenu de la version servie se télécharge en entier, et chaque requête peut y être posée."),
        values={"number": number},
        ways=_WAYS,
    )
