"""The home page: counts, a search box and a mosaic of projects in an order that favours nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.releases import OpenRelease, SearchQuestion
from cis_graph.web import vocabulary as v
from cis_graph.web.answers import page_answer
from cis_graph.web.areas import Parts, parts_of
from cis_graph.web.facts import Link, facts_of
from cis_graph.web.kept import Kept
from cis_graph.web.languages import marked
from cis_graph.web.pages import Page
from cis_graph.web.surroundings import Surroundings
from cis_graph.web.texts import Text, excerpt
from cis_graph.web.visits import Site, Visit, visit

_EXCERPT = 180
_TAGS = 3
_COUNTRY = "pays-fr"
_SHOWN = SearchQuestion(kind="project", facets=frozenset())  # a page of them, in the order that favours nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One project of the mosaic."""

    link: Link
    description: Text | None
    places: tuple[Text, ...]
    themes: tuple[Text, ...]
    contributors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """The home page."""

    template: ClassVar[str] = "home.html"
    counts: Mapping[str, int]
    tiles: tuple[Tile, ...]
    parts: Parts | None  # of the country


def router(site: Site) -> APIRouter:
    """The home page's route."""
    routes = APIRouter(tags=["pages"])
    pages: Kept[HomePage] = Kept()  # the order of the mosaic is worked out once

    @routes.get("/", summary="Home")
    def home(request: Request) -> Response:
        asked = visit(site, request)
        release = asked.release
        return page_answer(asked, lambda: pages.of(release, asked.language.code, lambda: _page(asked)))

    return routes


def _page(asked: Visit) -> HomePage:
    information = asked.release.information
    counts = {
        kind: information.counts.get(kind, 0) for kind in ("project", "grant", "actor", "contributor", "territory")
    }
    return HomePage(
        title=asked.language.gettext(marked("Carrefour des innovations sociales")),
        counts=counts,
        tiles=tuple(_tile(asked, key) for key in chosen(asked.release)),
        parts=parts_of(asked.site.atlas, asked.release, _COUNTRY, lambda key: f"/territory/{key}"),
    )


def chosen(release: OpenRelease) -> tuple[str, ...]:
    """The keys of the projects that a release shows: each takes the next page of all, and the last one goes on anew."""
    first = release.search(_SHOWN)
    pages = -(-first.total // _SHOWN.size) or 1
    turn = release.information.number % pages
    hits = (*release.search(replace(_SHOWN, page=1 + turn)).hits, *first.hits) if turn else first.hits
    return tuple(dict.fromkeys(hit.key for hit in hits))[: _SHOWN.size]


def _tile(asked: Visit, key: str) -> Tile:
    iri = asked.addresses.entity("project", key) or ""
    around = Surroundings(asked.release, iri)
    facts = facts_of(around.own, asked.release, iri, asked.language.code, asked.addresses)
    return Tile(
        link=Link(text=facts.label, path=asked.addresses.path(iri) or "", iri=iri),
        description=excerpt(facts.description, _EXCERPT) if facts.description else None,
        places=tuple(link.text for link in facts.links(v.TERRITORY))[:_TAGS],
        themes=tuple(link.text for link in facts.links(v.THEME))[:_TAGS],
        contributors=sum(1 for _ in around.tellers()),
    )
