"""Which method for which need: methods counted for a theme and an audience; and what a method is used for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.releases import OpenRelease, SearchAnswer, SearchQuestion
from cis_graph.web.answers import page_answer
from cis_graph.web.facts import Link, by_name
from cis_graph.web.languages import marked
from cis_graph.web.naming import Names
from cis_graph.web.pages import Page
from cis_graph.web.texts import Text
from cis_graph.web.visits import Site, Visit, visit

NEEDS = ("theme", "audience")
_USERS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A concept with the number of projects that join it to what is asked, and the search that lists them."""

    link: Link
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A list to choose from: its name, what it is called, the values with their names, the one chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodsPage(Page):
    """Methods for a need."""

    template: ClassVar[str] = "methods.html"
    needs: tuple[Need, ...]
    methods: tuple[Counted, ...]
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a method is used for, and by whom: projects of narrower methods count too."""

    themes: tuple[Counted, ...]
    audiences: tuple[Counted, ...]
    users: tuple[Link, ...]
    user_count: int
    all_users: str  # the search that lists them


def router(site: Site) -> APIRouter:
    """The page of methods by need."""
    routes = APIRouter(tags=["pages"])

    @routes.get("/methods", summary="Which method for which need; ?theme= ?audience=")
    def methods(request: Request) -> Response:
        asked = visit(site, request)
        return page_answer(asked, lambda: _page(asked))

    return routes


def use_of(release: OpenRelease, method: str, names: Names) -> Use:
    """What the projects of one method, grants left out, are about, and the actors that take part in them."""
    filters = {"method": frozenset((method,))}
    found = release.search(SearchQuestion(kind="project", filters=filters, size=1))
    users = release.search(SearchQuestion(kind="actor", filters=filters, sort="name", size=_USERS))
    return Use(
        themes=_counted(found, "theme", names, {"method": method}),
        audiences=_counted(found, "audience", names, {"method": method}),
        users=tuple(Link(text=Text(hit.label), path=f"/actor/{hit.key}") for hit in users.hits),
        user_count=users.total,
        all_users=f"/search?{urlencode({'kind': 'actor', 'method': method})}",
    )


def _page(asked: Visit) -> MethodsPage:
    names = asked.names
    chosen = {name: asked.request.query_params.get(name, "") for name in NEEDS}
    kept = {name: key for name, key in chosen.items() if key in names.under(name)}
    filters = {name: frozenset((key,)) for name, key in kept.items()}
    found = asked.release.search(SearchQuestion(kind="project", filters=filters, size=1))
    every = asked.release.search(SearchQuestion(kind="project", size=1))
    labels = {"theme": marked("Thème"), "audience": marked("Public")}
    needs = tuple(
        Need(
            name=name,
            label=asked.language.gettext(labels[name]),
            options=tuple((key, text) for key, text in names.under(name).items() if key in every.facets.get(name, {})),
            chosen=kept.get(name, ""),
        )
        for name in NEEDS
    )
    return MethodsPage(
        title=asked.language.gettext(marked("Quelle méthode pour quel besoin")),
        needs=needs,
        methods=_counted(found, "method", names, kept),
        projects=found.total,
    )


def _counted(found: SearchAnswer, name: str, names: Names, with_: Mapping[str, str]) -> tuple[Counted, ...]:
    """The concepts of a facet, the most frequent first."""
    made = (
        Counted(
            link=Link(text=Text(names.of(name, key)), path=f"/{name}/{key}"),
            count=count,
            address=f"/search?{urlencode({'kind': 'project', **with_, name: key})}",
        )
        for key, count in found.facets.get(name, {}).items()
    )
    return tuple(sorted(made, key=lambda one: (-one.count, by_name(one.link))))
