"""What the default graph of a store says, as N-Quads lines."""

from collections.abc import Collection, Iterator

import pyoxigraph as ox

from cis_graph.rdf.quads import lines
from cis_graph.store.embedded import EmbeddedStore


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
    """The IRIs that it leads to from a subject."""
    return {quad.object.value for quad in _quads(store, subject) if isinstance(quad.object, ox.NamedNode)}


def pointing_to(store: EmbeddedStore, iri: str) -> set[str]:
    """The subjects from which it leads to an IRI."""
    quads = store.quads(obj=iri)
    return {quad.subject.value for quad in quads if _in_default(quad) and isinstance(quad.subject, ox.NamedNode)}


def _quads(store: EmbeddedStore, subject: str) -> Iterator[ox.Quad]:
    return filter(_in_default, store.quads(subject=subject))


def _in_default(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.DefaultGraph)
