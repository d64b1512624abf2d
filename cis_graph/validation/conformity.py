"""Shapes as functions of a node, compiled from their graph; each decides exactly as the judge does.

A constraint, a path or a value that is not known here is refused when the shapes are compiled, never passed over.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Final

from rdflib import DCTERMS, RDF, RDFS, SH, Graph
from rdflib.collection import Collection
from rdflib.term import Node, URIRef

from cis_graph.rdf.rdflib_graph import parsed_as
from cis_graph.validation.components import (
    OF_ALL,
    OF_EACH,
    Check,
    Test,
    language_in,
    not_after,
    pattern,
    plain,
    refuse,
)
from cis_graph.validation.facts import Facts

Values = Callable[[Facts, Node], AbstractSet[Node]]  # of a focus node

NO_CONSTRAINTS: Final = frozenset(
    {RDF.type, RDFS.label, RDFS.comment, DCTERMS.title, DCTERMS.license, SH.severity, SH.message}
    | {SH.path, SH.targetClass, SH.targetSubjectsOf, SH.flags, SH.qualifiedMinCount}  # read with what they belong to
)


def conformity(shapes: Graph, shape: Node, above: tuple[Node, ...] = ()) -> Test:
    """Whether a node conforms to a shape; ``above`` are the shapes that lead to it.

    Raises:
        NotScreened: the shape leads back to itself, or says something that is not known here.
    """
    if shape in above:
        refuse(shape, "leads back to itself")
    path = shapes.value(shape, SH.path)
    values = _itself if path is None else values_of(shapes, path)
    checks = [
        _constraint(shapes, shape, predicate, operand, (*above, shape))
        for predicate, operand in shapes.predicate_objects(shape)
        if predicate not in NO_CONSTRAINTS
    ]

    def conforms(facts: Facts, focus: Node) -> bool:
        found = values(facts, focus)
        return all(check(facts, focus, found) for check in checks)

    return conforms


def values_of(shapes: Graph, path: Node) -> Values:
    """The values that a property path leads to.

    Raises:
        NotScreened: the path is not a property, its inverse, a sequence or a choice of those.
    """
    if isinstance(path, URIRef):
        one = parsed_as(path)
        return lambda facts, focus: facts.values(focus, one)
    if (inverse := shapes.value(path, SH.inversePath)) is not None and isinstance(inverse, URIRef):
        return lambda facts, focus: facts.pointing(inverse, focus)
    if (choice := shapes.value(path, SH.alternativePath)) is not None:
        ways = [values_of(shapes, way) for way in Collection(shapes, choice)]
        return lambda facts, focus: {value for way in ways for value in way(facts, focus)}
    if (path, RDF.first, None) in shapes:
        return _sequence([values_of(shapes, step) for step in Collection(shapes, path)])
    return refuse(path, "is a path")


def first_steps(shapes: Graph, path: Node | None) -> AbstractSet[Node] | None:
    """The properties of a focus node without which a path leads nowhere; None where it may lead somewhere without."""
    if path is None:
        return None
    if isinstance(path, URIRef):
        return {path}
    if (choice := shapes.value(path, SH.alternativePath)) is not None:
        ways = [first_steps(shapes, way) for way in Collection(shapes, choice)]
        return None if None in ways else set().union(*(way for way in ways if way))
    return first_steps(shapes, shapes.value(path, RDF.first))


def _sequence(steps: list[Values]) -> Values:
    def values(facts: Facts, focus: Node) -> AbstractSet[Node]:
        found: AbstractSet[Node] = {focus}
        for step in steps:
            found = {value for node in found for value in step(facts, node)}
        return found

    return values


def _itself(_: Facts, focus: Node) -> AbstractSet[Node]:
    return {focus}


def _constraint(shapes: Graph, shape: Node, predicate: Node, operand: Node, above: tuple[Node, ...]) -> Check:
    if predicate in OF_ALL:
        return OF_ALL[predicate](plain(operand))
    if predicate == SH.lessThanOrEquals:
        return not_after(operand)
    if predicate == SH.hasValue and isinstance(operand, URIRef):
        return lambda _, __, values: operand in values
    if predicate == SH.qualifiedValueShape:
        least = plain(shapes.value(shape, SH.qualifiedMinCount))
        inner = conformity(shapes, operand, above)
        return lambda facts, _, values: sum(inner(facts, value) for value in values) >= least
    test = _test(shapes, shape, predicate, operand, above)
    return lambda facts, _, values: all(test(facts, value) for value in values)


def _test(shapes: Graph, shape: Node, predicate: Node, operand: Node, above: tuple[Node, ...]) -> Test:
    """A constraint that every value keeps or breaks by itself."""
    if predicate in OF_EACH:
        return OF_EACH[predicate](operand)
    if predicate == SH.pattern:
        return pattern(str(operand), shapes.value(shape, SH.flags))
    if predicate == SH.languageIn:
        return language_in({str(each).lower() for each in Collection(shapes, operand)})
    if predicate in {SH.property, SH.node}:
        return conformity(shapes, operand, above)
    return _logical(shapes, predicate, operand, above)


def _logical(shapes: Graph, predicate: Node, operand: Node, above: tuple[Node, ...]) -> Test:
    if predicate == SH["not"]:
        inner = conformity(shapes, operand, above)
        return lambda facts, value: not inner(facts, value)
    if predicate == SH["or"]:
        ways = [conformity(shapes, way, above) for way in Collection(shapes, operand)]
        return lambda facts, value: any(way(facts, value) for way in ways)
    return refuse(predicate, "is a constraint")
