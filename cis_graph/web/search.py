"""Search over names: forty a page, with the number of answers of each kind."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import ClassVar, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.releases import SearchAnswer, SearchHit, SearchKind
from cis_graph.web.answers import answer, framed, page_links
from cis_graph.web.entity import KIND_NAMES
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import CSV, HTML, JSON
from cis_graph.web.pages import Page
from cis_graph.web.paging import SIZE, Paged
from cis_graph.web.problems import Problem
from cis_graph.web.visits import Site, Visit, visit

KINDS: tuple[str, ...] = get_args(SearchKind)
_FORMS = (HTML, JSON, CSV)
_LONGEST = 300  # characters of a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One kind with its number of answers."""

    kind: str
    name: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """One page of answers."""

    template: ClassVar[str] = "search.html"
    text: str
    kind: str
    kind_names: Mapping[str, str]
    facets: tuple[Facet, ...]
    hits: Paged[SearchHit]
    twins: str  # query of the data twins


def router(site: Site) -> APIRouter:
    """The search's routes."""
    routes = APIRouter(tags=["search"])

    @routes.get("/search", summary="Search by name; ?q= ?kind= ?page=")
    def search(request: Request, q: str = "", kind: str = "") -> Response:
        return _answered(visit(site, request), q, kind, "")

    @routes.get("/search.{extension}", summary="The same as JSON or CSV")
    def twin(request: Request, extension: str, q: str = "", kind: str = "") -> Response:
        return _answered(visit(site, request), q, kind, extension)

    return routes


def _answered(asked: Visit, text: str, kind: str, extension: str) -> Response:
    form = asked.represented(_FORMS, extension)
    if kind and kind not in KINDS:
        detail = marked("« kind » vaut « %(given)s » : donnez l'un de %(known)s.")
        raise Problem(400, "search-kind", title=marked("Cette sorte n'existe pas"), detail=detail,
                      values={"given": kind[:40], "known": ", ".join(KINDS)})  # fmt: skip
    number, question = asked.page_number(), text[:_LONGEST].strip()

    def found() -> SearchAnswer:
        return asked.release.search(question, kind=kind or None, page=number, size=SIZE)

    if form == JSON:
        return answer(asked, form, lambda: _json(asked, question, found()))
    if form == CSV:
        return answer(asked, form, lambda: _csv(asked, found()))
    frame = framed(asked, "/search")
    headers = {"Link": page_links(asked, frame)}
    made = lambda: asked.site.renderer.html(_page(asked, question, kind, found()), frame, asked.language)  # noqa: E731
    return answer(asked, form, made, headers=headers)


def _page(asked: Visit, text: str, kind: str, found: SearchAnswer) -> SearchPage:
    told = asked.language.gettext
    query = urlencode([(name, value) for name, value in (("q", text), ("kind", kind)) if value])
    hits = Paged(items=found.hits, total=found.total, number=asked.page_number(), path="/search", query=query)
    every = Facet(kind="", name=told(marked("Tout")), count=sum(found.kinds.values()), chosen=not kind,
                  address=f"/search?{urlencode({'q': text})}")  # fmt: skip
    facets = [
        Facet(kind=name, name=told(KIND_NAMES[name]), count=found.kinds[name], chosen=name == kind,
              address=f"/search?{urlencode({'q': text, 'kind': name})}")
        for name in KINDS
        if found.kinds.get(name) or (name == kind and name in found.kinds)
    ]  # fmt: skip
    title = told(marked("Rechercher")) + (f" : {text}" if text else "")
    names = {name: told(message) for name, message in KIND_NAMES.items()}
    return SearchPage(title=title, text=text, kind=kind, kind_names=names, facets=(every, *facets), hits=hits,
                      twins=f"?{query}")  # fmt: skip


def _json(asked: Visit, text: str, found: SearchAnswer) -> bytes:
    hits = [{"id": asked.addresses.entity(path_kind(hit.kind), hit.key), **asdict(hit)} for hit in found.hits]
    body = {"query": text, "total": found.total, "page": asked.page_number(), "size": SIZE,
            "kinds": dict(found.kinds), "hits": hits}  # fmt: skip
    return json.dumps(body, ensure_ascii=False).encode()


def path_kind(kind: str) -> str:
    """The kind in the address of what is found: a grant is a project of its own kind."""
    return "project" if kind == "grant" else kind


def _csv(asked: Visit, found: SearchAnswer) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("id", "kind", "key", "label", "detail"))
    for hit in found.hits:
        writer.writerow(
            (asked.addresses.entity(path_kind(hit.kind), hit.key), hit.kind, hit.key, hit.label, hit.detail)
        )
    return text.getvalue().encode()
