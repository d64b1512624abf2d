"""What the default graph of a store says, as N-Quads lines."""

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from cis_graph.rdf.quads import lines
from cis_graph.store.embedded import EmbeddedStore


def in_default_graph(lines_: Iterable[str]) -> Iterator[ox.Quad]:
    """Those of some N-Quads lines that are of the default graph."""
    quads = ox.parse(input="\n".join(lines_), format=ox.RdfFormat.N_QUADS)
    return filter(_in_default, quads)


def holds(store: EmbeddedStore, line: str) -> bool:
    """Whether it makes this statement."""
    (quad,) = ox.parse(input=line, format=ox.RdfFormat.N_QUADS)
    return store.holds(quad)


def about(store: EmbeddedStore, subject: str, predicates: Collection[str] = ()) -> list[str]:
    """What it says of a subject, sorted; only with these predicates where any are given."""
    return sorted(
        lines(quad for quad in _quads(store, subject) if not predicates or quad.predicate.value in predicates)
    )


def cited(store: EmbeddedStore, subject: str) -> set[str]:
    """The IRIs and labels of blank nodes that it leads to from a subject."""
    objects = (quad.object for quad in _quads(store, subject))
    return {name(node) for node in objects if isinstance(node, ox.NamedNode | ox.BlankNode)}


def pointing_to(store: EmbeddedStore, iri: str) -> set[str]:
    """The subjects from which it leads to an IRI or a blank node."""
    quads = store.quads(obj=iri)
    return {name(quad.subject) for quad in quads if _in_default(quad)}


def name(node: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    """An IRI, or the label of a blank node after ``_:``."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _quads(store: EmbeddedStore, subject: str) -> Iterator[ox.Quad]:
    return filter(_in_default, store.quads(subject=subject))


def _in_default(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.DefaultGraph)
