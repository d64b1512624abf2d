"""Citing a query: a short permanent address on the release that answers it, and the words for a list of references."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from cis_graph.model.citations import Citation, CitationRefused, Citations
from cis_graph.web.answers import answer, framed, page_links
from cis_graph.web.bodies import body_of, content_type, pairs_of
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import HTML, SPARQL_QUERY, Representation, split_extension
from cis_graph.web.pages import Page
from cis_graph.web.problems import Problem, bad_request, not_found
from cis_graph.web.protocol import FORM, LONGEST_BODY, graphs_of, unknown_content
from cis_graph.web.references import NAME, bibtex
from cis_graph.web.texts import stated_date
from cis_graph.web.visits import Site, Visit, visit

BIBTEX = Representation(name="bib", media_type="application/x-bibtex", charset=True)
CSL = Representation(
    name="json", media_type="application/vnd.citationstyles.csl+json", aliases=("application/json",), charset=True
)
APA = Representation(name="txt", media_type="text/plain", charset=True)
_FORMS = (HTML, SPARQL_QUERY, BIBTEX, CSL, APA)
_NETWORK = "/network?"  # how what is cited begins where it is a network, which no query does
_ESCAPED = str.maketrans({"{": r"\{", "}": r"\}", "\\": r"\textbackslash{}"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationPage(Page):
    """A query or a network that is cited: its text, its answer on its release, and the words to cite it."""

    template: ClassVar[str] = "citation.html"
    citation: Citation
    day: str
    address: str
    answer: str
    apa: str
    bibtex: str
    csl: str
    forms: tuple[str, ...]


def router(site: Site) -> APIRouter:
    """The routes of citations."""
    routes = APIRouter(tags=["releases"])

    @routes.post(
        "/q", summary="Cites a query or network on the release that answers, which stays; leads to its address"
    )
    async def cite(request: Request) -> Response:
        asked = visit(site, request)
        one = await _kept(asked, _citations(site))
        return RedirectResponse(asked.language.path(f"/q/{one.name}"), status_code=303)

    @routes.get("/q/{name}", summary="A cited query, and with .rq .bib .json .txt its text, BibTeX, CSL-JSON, APA")
    def citation(request: Request, name: str) -> Response:
        asked = visit(site, request)
        key, extension = split_extension(name, _FORMS)
        one = _citations(site).cited(key)
        if one is None:
            raise not_found()
        return _answered(asked, one, asked.represented(_forms(one), extension))

    return routes


def _citations(site: Site) -> Citations:
    if site.citations is None:
        raise not_found()
    return site.citations


async def _kept(asked: Visit, citations: Citations) -> Citation:
    kind, _ = content_type(asked.request)
    if kind != FORM:
        raise unknown_content(kind, (FORM,))
    pairs = pairs_of(await body_of(asked.request, LONGEST_BODY))
    query = _cited(dict(pairs))
    if not query.strip():
        raise bad_request("no-query", marked("La demande ne porte pas de « query »."))
    default, named = graphs_of(pairs, "default-graph-uri"), graphs_of(pairs, "named-graph-uri")
    try:
        return await run_in_threadpool(
            citations.cite, query, asked.release.information, default_graphs=default, named_graphs=named
        )
    except CitationRefused as refused:
        raise Problem(
            413,
            "citation-refused",
            title=marked("Cette requête ne peut pas être citée"),
            detail="%(why)s",
            values={"why": refused.french if asked.language.code == "fr" else str(refused)},
        ) from refused


def _cited(form: Mapping[str, str]) -> str:
    """The query, or the network's filter as the path that shows it."""
    if "network" in form:
        return _NETWORK + urlencode(parse_qsl(form["network"]))
    return form.get("query", "")


def _forms(one: Citation) -> tuple[Representation, ...]:
    """A network has no text in SPARQL."""
    return tuple(form for form in _FORMS if form != SPARQL_QUERY or not one.query.startswith(_NETWORK))


def _answered(asked: Visit, one: Citation, form: Representation) -> Response:
    address = f"{asked.request.base_url}q/{one.name}"
    texts = {
        SPARQL_QUERY.name: lambda: one.query,
        BIBTEX.name: lambda: _bibtex(one, address),
        CSL.name: lambda: _csl(one, address),
        APA.name: lambda: f"{_apa(one, address)}\n",
    }
    if form != HTML:
        headers = {"Content-Location": f"/q/{one.name}.{form.name}"}
        return answer(asked, form, lambda: texts[form.name]().encode(), headers=headers, state=address)
    page = CitationPage(
        title=asked.language.gettext(
            marked("Réseau cité") if one.query.startswith(_NETWORK) else marked("Requête citée")
        ),
        citation=one,
        day=stated_date(one.created, asked.language.code),
        address=address,
        answer=f"/releases/{one.release}{_shown(one)}",
        apa=_apa(one, address),
        bibtex=_bibtex(one, address),
        csl=_csl(one, address),
        forms=tuple(each.name for each in _forms(one) if each != HTML),
    )
    frame = framed(asked)
    html = lambda: asked.site.renderer.html(page, frame, asked.language)  # noqa: E731
    return answer(asked, form, html, headers={"Link": page_links(asked, frame)}, state=address)


def _title(one: Citation) -> str:
    kind = "Réseau de coopération" if one.query.startswith(_NETWORK) else "Requête SPARQL"
    return f"{kind} {one.name}"


def _shown(one: Citation) -> str:
    """Where a release answers it."""
    return one.query if one.query.startswith(_NETWORK) else f"/sparql?{_query_string(one)}"


def _apa(one: Citation, address: str) -> str:
    """Author, year, title, version, kind, address."""
    return f"{NAME}. ({one.created[:4]}). {_title(one)} (Version {one.release}) [Data set]. {address}"


def _bibtex(one: Citation, address: str) -> str:
    title = _title(one).translate(_ESCAPED)
    told = bibtex(one.name, title, address, release=one.release, created=one.created, canonical_hash=one.canonical_hash)
    return f"{told}\n"


def _csl(one: Citation, address: str) -> str:
    year, month, day = (int(part) for part in one.created[:10].split("-"))
    item = {
        "id": f"carrefour-{one.name}",
        "type": "dataset",
        "title": _title(one),
        "author": [{"literal": NAME}],
        "issued": {"date-parts": [[year, month, day]]},
        "version": str(one.release),
        "URL": address,
    }
    return json.dumps([item], ensure_ascii=False, indent=1)


def _query_string(one: Citation) -> str:
    graphs = [("default-graph-uri", graph) for graph in one.default_graphs]
    return urlencode([("query", one.query), *graphs, *(("named-graph-uri", graph) for graph in one.named_graphs)])
