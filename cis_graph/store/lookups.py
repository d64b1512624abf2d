"""What a store says of things, looked up without a query: many small questions at a fraction of their work."""

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from cis_graph.model.terms import Statements, Term
from cis_graph.store.terms import plain

_DEFAULT = ox.DefaultGraph()


def about(store: ox.Store, subjects: Iterable[str], predicates: Collection[str] = ()) -> Mapping[str, Statements]:
    """What the default graph says of each of some IRIs: only some properties, where any are given."""
    wanted = tuple(map(ox.NamedNode, predicates)) or (None,)
    return {one: _said(store, ox.NamedNode(one), wanted, _DEFAULT) for one in subjects}


def pointing(store: ox.Store, iri: str, predicates: Iterable[str]) -> Statements:
    """By property, what the default graph has point to an IRI."""
    node = ox.NamedNode(iri)
    return {
        one: tuple(plain(quad.subject) for quad in store.quads_for_pattern(None, ox.NamedNode(one), node, _DEFAULT))
        for one in predicates
    }


def told(store: ox.Store, nodes: Iterable[str]) -> Mapping[str, Statements]:
    """What each of some records' nodes says, in its record's graph."""
    return {node: _said(store, ox.NamedNode(node), (None,), ox.NamedNode(node.partition("#")[0])) for node in nodes}


def _said(
    store: ox.Store,
    subject: ox.NamedNode,
    predicates: Iterable[ox.NamedNode | None],
    graph: ox.NamedNode | ox.DefaultGraph,
) -> Statements:
    found: dict[str, list[Term]] = {}
    for predicate in predicates:
        for quad in store.quads_for_pattern(subject, predicate, None, graph):
            found.setdefault(quad.predicate.value, []).append(plain(quad.object))
    return {name: tuple(values) for name, values in found.items()}
