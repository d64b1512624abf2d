"""The routes of the reconciliation service: 0.2 at ``/reconcile``, the draft of 1.0 under ``/reconcile/1.0-draft``."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

import cis_graph
from cis_graph.model.recognition import Candidate, Sought
from cis_graph.web.answers import answer, etag, page_answer, unchanged
from cis_graph.web.bodies import body_of, content_type, pairs_of
from cis_graph.web.entity import KIND_NAMES
from cis_graph.web.facts import plain, read_facts
from cis_graph.web.languages import Language, marked
from cis_graph.web.manners import POLICY
from cis_graph.web.negotiation import HTML, IDENTITY, JSON
from cis_graph.web.pages import Page
from cis_graph.web.problems import bad_request, not_found
from cis_graph.web.reconcile import manifest as told
from cis_graph.web.reconcile.extending import extended, iri_of, proposed, told_properties
from cis_graph.web.reconcile.reading import BATCH, EXTENSION, MOST_BYTES, QUERIES, json_body, read
from cis_graph.web.texts import excerpt
from cis_graph.web.visits import Site, Visit, visit

_FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
_EXCERPT = 220  # characters
_LONGEST = 200  # characters of a prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcilePage(Page):
    """How to use the service."""

    template: ClassVar[str] = "reconcile.html"
    service: str
    types: Sequence[Mapping[str, str]]
    properties: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage(Page):
    """A few words on one entity, to be shown inside another site's page."""

    template: ClassVar[str] = "preview.html"
    kind: str
    text: str
    address: str


def router(site: Site) -> APIRouter:
    """The routes of both versions."""
    routes = APIRouter(tags=["reconciliation"])

    @routes.get("/reconcile", summary="The manifest; with ?queries= or ?extend= an answer (0.2)")
    async def manifest(request: Request) -> Response:
        asked = visit(site, request)
        given = dict(pairs_of(request.scope["query_string"]))
        if {"queries", "extend"} & given.keys():
            return await run_in_threadpool(_answered, asked, given)
        return _manifest(asked)

    @routes.post("/reconcile", summary="A batch of queries, or of entities to extend (0.2)")
    async def batch(request: Request) -> Response:
        asked, body = visit(site, request), await body_of(request, MOST_BYTES)
        given = dict(pairs_of(body))
        if not {"queries", "extend"} & given.keys():
            raise bad_request("no-queries", marked("La demande ne porte ni « queries » ni « extend »."))
        return await run_in_threadpool(_answered, asked, given)

    _add_draft(site, routes)
    _beside(site, routes)
    return routes


def _add_draft(site: Site, routes: APIRouter) -> None:
    @routes.get("/reconcile/1.0-draft", summary="The manifest (1.0 draft)")
    def draft(request: Request) -> Response:
        asked = visit(site, request)
        home = _home(asked)
        return _told(asked, lambda: told.draft_manifest(home, cis_graph.__version__, asked.language), state=home)

    @routes.post("/reconcile/1.0-draft/match", summary="A batch of queries (1.0 draft)")
    @routes.post("/reconcile/match", include_in_schema=False)
    async def match(request: Request) -> Response:
        asked, (kind, _) = visit(site, request), content_type(request)
        queries = read(json_body(request, kind, await body_of(request, MOST_BYTES)), BATCH).queries
        return await run_in_threadpool(_matched, asked, [one.sought() for one in queries])

    @routes.post("/reconcile/1.0-draft/extend", summary="Values of entities (1.0 draft)")
    async def extend(request: Request) -> Response:
        asked, (kind, _) = visit(site, request), content_type(request)
        body = json_body(request, kind, await body_of(request, MOST_BYTES))
        return await run_in_threadpool(_extended, asked, body, draft=True)


def _beside(site: Site, routes: APIRouter) -> None:
    """The routes that both versions have alike."""

    @routes.get("/reconcile/suggest/{what}", summary="What begins so: ?prefix=; entity, type or property")
    @routes.get("/reconcile/1.0-draft/suggest/{what}", include_in_schema=False)
    def suggest(request: Request, what: str, prefix: str = "") -> Response:
        asked = visit(site, request)
        lists = {"type": told.types(asked.language), "property": told.properties(asked.language)}
        if what != "entity" and what not in lists:
            raise not_found()
        return _told(asked, lambda: {"result": [*_begun(asked, lists.get(what), prefix[:_LONGEST])]})

    @routes.get("/reconcile/extend/propose", summary="What can be fetched: ?type=&limit=")
    @routes.get("/reconcile/1.0-draft/extend/propose", include_in_schema=False)
    def propose(request: Request, type: str = "", limit: int = 100) -> Response:  # noqa: A002 - the API's own name
        asked = visit(site, request)
        about = {"limit": limit} | ({"type": type[:_LONGEST]} if type else {})
        return _told(asked, lambda: {"properties": proposed(type, asked.language)[: max(0, limit)]} | about)

    @routes.get("/reconcile/preview", summary="A few words on one entity, as HTML: ?id=")
    @routes.get("/reconcile/1.0-draft/preview", include_in_schema=False)
    def preview(request: Request, id: str) -> Response:  # noqa: A002 - the API's own name
        asked = visit(site, request)
        path, page = _previewed(asked, id)
        headers = {"Content-Security-Policy": _FRAMED}
        return page_answer(asked, lambda: page, state=path, **headers)

    @routes.get("/reconcile/view", summary="303 to the page of one entity: ?id=")
    def view(request: Request, id: str) -> Response:  # noqa: A002 - the API's own name
        asked = visit(site, request)
        return RedirectResponse(asked.language.path(_path(asked, id)), status_code=303)


