"""The SPARQL endpoint: the protocol for machines, a form with a table of results for people."""

import json
import re
from dataclasses import dataclass, replace
from typing import ClassVar, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from cis_graph import resources
from cis_graph.model.releases import Query, QueryAnswer, RdfFormat, ResultFormat
from cis_graph.web.answers import answer, etag, framed, page_links
from cis_graph.web.clients import ClientGone, Relayed, client_of, dropped, nothing, unless_gone
from cis_graph.web.examples import Example, examples
from cis_graph.web.faults import told_faults
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import CSV, GRAPHS, HTML, JSON, TURTLE, Representation, choose, named
from cis_graph.web.pages import Page
from cis_graph.web.problems import Problem, ToldProblem, Way
from cis_graph.web.protocol import query_of
from cis_graph.web.results import Table, table
from cis_graph.web.visits import Site, Visit, not_acceptable, visit

_RESULTS_JSON = Representation(name="json", media_type="application/sparql-results+json", aliases=(JSON.media_type,))
_RESULTS_XML = Representation(
    name="xml", media_type="application/sparql-results+xml", aliases=("application/xml", "text/xml")
)
_TSV = Representation(name="tsv", media_type="text/tab-separated-values", charset=True)
_RESULTS = (_RESULTS_JSON, _RESULTS_XML, CSV, _TSV)
_CHANGING = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\s*\(|\b(?:CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_MOST_SHOWN = 4 * 1024 * 1024  # bytes of an answer shown on a page
_GRACE = 1.0  # seconds after the deadline for the last bytes to be read
_STREAM_HEADERS = {"Vary": "Accept", "Cache-Control": "no-cache"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SparqlPage(Page):
    """The form, with an answer or a problem once a query is asked."""

    template: ClassVar[str] = "sparql.html"
    text: str
    examples: tuple[Example, ...]
    table: Table | bool | None = None
    graph: str = ""
    downloads: tuple[Way, ...] = ()
    problem: ToldProblem | None = None


def router(site: Site) -> APIRouter:
    """The endpoint's routes."""
    routes = APIRouter(tags=["sparql"])

    @routes.get("/sparql", summary="SPARQL 1.1 query; without a query the form, or the service description as RDF")
    async def by_get(request: Request) -> Response:
        return await _answered(visit(site, request), await query_of(request))

    @routes.post("/sparql", summary="SPARQL 1.1 query by POST")
    async def by_post(request: Request) -> Response:
        return await _answered(visit(site, request), await query_of(request))

    return routes


async def _answered(asked: Visit, query: Query | None) -> Response:
    if query is None:
        return _without_query(asked)
    form = asked.request.query_params.get("format", "")
    page = form == HTML.name or (not form and choose(asked.accept, (_RESULTS_JSON, *GRAPHS, HTML)) == HTML)
    query = replace(query, client=client_of(asked.request))
    try:
        return await unless_gone(asked.request, _shown(asked, query) if page else _relayed(asked, query, form))
    except ClientGone:
        return Response(status_code=503)  # nobody reads it


def _without_query(asked: Visit) -> Response:
    form = asked.represented((HTML, TURTLE))
    if form == TURTLE:
        return answer(asked, form, lambda: _description(asked))
    known = examples(resources.SPARQL / "examples")
    wanted = asked.request.query_params.get("example", "")
    text = next((example.text for example in known if example.slug == wanted), "")
    page = SparqlPage(title="SPARQL", text=text, examples=known)
    frame = framed(asked)
    made = lambda: asked.site.renderer.html(page, frame, asked.language)  # noqa: E731
    return answer(asked, form, made, headers={"Link": page_links(asked, frame)})


async def _relayed(asked: Visit, query: Query, form: str) -> Response:
    """The runner's bytes as they come; a cut after the first byte breaks the connection."""
    results, graph = (named(form, forms) if form else choose(asked.accept, forms) for forms in (_RESULTS, GRAPHS))
    if not (results or graph):
        raise _no_such_form(asked)
    plain = not _CHANGING.search(query.text) and asked.request.method == "GET"
    tag = etag(asked, results or graph or _RESULTS_JSON)
    if plain and tag in asked.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={**_STREAM_HEADERS, "ETag": tag})
    with told_faults(asked):
        found = await asked.site.queries.run(query, results=_result_format(results), graph=_rdf_format(graph))
    media_type = found.media_type.split(";", 1)[0]
    if not _fits(media_type, results, graph):
        await dropped(found)
        raise _no_such_form(asked)
    headers = {**_STREAM_HEADERS, "X-Release": str(found.release)}
    if plain:
        headers["ETag"] = etag(asked, results or graph or _RESULTS_JSON, release=found.release)
    if asked.request.scope["state"]["head"]:
        await dropped(found)
        return StreamingResponse(nothing(), media_type=found.media_type, headers=headers)
    return Relayed(found, headers, seconds=asked.site.settings.query_timeout + _GRACE)


async def _shown(asked: Visit, query: Query) -> Response:
    """The answer as a page; where the query is refused, the form with what is wrong, under the same status."""
    known = examples(resources.SPARQL / "examples")
    frame = framed(asked)
    status, headers = 200, {"Vary": "Accept", "Cache-Control": "no-cache"}
    try:
        with told_faults(asked):
            found = await asked.site.queries.run(query, results="json", graph="ttl")
            body = await _gathered(found)
        page = await run_in_threadpool(_page, asked, query, known, found, body)
        headers["X-Release"] = str(found.release)
    except Problem as problem:
        status, headers = problem.status, {**headers, **problem.headers}
        told = problem.told(asked.language)
        page = SparqlPage(title="SPARQL", text=query.text, examples=known, problem=told)
    html = await run_in_threadpool(asked.site.renderer.html, page, frame, asked.language)
    return Response(html, status_code=status, media_type=HTML.content_type, headers=headers)


def _page(asked: Visit, query: Query, known: tuple[Example, ...], found: QueryAnswer, body: bytes) -> SparqlPage:
    graph = "json" not in found.media_type
    forms = GRAPHS if graph else _RESULTS
    downloads = tuple(Way(f"/sparql?{_query_string(query)}&format={form.name}", form.name) for form in forms)
    return SparqlPage(
        title="SPARQL",
        text=query.text,
        examples=known,
        table=None if graph else table(body, asked.addresses),
        graph=body.decode() if graph else "",
        downloads=downloads,
    )


def _query_string(query: Query) -> str:
    pairs = [("query", query.text), *(("default-graph-uri", graph) for graph in query.default_graphs)]
    return urlencode([*pairs, *(("named-graph-uri", graph) for graph in query.named_graphs)])


async def _gathered(found: QueryAnswer) -> bytes:
    """The whole answer, as long as a page can show it.

    Raises:
        Problem: the answer is too long for a page.
    """
    body = bytearray()
    try:
        async for chunk in found.body:
            body += chunk
            if len(body) > _MOST_SHOWN:
                raise Problem(
                    413,
                    "answer-too-large",
                    title=marked("La réponse est trop longue pour une page"),
                    detail=marked("Ajoutez LIMIT, ou demandez-la en CSV ou en JSON (« format=csv »)."),
                )
    finally:
        await dropped(found)
    return bytes(body)


def _fits(media_type: str, results: Representation | None, graph: Representation | None) -> bool:
    """Whether the answer, whose kind only the query decides, is in a form that was asked for."""
    kind = results if media_type in {form.media_type for form in _RESULTS} else graph
    return kind is not None


def _result_format(form: Representation | None) -> ResultFormat:
    return cast("ResultFormat", form.name if form else "json")


def _rdf_format(form: Representation | None) -> RdfFormat:
    return cast("RdfFormat", form.name if form else "ttl")


def _no_such_form(asked: Visit) -> Problem:
    kept = f"{asked.query}&" if asked.query and asked.request.method == "GET" else ""
    forms = (*_RESULTS, *GRAPHS, HTML)
    return not_acceptable(tuple(Way(f"/sparql?{kept}format={form.name}", form.media_type) for form in forms))


def _description(asked: Visit) -> bytes:
    """The service description, under the address the client used."""
    host = asked.request.headers.get("host", "")
    safe = re.fullmatch(r"[A-Za-z0-9.:\[\]-]{1,255}", host)
    root = f"{asked.request.url.scheme}://{host}/" if safe else asked.addresses.base
    formats = " , ".join(
        f"<http://www.w3.org/ns/formats/{name}>"
        for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
                     "Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG")
    )  # fmt: skip
    return (
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n\n"
        f"<{root}sparql> a sd:Service ;\n"
        f"    sd:endpoint <{root}sparql> ;\n"
        "    sd:supportedLanguage sd:SPARQL11Query ;\n"
        f"    sd:resultFormat {formats} ;\n"
        f"    dcterms:title {json.dumps('Carrefour des innovations sociales', ensure_ascii=False)}@fr ;\n"
        "    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .\n"
    ).encode()
