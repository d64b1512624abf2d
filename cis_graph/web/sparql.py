"""The SPARQL endpoint: the protocol for machines, a form with a table of results for people."""

import re
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cis_graph import resources
from cis_graph.model.releases import Query, QueryAnswer
from cis_graph.rdf.examples import Example, examples
from cis_graph.web.answers import answer, dataset_links, etag, framed, page_links, shown, streamed, unchanged
from cis_graph.web.clients import dropped
from cis_graph.web.negotiation import GRAPHS, HTML, RESULTS, Representation
from cis_graph.web.pages import Page
from cis_graph.web.problems import Problem, ToldProblem, Way
from cis_graph.web.protocol import query_of
from cis_graph.web.query_text import changes_by_itself, forms_of, normalised
from cis_graph.web.results import Table, table
from cis_graph.web.running import gathered, run
from cis_graph.web.self_description import described
from cis_graph.web.visits import Site, Visit, not_acceptable, visit

_LONGEST_LINKED = 800  # characters of a query string; it is told once for each form
_PAGE_HEADERS = {"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a query is wrong: line and column, from 1; what stands in the line before, at and after the place."""

    line: int
    column: int
    before: str
    at: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SparqlPage(Page):
    """The form, with an answer or a problem once a query is asked."""

    template: ClassVar[str] = "sparql.html"
    text: str
    examples: tuple[Example, ...]
    table: Table | bool | None = None
    graph: str = ""
    downloads: tuple[Way, ...] = ()
    graphs: tuple[tuple[str, str], ...] = ()
    problem: ToldProblem | None = None
    place: Place | None = None


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
    form = asked.represented((*forms_of(query), HTML))
    return await (_shown(asked, query) if form == HTML else _relayed(asked, query, form))


def _without_query(asked: Visit) -> Response:
    form = asked.represented((*GRAPHS, HTML))
    if form != HTML:
        return described(asked, form, "description/service")
    known = examples(resources.SPARQL / "examples")
    wanted = asked.request.query_params.get("example", "")
    text = next((example.text for example in known if example.slug == wanted), "")
    page = SparqlPage(title="SPARQL", text=text, examples=known)
    frame = framed(asked)
    made = lambda: asked.site.renderer.html(page, frame, asked.language)  # noqa: E731
    return answer(asked, form, made, headers={"Link": page_links(asked, frame)})


async def _relayed(asked: Visit, query: Query, form: Representation) -> Response:
    """The runner's bytes as they come; a cut after the first byte breaks the connection."""
    headers, coding, same = {"Link": _links(asked, query)}, asked.coding, normalised(query)
    lasting = not changes_by_itself(query) and asked.request.method == "GET"
    tag = etag(asked, form, coding, query=same) if lasting else None
    if tag and (same_answer := unchanged(asked, tag, headers)):
        return same_answer
    found = await run(asked, query, form)
    if found.media_type.split(";", 1)[0] != form.media_type:  # its first word was hidden, and it is of the other kind
        await dropped(found)
        raise not_acceptable(tuple(Way(asked.address_in(it), it.media_type) for it in (*RESULTS, *GRAPHS, HTML)))
    if tag and (asked.shown is None or found.release != asked.shown.information.number):
        tag = etag(asked, form, coding, query=same, release=found.release)
    return await streamed(asked, form, found, tag=tag, headers={**headers, "X-Release": str(found.release)})


async def _shown(asked: Visit, query: Query) -> Response:
    """The answer as a page; where the query is refused, the form with what is wrong, under the same status."""
    known, frame = examples(resources.SPARQL / "examples"), framed(asked)
    lasting, links = asked.request.method == "GET" and not changes_by_itself(query), page_links(asked, frame)
    if lasting and (same_page := unchanged(asked, etag(asked, HTML, asked.coding), {"Link": links})):
        return same_page
    try:
        found = await run(asked, query, HTML)
        page = await run_in_threadpool(_page, asked, query, known, found, await gathered(asked, found))
    except Problem as problem:
        told = problem.told(asked.language)
        page = SparqlPage(title="SPARQL", text=query.text, examples=known, problem=told, place=_place(query, told))
        html = asked.site.renderer.html(page, frame, asked.language)
        headers = {**_PAGE_HEADERS, **problem.headers}
        return Response(html, status_code=problem.status, media_type=HTML.content_type, headers=headers)
    html = asked.site.renderer.html(page, frame, asked.language)
    return shown(asked, html, release=found.release, lasting=lasting, links=links)


def _page(asked: Visit, query: Query, known: tuple[Example, ...], found: QueryAnswer, body: bytes) -> SparqlPage:
    graph = "json" not in found.media_type
    forms = GRAPHS if graph else RESULTS
    asked_so = _query_string(query)
    downloads = tuple(Way(f"/sparql?{asked_so}&format={form.name}", form.name) for form in forms)
    return SparqlPage(
        title="SPARQL",
        text=query.text,
        examples=known,
        table=None if graph else _table(asked, body, f"{asked_so}&format=html"),
        graph=body.decode() if graph else "",
        downloads=downloads,
        graphs=tuple(_graphs(query)),
    )


def _table(asked: Visit, body: bytes, query: str) -> Table | bool:
    number = asked.page_number()
    return table(body, asked.addresses, asked.site.atlas, number=number, path="/sparql", query=query)


def _links(asked: Visit, query: Query) -> str:
    """The Link header of an answer: its address, its other forms where that fits a header, dataset and licence."""
    if asked.request.method != "GET" or len(asked.query) > _LONGEST_LINKED:
        return dataset_links()
    plain = f'</sparql?{_query_string(query)}>; rel="canonical"'
    forms = (*forms_of(query), HTML)
    found = zip(asked.addresses_in(forms), forms, strict=True)
    others = [f'<{address}>; rel="alternate"; type="{form.media_type}"' for address, form in found]
    return ", ".join([plain, *others, dataset_links()])


def _place(query: Query, problem: ToldProblem) -> Place | None:
    """The place a problem names, the word before where nothing stands there; None where it names none in the text."""
    line, column = problem.members.get("line"), problem.members.get("column")
    lines = query.text.splitlines() or [""]
    if not (isinstance(line, int) and isinstance(column, int) and 1 <= line <= len(lines) + 1):
        return None
    text = lines[min(line, len(lines)) - 1]
    start = min(column - 1, len(text))
    if not text[start : start + 1].strip():  # the parser stopped behind a word
        start = len(text[:start].rstrip()) - len((text[:start].split() or [""])[-1])
    word = re.match(r"[\w:]+|.|$", text[start:])
    end = start + (word.end() if word else 0)
    return Place(line=line, column=start + 1, before=text[:start], at=text[start:end], after=text[end:])


def _query_string(query: Query) -> str:
    return urlencode([("query", query.text), *_graphs(query)])


def _graphs(query: Query) -> list[tuple[str, str]]:
    """The graphs that a query names beside its text, as parameters."""
    default = [("default-graph-uri", graph) for graph in query.default_graphs]
    return [*default, *(("named-graph-uri", graph) for graph in query.named_graphs)]