def _manifest(asked: Visit) -> Response:
    home = _home(asked)
    if asked.represented((JSON, HTML)) == JSON:
        found = told.manifest(home, asked.addresses.base, cis_graph.__version__, asked.language)
        return answer(asked, JSON, lambda: json.dumps(found, ensure_ascii=False).encode(), state=home)
    title = asked.language.gettext(marked("Rapprocher une liste"))
    page = ReconcilePage(
        title=title,
        service=f"{home}/reconcile",
        types=told.types(asked.language),
        properties=told.properties(asked.language),
    )
    return page_answer(asked, lambda: page, state=home)


def _answered(asked: Visit, given: Mapping[str, str]) -> Response:
    if "extend" in given:
        return _extended(asked, given["extend"], draft=False)
    queries = read(given["queries"], QUERIES)
    found = {name: asked.release.recognise(one.sought()) for name, one in queries.items()}
    return _json({name: {"result": [_candidate(asked, one, named=False) for one in found[name]]} for name in queries})


def _matched(asked: Visit, queries: Iterable[Sought]) -> Response:
    found = (asked.release.recognise(one) for one in queries)
    return _json({"results": [{"candidates": [_candidate(asked, it, named=True) for it in one]} for one in found]})


def _candidate(asked: Visit, one: Candidate, *, named: bool) -> dict[str, object]:
    features: list[dict[str, object]] = [{"id": it.name, "value": it.value} for it in one.features]
    if named:
        names = {"name": marked("Nom"), **told.HINTS}
        features = [
            each | {"name": asked.language.gettext(names.get(it.name, it.name))}
            for each, it in zip(features, one.features, strict=True)
        ]
    return {
        "id": f"{_kind(one.kind)}/{one.key}",
        "name": one.label,
        "description": one.detail,
        "type": [_type(one.kind, asked.language)],
        "score": one.score,
        "match": one.match,
        "features": features,
    }


def _begun(asked: Visit, things: Iterable[Mapping[str, str]] | None, prefix: str) -> Iterable[Mapping[str, object]]:
    """The things that a prefix begins; entities where no things are given."""
    if things is None:
        return (_suggested(asked, it.kind, it.key, it.label, it.detail) for it in asked.release.suggest(prefix))
    return (one for one in things if _holds(one, prefix))


def _suggested(asked: Visit, kind: str, key: str, label: str, detail: str) -> dict[str, object]:
    return {
        "id": f"{_kind(kind)}/{key}",
        "name": label,
        "description": detail,
        "notable": [_type(kind, asked.language)],
    }


def _type(kind: str, language: Language) -> dict[str, str]:
    return {"id": kind, "name": language.gettext(KIND_NAMES[kind])}


def _kind(kind: str) -> str:
    """The kind as it stands in an address."""
    return "project" if kind == "grant" else kind


def _extended(asked: Visit, text: str | bytes, *, draft: bool) -> Response:
    wanted = read(text, EXTENSION)
    rows, meta = extended(asked, wanted), told_properties(wanted, asked.language)
    if not draft:
        return _json({"meta": meta, "rows": rows})
    listed = [
        {"id": one, "properties": [{"id": prop, "values": values} for prop, values in found.items()]}
        for one, found in rows.items()
    ]
    return _json({"meta": meta, "rows": listed})


def _previewed(asked: Visit, name: str) -> tuple[str, PreviewPage]:
    path, iri = _path(asked, name), iri_of(asked, name) or ""
    facts = read_facts(asked.release, iri, asked.language.code, asked.addresses)
    if not facts.values:
        raise not_found()
    kind = KIND_NAMES[path.split("/")[1]]
    text = excerpt(facts.description, _EXCERPT).value if facts.description else ""
    page = PreviewPage(title=facts.label.value, kind=asked.language.gettext(kind), text=text, address=path)
    return path, page


def _path(asked: Visit, name: str) -> str:
    iri = iri_of(asked, name)
    path = asked.addresses.path(iri) if iri else None
    if path is None:
        raise not_found()
    return path


def _holds(one: Mapping[str, str], prefix: str) -> bool:
    return any(plain(prefix) in plain(text) for text in (one["id"], one["name"]))


def _home(asked: Visit) -> str:
    return str(asked.request.base_url).rstrip("/")


def _told(asked: Visit, made: Callable[[], object], *, state: str = "") -> Response:
    """What stays the same while a release and the address do, in the language of the address."""
    tag = etag(asked, JSON, IDENTITY, state=state)
    if same := unchanged(asked, tag, {}):
        return same
    found = _json(made())
    found.headers["ETag"] = tag
    return found


def _json(found: object) -> Response:
    return Response(
        json.dumps(found, ensure_ascii=False).encode(),
        media_type=JSON.content_type,
        headers={"Cache-Control": "no-cache"},
    )
