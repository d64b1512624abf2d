"""What a release says of one thing: its own statements, those that join it to others, and their names."""

from collections.abc import Iterable
from typing import TypeGuard

import pyoxigraph as ox

from cis_graph.rdf.iris import INSOC, SKOS
from cis_graph.store.reading import ReadableStore

_JOINS = tuple(f"{INSOC}{name}" for name in ("actor", "project", "underProgramme"))
_DESCRIBES = f"{INSOC}describes"
_LABEL = f"{SKOS}prefLabel"


def merged(store: ReadableStore, iri: str) -> list[ox.Quad]:
    """The statements of the default graph about a thing, its participations, and the names of what they point to."""
    own = _about(store, iri)
    if not own:
        return []
    joins = [quad for subject in _joined_by(store, iri, "") for quad in _about(store, subject)]
    described = [*own, *joins]
    return [*described, *_names(store, described)]


def told(store: ReadableStore, iri: str) -> list[ox.Quad]:
    """What each record says of a thing, in the record's graph."""
    nodes = [q.subject.value for q in store.quads(predicate=_DESCRIBES, obj=iri) if _named(q.subject)]
    statements: list[ox.Quad] = []
    for node in nodes:
        graph = node.partition("#")[0]
        statements += store.quads(subject=node, graph=graph)
        for join in _joined_by(store, node, graph):
            statements += store.quads(subject=join, graph=graph)
    return statements


def _about(store: ReadableStore, iri: str) -> list[ox.Quad]:
    quads, fragment = store.quads(subject=iri, graph=""), f"{iri}#"
    objects = (quad.object for quad in quads)
    parts = [term.value for term in objects if isinstance(term, ox.NamedNode) and term.value.startswith(fragment)]
    return quads + [quad for part in parts for quad in store.quads(subject=part)]


def _joined_by(store: ReadableStore, iri: str, graph: str) -> Iterable[str]:
    quads = (quad for join in _JOINS for quad in store.quads(predicate=join, obj=iri, graph=graph))
    return sorted(quad.subject.value for quad in quads if _named(quad.subject))


def _names(store: ReadableStore, quads: list[ox.Quad]) -> Iterable[ox.Quad]:
    pointed = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
    return (quad for iri in sorted(pointed) for quad in store.quads(subject=iri, predicate=_LABEL))


def _named(term: object) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode)
