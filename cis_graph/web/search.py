"""Search over everything: forty a page, the choices beside with their counts, and the same as data."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.releases import SearchAnswer, SearchHit
from cis_graph.model.spreadsheets import harmless
from cis_graph.web.answers import answer, framed, page_links
from cis_graph.web.areas import area_map, counted_below
from cis_graph.web.entity import KIND_NAMES
from cis_graph.web.facets import Choice, Choosing, Facet, chosen, facets
from cis_graph.web.languages import marked
from cis_graph.web.naming import Names
from cis_graph.web.negotiation import CSV, HTML, JSON
from cis_graph.web.pages import Page
from cis_graph.web.paging import SIZE, Paged
from cis_graph.web.questions import KINDS, Asked
from cis_graph.web.search_map import ON_MAP, SearchMap, search_map
from cis_graph.web.visits import Site, Visit, visit

_FORMS = (HTML, JSON, CSV)
_SORTS = (
    ("", marked("Sans préférence"), marked("Pertinence")),
    ("name", marked("Nom"), marked("Nom")),
    ("date", marked("Date"), marked("Date")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """One page of answers."""

    template: ClassVar[str] = "search.html"
    asked: Asked
    kind_names: Mapping[str, str]
    kinds: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    chosen: tuple[Choice, ...]
    facets: tuple[Facet, ...]
    hits: Paged[SearchHit]
    map: SearchMap | None  # of the first answers, where a map was asked for
    views: tuple[Choice, ...]
    without: str  # the address with nothing chosen
    twins: tuple[tuple[str, str], ...]  # name and address of the same as data


def router(site: Site) -> APIRouter:
    """The search's routes."""
    routes = APIRouter(tags=["search"])

    @routes.get("/search", summary="Search; ?q= ?kind= ?theme= ?audience= ?method= ?contributor= ?territory= ?near=")
    def search(request: Request) -> Response:
        return _answered(visit(site, request), "")

    @routes.get("/search.{extension}", summary="The same as JSON or CSV")
    def twin(request: Request, extension: str) -> Response:
        return _answered(visit(site, request), extension)

    return routes


def _answered(asked: Visit, extension: str) -> Response:
    form = asked.represented(_FORMS, extension)
    given = Asked.of(asked.request.query_params)
    question = given.question(asked.page_number())

    def found() -> SearchAnswer:
        return asked.release.search(question)

    if form == JSON:
        return answer(asked, form, lambda: _json(asked, given, found()))
    if form == CSV:
        return answer(asked, form, lambda: _csv(asked, found()))
    frame = framed(asked, "/search")
    headers = {"Link": page_links(asked, frame)}

    def made() -> bytes:
        return asked.site.renderer.html(_page(asked, given, found(), asked.names), frame, asked.language)

    return answer(asked, form, made, headers=headers)


def _page(asked: Visit, given: Asked, found: SearchAnswer, names: Names) -> SearchPage:
    told = asked.language.gettext
    query = given.address().partition("?")[2]
    return SearchPage(
        title=told(marked("Rechercher")) + (f" : {given.text}" if given.text else ""),
        asked=given,
        kind_names={name: told(message) for name, message in KIND_NAMES.items()},
        kinds=_kinds(asked, given, found),
        sorts=_sorts(asked, given),
        map=_map(asked, given, found) if given.view else None,
        views=tuple(
            Choice(name=told(name), count=0, chosen=view == given.view, address=replace(given, view=view).address())
            for view, name in (("", marked("Liste")), ("map", marked("Carte")))
        ),
        chosen=chosen(given, found, names),
        facets=facets(given, found, names, asked.language),
        hits=Paged(items=found.hits, total=found.total, number=asked.page_number(), path="/search", query=query),
        without=Asked(text=given.text).address(),
        twins=tuple((name, given.address(f"/search.{name.lower()}")) for name in ("JSON", "CSV")),
    )  # fmt: skip


def _sorts(asked: Visit, given: Asked) -> tuple[Choice, ...]:
    """The orders there are; around a point answers come by distance, and any other order leaves the point out."""
    told = asked.language.gettext
    others = (
        Choice(name=told(worded if given.text else plain), count=0, chosen=slug == given.sort and not given.near,
               address=replace(given, sort=slug, near="").address())
        for slug, plain, worded in _SORTS
    )  # fmt: skip
    if not given.near:
        return tuple(others)
    return (Choice(name=told(marked("Distance")), count=0, chosen=True, address=given.address()), *others)


def _map(asked: Visit, given: Asked, found: SearchAnswer) -> SearchMap:
    """The first answers on the territories below those that are chosen."""
    placed = asked.release.search(replace(given.question(1), size=ON_MAP, facets=frozenset()))
    choosing = Choosing(given, found, asked.names)
    chosen_places = given.filters.get("territory", ())
    areas = area_map(asked.site.atlas, chosen_places, counted_below(chosen_places, found), found,
                     lambda key: choosing.toggled("territory", key).address())  # fmt: skip
    around = lambda point: replace(given, view="", sort="", near=point).address()  # noqa: E731
    return search_map(asked.site.atlas, placed.hits, around, areas)


def _kinds(asked: Visit, given: Asked, found: SearchAnswer) -> tuple[Choice, ...]:
    told = asked.language.gettext
    every = Choice(name=told(marked("Tout")), count=sum(found.kinds.values()), chosen=not given.kind,
                   address=replace(given, kind="").address())  # fmt: skip
    kinds = (
        Choice(name=told(KIND_NAMES[kind]), count=found.kinds.get(kind, 0), chosen=kind == given.kind,
               address=replace(given, kind=kind).address())
        for kind in KINDS
        if found.kinds.get(kind) or kind == given.kind
    )  # fmt: skip
    return (every, *kinds)


def _json(asked: Visit, given: Asked, found: SearchAnswer) -> bytes:
    hits = [{"id": asked.addresses.entity(path_kind(hit.kind), hit.key), **asdict(hit)} for hit in found.hits]
    body = {"query": given.text, "total": found.total, "page": asked.page_number(), "size": SIZE,
            "kinds": dict(found.kinds), "facets": found.facets, "hits": hits}  # fmt: skip
    return json.dumps(body, ensure_ascii=False).encode()


def path_kind(kind: str) -> str:
    """The kind in the address of what is found: a grant is a project of its own kind."""
    return "project" if kind == "grant" else kind


def _csv(asked: Visit, found: SearchAnswer) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("id", "kind", "key", "label", "detail", "latitude", "longitude"))
    for hit in found.hits:
        iri = asked.addresses.entity(path_kind(hit.kind), hit.key)
        writer.writerow(
            (iri, hit.kind, hit.key, harmless(hit.label), harmless(hit.detail), hit.latitude, hit.longitude)
        )
    return text.getvalue().encode()
