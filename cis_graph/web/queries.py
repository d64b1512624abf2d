"""The example queries: each as a page with its answer, as text, and its answer as JSON, XML, CSV or TSV."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph import resources
from cis_graph.model.releases import Query
from cis_graph.rdf.examples import Example, examples
from cis_graph.web.answers import (
    answer,
    dataset_links,
    etag,
    framed,
    page_answer,
    page_links,
    shown,
    streamed,
    unchanged,
)
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import CSV, HTML, RESULTS, SPARQL_QUERY, Representation, split_extension
from cis_graph.web.pages import Page
from cis_graph.web.problems import not_found
from cis_graph.web.results import Table, table
from cis_graph.web.running import gathered, run
from cis_graph.web.texts import stated_date
from cis_graph.web.visits import Site, Visit, visit

_FORMS = (HTML, SPARQL_QUERY, *RESULTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueriesPage(Page):
    """All examples; ``empty`` tells since when those without an answer have had none."""

    template: ClassVar[str] = "queries.html"
    examples: tuple[Example, ...]
    empty: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryPage(Page):
    """One example with its answer."""

    template: ClassVar[str] = "query.html"
    slug: str
    shows: str
    text: str
    table: Table | bool
    downloads: tuple[tuple[str, str], ...]
    empty_since: str


def router(site: Site) -> APIRouter:
    """The routes of examples."""
    routes = APIRouter(tags=["sparql"])
    known = {one.slug: one for one in examples(resources.SPARQL / "examples")}

    @routes.get("/queries", summary="The example queries")
    def queries(request: Request) -> Response:
        asked = visit(site, request)
        title = asked.language.gettext(marked("Requêtes d'exemple"))
        found = tuple(known.values())
        return page_answer(asked, lambda: QueriesPage(title=title, examples=found, empty=_empty(asked)))

    @routes.get("/queries/{slug}", summary="One example, and with .rq .json .xml .csv .tsv its text or its answer")
    async def query(request: Request, slug: str) -> Response:
        asked = visit(site, request)
        name, extension = split_extension(slug, _FORMS)
        if name not in known:
            raise not_found()
        return await _answered(asked, known[name], asked.represented(_FORMS, extension))

    return routes


async def _answered(asked: Visit, one: Example, form: Representation) -> Response:
    path, query = f"/queries/{one.slug}", Query(text=one.text)
    location = {"Content-Location": f"{path}.{form.name}", "Link": _links(path)}
    if form == SPARQL_QUERY:
        return answer(asked, form, one.text.encode, headers=location)
    frame = framed(asked, path)
    headers = {"Link": page_links(asked, frame)} if form == HTML else location
    if same := unchanged(asked, etag(asked, form, asked.coding), headers):
        return same
    found = await run(asked, query, form)
    if form != HTML:
        tag = etag(asked, form, asked.coding, release=found.release)
        return await streamed(asked, form, found, tag=tag, headers={**headers, "X-Release": str(found.release)})
    html = asked.site.renderer.html(_page(asked, one, await gathered(asked, found)), frame, asked.language)
    return shown(asked, html, release=found.release, links=headers["Link"])


def _page(asked: Visit, one: Example, body: bytes) -> QueryPage:
    path = f"/queries/{one.slug}"
    return QueryPage(
        title=one.title(asked.language.code),
        slug=one.slug,
        shows=one.shows,
        text=one.text,
        table=table(body, asked.addresses, asked.site.atlas, number=asked.page_number(), path=path, query=""),
        downloads=tuple((f"{path}.{form.name}", form.name.upper()) for form in (SPARQL_QUERY, CSV, *RESULTS[:2])),
        empty_since=_empty(asked).get(one.slug, ""),
    )


def _empty(asked: Visit) -> Mapping[str, str]:
    """The examples without an answer, and since when in words."""
    days = asked.release.empty_examples()
    return {slug: stated_date(day, asked.language.code) for slug, day in days.items()}


def _links(path: str) -> str:
    links = [f'<{path}.{form.name}>; rel="alternate"; type="{form.media_type}"' for form in _FORMS]
    return ", ".join([f'<{path}>; rel="canonical"', *links, dataset_links()])
