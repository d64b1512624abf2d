"""Blank nodes of updates, named so that each replay of an update gives the same statements."""

import re
from collections.abc import Iterable

import pyoxigraph as ox

from cis_graph.errors import QueryTooLarge

MOST = 1_000  # new blank nodes of one operation; naming them in a canonical order may take long
_NAMED = re.compile(r"p\d+o\d+n\d+")
_HELD = "urn:blank:"

_Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def quads_in(ntriples: bytes, graph: str) -> set[ox.Quad]:
    """Triples as quads of a graph, of the default graph where it is empty."""
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    triples = ox.parse(input=ntriples, format=ox.RdfFormat.N_TRIPLES)
    return {ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples}


def new_blank_nodes(quads: Iterable[ox.Quad]) -> set[ox.BlankNode]:
    """The blank nodes of these statements that were not named here."""
    nodes = (node for quad in quads for node in (quad.subject, quad.object))
    return {node for node in nodes if isinstance(node, ox.BlankNode) and not _NAMED.fullmatch(node.value)}


def named(quads: set[ox.Quad], prefix: str) -> set[ox.Quad]:
    """The statements with new blank nodes named in their canonical order; those that have names keep them.

    Raises:
        QueryTooLarge: more than :data:`MOST` are new.
    """
    new = new_blank_nodes(quads)
    if not new:
        return quads
    if len(new) > MOST:
        raise QueryTooLarge(f"An operation makes {len(new)} blank nodes, at most {MOST} are taken; give them IRIs.")
    dataset = ox.Dataset(_quad(_hold(quad.subject), quad, _hold(quad.object)) for quad in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {_quad(_release(quad.subject, prefix), quad, _release(quad.object, prefix)) for quad in dataset}


def _quad(subject: _Node, quad: ox.Quad, obj: _Node) -> ox.Quad:
    if isinstance(subject, ox.Literal):
        raise TypeError("a literal is no subject")
    return ox.Quad(subject, quad.predicate, obj, quad.graph_name)


def _hold(node: _Node) -> _Node:
    """A name that canonical order leaves alone, for a blank node that has one already."""
    is_named = isinstance(node, ox.BlankNode) and _NAMED.fullmatch(node.value)
    return ox.NamedNode(f"{_HELD}{node.value}") if is_named and isinstance(node, ox.BlankNode) else node


def _release(node: _Node, prefix: str) -> _Node:
    if isinstance(node, ox.NamedNode) and _NAMED.fullmatch(node.value.removeprefix(_HELD)):
        return ox.BlankNode(node.value.removeprefix(_HELD))
    if isinstance(node, ox.BlankNode):
        return ox.BlankNode(f"{prefix}n{node.value.removeprefix('c14n')}")
    return node
