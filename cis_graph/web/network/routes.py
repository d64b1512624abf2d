"""Who cooperates with whom: the page, its data twins, the matrix, the evidence of a tie, a way between two actors."""

import json
import re
from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from cis_graph.model.network import Shown
from cis_graph.network.exports.columns import Told, told
from cis_graph.network.exports.drawing import drawing_json
from cis_graph.network.exports.plain import network_json, nodes_csv, ties_csv
from cis_graph.network.exports.rdf import triples
from cis_graph.network.exports.svg import svg
from cis_graph.network.exports.xml import gexf, graphml
from cis_graph.web.answers import answer, dump_answer, framed, page_links
from cis_graph.web.languages import marked
from cis_graph.web.manners import FRAMED_ANYWHERE
from cis_graph.web.negotiation import CSV, GEXF, GRAPHML, HTML, JSON, N_TRIPLES, SVG, TURTLE, Representation
from cis_graph.web.network.embed import embed_page
from cis_graph.web.network.evidence import evidence_json, evidence_page
from cis_graph.web.network.filters import Filters, Given, given
from cis_graph.web.network.matrix import matrix_csv, matrix_json, matrix_page
from cis_graph.web.network.page import network_page
from cis_graph.web.network.path import path_page, way
from cis_graph.web.pages import Page
from cis_graph.web.problems import bad_request, not_found
from cis_graph.web.visits import Site, Visit, visit

_WRITERS: Mapping[Representation, Callable[[Told], bytes]] = {
    JSON: network_json,
    CSV: ties_csv,
    GEXF: gexf,
    GRAPHML: graphml,
    SVG: lambda told: svg(told.shown, told.title),
    TURTLE: triples,
    N_TRIPLES: triples,
}
_FORMS = (HTML, *_WRITERS)
_WHOLE = {form: f"network.{form.name}.gz" for form in (JSON, CSV, GEXF, GRAPHML, N_TRIPLES)} | {
    TURTLE: "network.nt.gz"  # N-Triples are Turtle
}
_TIE = re.compile(r"([A-Za-z0-9_~]+)-([A-Za-z0-9_~]+)")


def router(site: Site) -> APIRouter:
    """The network's routes."""
    routes = APIRouter(tags=["network"])

    @routes.get("/network", summary="Who cooperates with whom, as a page or as Accept asks")
    def network(request: Request, filters: Filters) -> Response:
        return _network(visit(site, request), given(filters), "")

    @routes.get("/network.{extension}", summary="The same as json, csv (ties), gexf, graphml, svg, ttl or nt")
    def twin(request: Request, extension: str, filters: Filters) -> Response:
        return _network(visit(site, request), given(filters), extension)

    @routes.get("/network/drawing.json", summary="The actors and the 20,000 heaviest ties as columns, to be drawn")
    def drawing(request: Request, filters: Filters) -> Response:
        asked, asking = visit(site, request), given(filters)
        return answer(asked, asked.represented((JSON,), "json"), lambda: _drawing(asked, asking))

    @routes.get("/network/nodes.csv", summary="The nodes of the network shown")
    def nodes(request: Request, filters: Filters) -> Response:
        asked, asking = visit(site, request), given(filters)
        return answer(asked, asked.represented((CSV,), "csv"), lambda: nodes_csv(_told(asked, asking)))

    @routes.get("/network/embed", summary="The picture alone, for other sites to show")
    def embed(request: Request, filters: Filters) -> Response:
        asked, asking = visit(site, request), given(filters)
        asked.represented((HTML,))
        return _paged(asked, lambda: embed_page(asked, asking), **{"Content-Security-Policy": FRAMED_ANYWHERE})

    _add_matrix(routes, site)
    _add_ties(routes, site)
    return routes


def _add_matrix(routes: APIRouter, site: Site) -> None:
    @routes.get("/network/matrix", summary="Territories by territories, régions unless level says otherwise")
    @routes.get("/network/matrix.{extension}", summary="The same as json or csv")
    def matrix(request: Request, filters: Filters, extension: str = "") -> Response:
        asked, asking = visit(site, request), given(filters.model_copy(update={"level": filters.level or "region"}))
        form = asked.represented((HTML, JSON, CSV), extension)
        if form == JSON:
            return answer(asked, form, lambda: matrix_json(asked, asking))
        if form == CSV:
            return answer(asked, form, lambda: matrix_csv(_told(asked, asking)))
        return _paged(asked, lambda: matrix_page(asked, asking))


