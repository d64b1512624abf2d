"""The shapes, read once: a graph for the engine, and each rule's words for the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, Graph
from rdflib.term import Literal as RdfLiteral
from rdflib.term import Node, URIRef

from cis_graph.resources import SHAPES
from cis_graph.validation.screen import TARGETS, Screen

ShapesName = Literal["records", "reference", "canonical"]
Severity = Literal["violation", "warning", "info"]

NAMESPACE = "https://w3id.org/insoc/shapes#"

_SEVERITIES: Mapping[Node | None, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the shapes; ``slug`` is the local name of its IRI.

    ``paths`` are the IRIs of the properties it reads, the wanted one first; none where it walks several steps.
    ``example`` is a value that keeps it.
    """

    slug: str
    paths: tuple[str, ...]
    severity: Severity
    message_fr: str
    message_en: str
    remedy_fr: str
    remedy_en: str
    example: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """One file of shapes as written (``graph``) and as the engine runs it (``engine``); ``rules`` are by slug.

    ``untargeted`` are the triples of ``engine`` without targets: the judge is told which nodes to look at. ``screen``
    is None where no screen can be compiled: then the judge looks at all of them.
    """

    name: ShapesName
    graph: Graph
    engine: Graph
    untargeted: tuple[tuple[Node, Node, Node], ...]
    rules: Mapping[str, Rule]
    screen: Screen | None

    @property
    def predicates(self) -> frozenset[str] | None:
        """The IRIs of the properties without which the shapes say the same; None where they look at all that is said.

        They are among all IRIs that the shapes name.
        """
        if (None, SH.closed, None) in self.engine or (None, SH.sparql, None) in self.engine:
            return None
        named = {str(term) for triple in self.engine for term in triple if isinstance(term, URIRef)}
        return frozenset({*named, str(RDF.type), str(RDFS.subClassOf)})


@cache
def load_shapes(name: ShapesName) -> Shapes:
    """The shapes ``shapes/{name}.ttl``."""
    graph = Graph().parse(SHAPES / f"{name}.ttl", format="turtle")
    rules = {rule.slug: rule for rule in (_rule(graph, iri) for iri in _rule_iris(graph))}
    engine = _for_engine(graph)
    untargeted = tuple(triple for triple in engine if triple[1] not in TARGETS)
    return Shapes(name=name, graph=graph, engine=engine, untargeted=untargeted, rules=rules, screen=Screen.of(engine))


def slug_of(iri: str) -> str:
    """The slug in a rule's IRI."""
    return iri.removeprefix(NAMESPACE)


def _for_engine(graph: Graph) -> Graph:
    """The same shapes with targets on the property shapes themselves, and without their words.

    The results are the same. pySHACL enters a property shape once for each focus node when a node shape leads to it,
    and once for all of them when it has its own targets: 5 against 13 ms a record.
    """
    engine = Graph()
    for triple in graph:
        if triple[1] not in {RDFS.comment, RDFS.label, SKOS.example, DCTERMS.license, DCTERMS.title}:
            engine.add(triple)
    for target in TARGETS:
        for shape, focus in graph.subject_objects(target):
            for rule in graph.objects(shape, SH.property):
                engine.add((rule, target, focus))
                engine.remove((shape, SH.property, rule))
    return engine


def _rule_iris(graph: Graph) -> list[URIRef]:
    """Every named shape that has a severity: property shapes, and node shapes that are rules themselves."""
    shapes = {*graph.subjects(RDF.type, SH.PropertyShape), *graph.subjects(RDF.type, SH.NodeShape)}
    return sorted(shape for shape in shapes if isinstance(shape, URIRef) and (shape, SH.severity, None) in graph)


def _rule(graph: Graph, iri: URIRef) -> Rule:
    message, remedy = _texts(graph, iri, SH.message), _texts(graph, iri, RDFS.comment)
    example = graph.value(iri, SKOS.example)
    return Rule(
        slug=slug_of(str(iri)),
        paths=_properties(graph, graph.value(iri, SH.path)),
        severity=_SEVERITIES[graph.value(iri, SH.severity)],
        message_fr=message["fr"],
        message_en=message["en"],
        remedy_fr=remedy["fr"],
        remedy_en=remedy["en"],
        example=None if example is None else str(example),
    )


def _properties(graph: Graph, path: Node | None) -> tuple[str, ...]:
    alternatives = None if path is None else graph.value(path, SH.alternativePath)
    paths = graph.items(alternatives) if alternatives is not None else (path,)
    return tuple(str(one) for one in paths if isinstance(one, URIRef))


def _texts(graph: Graph, subject: URIRef, predicate: URIRef) -> Mapping[str, str]:
    """The texts of a property by language."""
    values = graph.objects(subject, predicate)
    return {value.language: str(value) for value in values if isinstance(value, RdfLiteral) and value.language}
