"""``/validate``: a file in, a report out; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cis_graph.errors import GateClosed
from cis_graph.intake.bodies import RDF_KINDS, kind_of
from cis_graph.intake.telling import json_text, unknown_places, unmapped
from cis_graph.model.gate import Choice, Examined, Gate, Handed
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.report import shacl_report
from cis_graph.web.answers import framed, page_answer
from cis_graph.web.bodies import body_of
from cis_graph.web.languages import Language, marked
from cis_graph.web.multipart import Part, parts_of
from cis_graph.web.negotiation import GRAPHS, HTML, JSON, Representation, choose, graph_format
from cis_graph.web.pages import Page
from cis_graph.web.problems import Problem, ToldProblem, bad_request, not_found
from cis_graph.web.quality import lacked
from cis_graph.web.reports import FateGroup, by_fate
from cis_graph.web.visits import Site, Visit, visit

LARGEST = 20 * 1024 * 1024  # bytes of all files together
REPORTS = (JSON, *(form for form in GRAPHS if form.name != "trig"))
KINDS = {
    "text/csv": "csv", "application/json": "json", "text/turtle": "ttl", "application/n-triples": "nt",
    "application/ld+json": "jsonld", "application/rdf+xml": "rdf", "application/trig": "trig",
    "application/n-quads": "nq",
}  # fmt: skip
_HEADERS = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An examination as a page shows it; ``lacking`` are what the next tier asks for, and of how many projects."""

    examined: Examined
    groups: tuple[FateGroup, ...]
    labels: tuple[tuple[str, str, int], ...]
    places: tuple[tuple[str, int], ...]
    lacking: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidatePage(Page):
    """The form, with the report once a file is given."""

    template: ClassVar[str] = "validate.html"
    choices: tuple[Choice, ...]
    chosen: str
    most: int  # MiB
    fault: ToldProblem | None = None  # why nothing could be tried
    tried: Tried | None = None


def router(site: Site) -> APIRouter:
    """The routes of trials."""
    routes = APIRouter(tags=["contributors"])

    @routes.get("/validate", summary="Try a file before you hand it over: the form")
    def form(request: Request) -> Response:
        asked, gate = visit(site, request), gate_of(site)
        chosen = request.query_params.get("source", "")
        return page_answer(asked, lambda: _page(asked.language, gate, chosen, None))

    @routes.post("/validate", summary="A file in (a form, or a body with ?source=), a report out; nothing is kept")
    async def validate(request: Request) -> Response:
        asked, gate = visit(site, request), gate_of(site)
        shape = asked.represented((HTML, *REPORTS))
        try:
            handed = await _handed(request, gate)
            examined = await _examined(asked, gate, handed)
        except Problem as problem:
            if choose(asked.accept, (JSON, HTML)) != HTML:
                raise
            page = _page(asked.language, gate, "", None, fault=problem.told(asked.language))
            return _html(asked, page, problem.status, problem.headers)
        if shape == HTML:
            return _html(asked, _page(asked.language, gate, handed.source, examined))
        return Response(report_in(asked, examined, shape), media_type=shape.content_type, headers=_HEADERS)

    return routes


async def _examined(asked: Visit, gate: Gate, handed: Handed) -> Examined:
    try:
        return await run_in_threadpool(gate.examine, handed)
    except GateClosed as closed:
        raise gate_closed(closed, asked) from closed


def gate_of(site: Site) -> Gate:
    """The gate of this server.

    Raises:
        Problem: it has none.
    """
    if site.gate is None:
        raise not_found()
    return site.gate


def gate_closed(closed: GateClosed, asked: Visit) -> Problem:
    """Why data cannot be dealt with now."""
    why = str(closed) if asked.language.code == "en" else closed.french
    return Problem(503, "gate-closed", title=marked("Ces données ne peuvent pas être traitées maintenant"),
                   detail="%(why)s.", values={"why": why}, headers={"Retry-After": "30"})  # fmt: skip


