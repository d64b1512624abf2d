"""A record as a page: what one contributor says, on its own nodes, and where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from cis_graph.model.terms import Iri, Row
from cis_graph.web import vocabulary as v
from cis_graph.web.answers import answer, data_links, framed, page_links
from cis_graph.web.entity import Detail
from cis_graph.web.facts import Facts, Link, gathered, read_facts
from cis_graph.web.languages import Language
from cis_graph.web.negotiation import GRAPHS, HTML, graph_format
from cis_graph.web.pages import Page
from cis_graph.web.problems import not_found
from cis_graph.web.properties import named
from cis_graph.web.sources import Source, source_of
from cis_graph.web.surroundings import Credit
from cis_graph.web.visits import Site, Visit, visit

_FORMS = (HTML, *GRAPHS)
_HIDDEN = {v.LABEL, v.TYPE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node of a record: what it says, and the entity it describes."""

    name: str
    facts: Facts
    details: tuple[Detail, ...]
    described: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage(Page):
    """One record."""

    template: ClassVar[str] = "record.html"
    iri: str
    source: Source
    nodes: tuple[Node, ...]


def router(site: Site) -> APIRouter:
    """The routes of records."""
    routes = APIRouter(tags=["records"])

    @routes.get("/id/record/{rest:path}", summary="A record, and with .ttl .nt .jsonld .rdf .trig its data")
    def record(request: Request, rest: str) -> Response:  # noqa: ARG001 - the raw path keeps its percent signs
        asked = visit(site, request)
        return _answered(asked, asked.path.removeprefix("/id/record/"))

    @routes.get("/record/{rest:path}", summary="301 to the record")
    def old_place(request: Request, rest: str) -> Response:  # noqa: ARG001 - the same
        asked = visit(site, request)
        if asked.addresses.record(asked.path.removeprefix("/record/")) is None:
            raise not_found()
        return RedirectResponse(asked.language.path(f"/id{asked.path}"), status_code=301)

    return routes


def _answered(asked: Visit, rest: str) -> Response:
    name, extension = _split(asked, rest)
    iri = asked.addresses.record(name)
    provenance = asked.release.rows("pages/provenance", entity=Iri(iri)) if iri else ()
    if iri is None or not provenance:
        raise not_found()
    form, path = asked.represented(_FORMS, extension), f"/id/record/{name}"
    if form != HTML:
        headers = {"Link": data_links(path, iri), "Content-Location": f"{path}.{form.name}"}
        return answer(asked, form, lambda: asked.release.record(iri, graph_format(form)), headers=headers)
    frame = framed(asked, path, GRAPHS)
    links = {"Link": page_links(asked, frame), "Content-Location": asked.language.path(f"{path}.html")}
    return answer(
        asked,
        form,
        lambda: asked.site.renderer.html(_page(asked, iri, provenance), frame, asked.language),
        headers=links,
    )


def _split(asked: Visit, rest: str) -> tuple[str, str]:
    """The record and the extension; a local id may itself end like one."""
    name, dot, extension = rest.rpartition(".")
    if not dot or extension not in {form.name for form in _FORMS}:
        return rest, ""
    whole = asked.addresses.record(rest)
    if whole and asked.release.rows("pages/provenance", entity=Iri(whole)):
        return rest, ""
    return name, extension


def _page(asked: Visit, iri: str, provenance: tuple[Row, ...]) -> RecordPage:
    source = source_of(_credit(iri, provenance), asked.language, asked.addresses)
    by_node: dict[str, list[Row]] = {}
    for row in asked.release.rows("pages/said", entity=Iri(iri)):
        by_node.setdefault(row["node"].value, []).append(row)
    nodes = [_node(asked, node, rows) for node, rows in by_node.items() if node != iri]
    return RecordPage(title=source.name, iri=iri, source=source, nodes=tuple(sorted(nodes, key=_order)))


def _credit(iri: str, provenance: tuple[Row, ...]) -> Credit:
    """Where a record comes from, by the first of some rows, each with a name of its contributor."""
    row = provenance[0]
    licence, changed = row.get("licence") or row.get("rights"), row.get("modified") or row.get("issued")
    names = tuple(each["name"] for each in provenance)
    return Credit(iri, row["contributor"].value, names, licence, row.get("page"), changed)


def _order(node: Node) -> tuple[int, str]:
    kinds = ("Project", "Programme", "Event", "Actor", "Participation")
    types = [iri.removeprefix(v.INSOC) for iri in node.facts.iris(v.TYPE)]
    return min((kinds.index(name) for name in types if name in kinds), default=len(kinds)), node.name


def _node(asked: Visit, iri: str, rows: Iterable[Row]) -> Node:
    rows = list(rows)
    facts = gathered(rows, iri, asked.language.code, asked.addresses)
    described = next((row["described"].value for row in rows if "described" in row), "")
    path = asked.addresses.path(described) or ""
    link = None
    if path:
        label = read_facts(asked.release, described, asked.language.code, asked.addresses).label
        link = Link(text=label, path=path, iri=described)
    return Node(name=iri.rpartition("#")[2], facts=facts, details=_details(facts, asked.language), described=link)


def _details(facts: Facts, language: Language) -> tuple[Detail, ...]:
    """Every property of a node under its name and its short name."""
    found = []
    for prop in sorted(facts.values):
        if prop not in _HIDDEN:
            links = facts.links(prop)
            literal = tuple(text for text in facts.texts(prop) if text.value not in {link.iri for link in links})
            found.append(Detail(name=named(prop, language), links=links, texts=literal, code=v.shortened(prop)))
    return tuple(found)
