"""The SPARQL 1.1 Graph Store Protocol, reading: one graph of the published release, named directly or indirectly."""

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.releases import Query
from cis_graph.web.answers import dataset_links, etag, streamed, unchanged
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import CSV, GRAPHS
from cis_graph.web.problems import Problem, bad_request
from cis_graph.web.protocol import check_graph
from cis_graph.web.running import run
from cis_graph.web.visits import Site, Visit, visit

_DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_NAMED = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%s> { ?s ?p ?o } }"
_ANY = "ASK { GRAPH <%s> { ?s ?p ?o } }"


def router(site: Site) -> APIRouter:
    """The routes of graphs."""
    routes = APIRouter(tags=["sparql"])

    @routes.get("/graphs", summary="One graph: ?default, or ?graph= and its IRI")
    async def indirect(request: Request) -> Response:
        asked = visit(site, request)
        return await _answered(asked, named_graph(asked))

    @routes.get("/graphs/{path:path}", summary="The graph named by this address under the base of data")
    async def direct(request: Request, path: str) -> Response:  # noqa: ARG001 - the raw path keeps its percent signs
        asked = visit(site, request)
        return await _answered(asked, graph_at(asked))

    return routes


def graph_at(asked: Visit) -> str:
    """The IRI of the graph that the address of a visit names under the base of data.

    Raises:
        Problem: it is no IRI.
    """
    iri = f"{asked.addresses.base}{asked.path.removeprefix('/')}"
    check_graph("graph", iri)
    return iri


def named_graph(asked: Visit) -> str:
    """The IRI of the graph that the parameters name, empty for the default graph.

    Raises:
        Problem: they name none, or several.
    """
    pairs = asked.request.query_params.multi_items()
    chosen = [(name, value) for name, value in pairs if name in {"graph", "default"}]
    if len(chosen) != 1:
        detail = marked("Dites quel graphe : « default », ou « graph » avec son IRI, et l'un des deux seulement.")
        raise bad_request("which-graph", detail)
    name, value = chosen[0]
    if name == "default":
        return ""
    check_graph(name, value)
    here = f"{asked.request.base_url}graphs/"  # the address of a graph names it, whichever host serves it
    return f"{asked.addresses.base}graphs/{value.removeprefix(here)}" if value.startswith(here) else value


async def _answered(asked: Visit, iri: str) -> Response:
    form, coding = asked.represented(GRAPHS), asked.coding
    where = f"/graphs?graph={quote(iri, safe='')}" if iri else "/graphs?default"
    links = [f'<{where}&format={it.name}>; rel="alternate"; type="{it.media_type}"' for it in GRAPHS]
    headers = {"Link": ", ".join([*links, dataset_links()])}
    tag = etag(asked, form, coding)
    await _check_there(asked, iri)
    if same := unchanged(asked, tag, headers):
        return same
    found = await run(asked, Query(text=_NAMED % iri if iri else _DEFAULT), form)
    tag = etag(asked, form, coding, release=found.release)
    return await streamed(asked, form, found, tag=tag, headers={**headers, "X-Release": str(found.release)})


async def _check_there(asked: Visit, iri: str) -> None:
    if not await is_there(asked, iri):
        raise no_such_graph(iri)


async def is_there(asked: Visit, iri: str) -> bool:
    """Whether there is a graph; the default graph, of no name, always is."""
    if not iri:
        return True
    found = await run(asked, Query(text=_ANY % iri), CSV)
    told = b"".join([piece async for piece in found.body])
    return told.strip() == b"true"


def no_such_graph(iri: str) -> Problem:
    """A graph is not there."""
    return Problem(
        404,
        "no-such-graph",
        title=marked("Ce graphe n'existe pas"),
        detail=marked("La version publiée n'a pas de graphe « %(graph)s »."),
        values={"graph": iri[:300]},
    )