def report_in(asked: Visit, examined: Examined, form: Representation) -> bytes:
    """An examination as JSON or as a SHACL report."""
    if form == JSON:
        return json_text(examined).encode()
    iris = Iris(asked.addresses.base)
    return shacl_report(examined.contributor, examined.findings, iris, graph_format(form))


async def _handed(request: Request, gate: Gate) -> Handed:
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        parts = parts_of(content_type, await body_of(request, LARGEST))
        source = next((part.data.decode("utf-8", "replace") for part in parts if part.name == "source"), "")
        files = [part for part in parts if part.filename]
        if not files:
            raise bad_request("no-file", marked("Choisissez un fichier."))
        return _files(_choice(gate, source), files)
    if kind not in KINDS:
        raise unknown_kind(kind)
    source = request.query_params.get("source", "")
    _choice(gate, source)
    name = request.query_params.get("file", "")
    body = await body_of(request, LARGEST)
    return Handed(source=source, files={name: body}, kind=_rdf_only(source, KINDS[kind]))


def _choice(gate: Gate, source: str) -> Choice | None:
    """The source that data are tried as, None for RDF in our own words."""
    if not source:
        return None
    found = next((choice for choice in gate.choices() if choice.source == source), None)
    if found is None:
        raise bad_request("no-such-source", marked("Il n'y a pas de source « %(source)s »."), source=source[:100])
    return found


def _files(choice: Choice | None, files: list[Part]) -> Handed:
    """Files of the source as it declares them, or one file as a push may bring it."""
    first = files[0]
    kind = kind_of(first.filename or "", first.data)
    if choice is None:
        return Handed(source="", files={first.filename or "RDF": first.data}, kind=_rdf_only("", kind))
    own, given = {_ending(name) for name in choice.files}, _ending(first.filename or "")
    is_single = len(choice.files) == 1 and len(files) == 1
    if given not in own and (kind in RDF_KINDS or (is_single and given in {"csv", "json"})):
        return Handed(source=choice.source, files={"": first.data}, kind=kind)
    if is_single:
        return Handed(source=choice.source, files={choice.files[0]: first.data})
    return Handed(source=choice.source, files={part.filename or "": part.data for part in files})


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _rdf_only(source: str, kind: str) -> str:
    if not source and kind not in RDF_KINDS:
        raise bad_request("no-source", marked("Choisissez la source dont ce fichier a la forme, ou donnez du RDF."))
    return kind


def unknown_kind(kind: str) -> Problem:
    """Data of a type that no reader here knows."""
    known = ", ".join(KINDS)
    return Problem(415, "content-type", title=marked("Ce type de contenu n'est pas lu ici"),
                   detail=marked("« %(kind)s » : envoyez %(known)s."), values={"kind": kind[:100], "known": known},
                   headers={"Accept-Post": known})  # fmt: skip


def _html(
    asked: Visit, page: ValidatePage, status: int = 200, more: Mapping[str, str] = MappingProxyType({})
) -> Response:
    html = asked.site.renderer.html(page, framed(asked), asked.language)
    return Response(html, status, media_type=HTML.content_type, headers={**_HEADERS, **more})


def _page(
    language: Language, gate: Gate, chosen: str, examined: Examined | None, *, fault: ToldProblem | None = None
) -> ValidatePage:
    return ValidatePage(
        title=language.gettext(marked("Essayer un fichier")),
        choices=gate.choices(),
        chosen=chosen,
        most=LARGEST // (1024 * 1024),
        fault=fault,
        tried=_tried(examined, language) if examined else None,
    )


def _tried(examined: Examined, language: Language) -> Tried:
    lacking = examined.quality.lacking if examined.quality else {}
    labels, places = unmapped(examined.findings), unknown_places(examined.findings)
    return Tried(
        examined=examined,
        groups=by_fate(examined.findings, language),
        labels=tuple((label, scheme, count) for (scheme, label), count in labels.items())[:100],
        places=tuple((text, count) for (_, text), count in places.items())[:100],
        lacking=tuple((lacked(name, language), count) for name, count in lacking.items()),
    )