def _add_ties(routes: APIRouter, site: Site) -> None:
    @routes.get("/network/evidence", summary="The projects and participations behind one tie")
    @routes.get("/network/evidence.{extension}", summary="The same as json")
    def evidence(
        request: Request, filters: Filters, source: str = "", target: str = "", extension: str = ""
    ) -> Response:
        asked, asking = visit(site, request), given(filters)
        ends = _ends(asked, source, target)
        form = asked.represented((HTML, JSON), extension)
        if form == JSON:
            return answer(asked, form, lambda: evidence_json(asked, asking, *ends))
        return _paged(asked, lambda: evidence_page(asked, asking, *ends))

    @routes.get("/network/path", summary="By way of whom one actor comes to another")
    @routes.get("/network/path.{extension}", summary="The same as json")
    def path(request: Request, filters: Filters, source: str = "", target: str = "", extension: str = "") -> Response:
        asked, asking = visit(site, request), given(filters)
        form = asked.represented((HTML, JSON), extension)
        if form == JSON:
            return answer(asked, form, lambda: _path_json(asked, asking, source, target))
        return _paged(asked, lambda: path_page(asked, asking, source, target))

    @routes.get("/id/tie/{key}", summary="303 to the evidence of a tie")
    def tie(request: Request, key: str) -> Response:
        ends = _TIE.fullmatch(key)
        if ends is None:
            raise not_found()
        here = visit(site, request).language.path("/network/evidence")
        return RedirectResponse(f"{here}?source={ends[1]}&target={ends[2]}", status_code=303)


def _told(asked: Visit, asking: Given, shown: Shown | None = None) -> Told:
    """The network asked for, with what it says of itself."""
    found = shown or asked.release.network.shown(asking.asked)
    return told(found, asked.release.information, asking.address(f"{asked.addresses.base}network"))


def _drawing(asked: Visit, asking: Given) -> bytes:
    network = asked.release.network
    found = network.drawing(asking.asked)
    names = network.labels(sorted({key for node in found.nodes for key in (node.region, node.community) if key}))
    return drawing_json(found, names, asked.release.information.number)


def _network(asked: Visit, asking: Given, extension: str) -> Response:
    form = asked.represented(_FORMS, extension)
    if form == HTML:
        return _paged(asked, lambda: network_page(asked, asking))
    links = {"Link": f'<{asking.address("/network")}>; rel="alternate"; type="text/html"'}
    if not asking.pairs() and (written := dump_answer(asked, form, _WHOLE.get(form, ""), headers=links)):
        return written
    return answer(asked, form, lambda: _WRITERS[form](_told(asked, asking)), headers=links)


def _paged(asked: Visit, make: Callable[[], Page], **more: str) -> Response:
    frame = framed(asked)
    headers = {"Link": page_links(asked, frame), **more}
    return answer(asked, HTML, lambda: asked.site.renderer.html(make(), frame, asked.language), headers=headers)


def _ends(asked: Visit, source: str, target: str) -> tuple[str, str]:
    """Both ends of a tie; keys or IRIs of ours.

    Raises:
        Problem: one is missing.
    """
    if not source or not target:
        raise bad_request("tie-ends", marked("Donnez les deux bouts du lien : « source » et « target »."))
    first, second = (asked.addresses.split(end)[1] or end for end in (source, target))
    return first, second


def _path_json(asked: Visit, asking: Given, source: str, target: str) -> bytes:
    known = way(asked, asking, source, target)
    if known.found is None:
        return json.dumps({"found": False, "stops": [], "nodes": [], "edges": []}).encode()
    stops = [asked.addresses.entity("actor", key) for key in known.stops]
    body = network_json(_told(asked, asking, known.found))
    return f'{{"found":true,"stops":{json.dumps(stops)},'.encode() + body.removeprefix(b"{")
