"""The judge: pySHACL, asked about the nodes that the screen does not clear; what they merely lack needs no judge."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Self

import pyshacl
from rdflib import RDF, RDFS, SH, SKOS, Graph
from rdflib.term import BNode, Node, URIRef

from cis_graph.errors import CisGraphError
from cis_graph.rdf.rdflib_graph import Triple, parsed_as, triples_of
from cis_graph.validation.facts import Facts
from cis_graph.validation.screen import Suspects
from cis_graph.validation.shapes import Rule, Severity, Shapes, slug_of

_REFERENCE = frozenset(
    parsed_as(URIRef(f"https://w3id.org/insoc/ontology#{name}"))
    for name in ("Theme", "Audience", "Method", "Territory")
)
_TYPE = parsed_as(RDF.type)
_CLAIMS = frozenset(map(parsed_as, (SKOS.inScheme, RDFS.subClassOf)))

Stubs = Mapping[Node, tuple[Triple, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeResult:
    """One thing that breaks a rule.

    ``focus`` is the IRI of the node (or the label of a blank node), ``path`` the IRI of the property (of
    several that would do, the first), ``value`` what stands there, ``rule`` the slug of the shape.
    """

    focus: str
    rule: str
    severity: Severity
    path: str | None
    value: str | None
    message_fr: str
    message_en: str
    remedy_fr: str
    remedy_en: str
    example: str | None = None

    @classmethod
    def of(cls, rule: Rule, *, focus: str, path: str | None, value: str | None) -> Self:
        """A result in the words of its rule."""
        return cls(
            focus=focus,
            rule=rule.slug,
            severity=rule.severity,
            path=path,
            value=value,
            message_fr=rule.message_fr,
            message_en=rule.message_en,
            remedy_fr=rule.remedy_fr,
            remedy_en=rule.remedy_en,
            example=rule.example,
        )


def stubs_of(ntriples: bytes | str) -> Stubs:
    """N-Triples by their subject."""
    return _by_subject(triples_of(ntriples))


def stubs_of_classes(cited: Iterable[tuple[str, str]]) -> Stubs:
    """The same of nodes with one of their classes each, all by IRI."""
    return _by_subject((parsed_as(node), _TYPE, parsed_as(kind)) for node, kind in cited)


def _by_subject(triples: Iterable[Triple]) -> Stubs:
    stubs: dict[Node, tuple[Triple, ...]] = {}
    for triple in triples:
        stubs[triple[0]] = (*stubs.get(triple[0], ()), triple)
    return stubs


def judge(batch: bytes | str, *, stubs: Stubs, shapes: Shapes) -> tuple[ShapeResult, ...]:
    """What breaks the shapes in one batch, sorted.

    Raises:
        SourceFault: the batch is not N-Quads in UTF-8.
    """
    triples = triples_of(batch)
    inverse = shapes.screen.inverse if shapes.screen else frozenset()
    facts = Facts(_without_claims(triples) if shapes.name == "records" else triples, inverse)
    own = frozenset(facts.subjects())  # stubs are cited, not checked
    for cited in facts.objects():
        for triple in stubs.get(cited, ()):
            facts.add(triple)
    suspects = shapes.screen.suspects(facts, own) if shapes.screen else None
    if suspects is None or shapes.screen is None:
        results = _judged(facts.triples(), shapes.engine, shapes)
    else:
        counted = shapes.screen.counted
        others = {rule: foci for rule, foci in suspects.items() if rule not in counted}
        lacking = ((rule, focus) for rule in counted & suspects.keys() for focus in suspects[rule])
        results = chain(_judged_suspects(facts, others, shapes), _lacking(facts, lacking, shapes))
    found = {result for focus, result in results if focus in own}
    return tuple(sorted(found, key=lambda result: (result.focus, result.rule, result.path or "", result.value or "")))


def _judged_suspects(facts: Facts, suspects: Suspects, shapes: Shapes) -> Iterator[tuple[Node, ShapeResult]]:
    if not suspects:
        return iter(())
    engine = Graph()
    for triple in shapes.untargeted:
        engine.add(triple)
    for rule, foci in suspects.items():
        for focus in foci:
            engine.add((rule, SH.targetNode, focus))
    return _judged(facts.triples(facts.around(set().union(*suspects.values()))), engine, shapes)


def _lacking(facts: Facts, lacking: Iterable[tuple[Node, Node]], shapes: Shapes) -> Iterator[tuple[Node, ShapeResult]]:
    """What the judge says of nodes that have too few values: the rule, the node, no value."""
    for shape, focus in lacking:
        rule = shapes.rules[slug_of(str(shape))]
        path = _at_fault(rule, facts.about(focus))
        yield focus, ShapeResult.of(rule, focus=str(focus), path=path, value=None)


def _judged(
    triples: Iterable[tuple[Node, Node, Node]], engine: Graph, shapes: Shapes
) -> Iterator[tuple[Node, ShapeResult]]:
    data = Graph()
    for triple in triples:
        data.add(triple)
    _, report, failure = pyshacl.validate(data, shacl_graph=engine, inplace=True)
    if not isinstance(report, Graph):
        raise CisGraphError(f"shapes/{shapes.name}.ttl cannot be run: {failure}; mend the shapes")
    # only the report's own results: sh:detail hangs nested ones below them
    for node in report.objects(None, SH.result):
        if (focus := report.value(node, SH.focusNode)) is not None:
            yield focus, _result(report, node, data, shapes)


def _without_claims(triples: Iterable[Triple]) -> Iterator[Triple]:
    """A record does not make a concept or a territory known by saying that it is one."""
    for triple in triples:
        _, predicate, value = triple
        if predicate not in _CLAIMS and (predicate != _TYPE or value not in _REFERENCE):
            yield triple


def _result(report: Graph, node: Node, data: Graph, shapes: Shapes) -> ShapeResult:
    focus, value = report.value(node, SH.focusNode), report.value(node, SH.value)
    rule = shapes.rules[slug_of(str(report.value(node, SH.sourceShape)))]
    path = _property(report.value(node, SH.resultPath), focus, value, data)
    path = path or _at_fault(rule, frozenset(data.predicates(focus)))
    return ShapeResult.of(rule, focus=str(focus), path=path, value=None if value is None else str(value))


def _property(path: Node | None, focus: Node | None, value: Node | None, data: Graph) -> str | None:
    """The property a result is about; of a path with alternatives, the one that leads to the value."""
    if isinstance(path, BNode) and value is not None:
        return min(map(str, data.predicates(focus, value)), default=None)
    return str(path) if isinstance(path, URIRef) else None


def _at_fault(rule: Rule, said: Container[Node]) -> str | None:
    """The property that a result without a value is about: the first one that is said, else the first of all."""
    there = (path for path in rule.paths if URIRef(path) in said)
    return next(there, next(iter(rule.paths), None))
