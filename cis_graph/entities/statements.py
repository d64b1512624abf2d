"""Entities as statements: themselves, the links from what tells of them, and the keys that lead to them."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from cis_graph.entities.merge import Entity, records_of
from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Kind
from cis_graph.rdf.documents import ADDRESS, Document, node_documents
from cis_graph.rdf.iris import DCTERMS, INSOC, OWL, PROV, RDFS, Iris
from cis_graph.rdf.statements import iri, statement, text, typed


class Led(NamedTuple):
    """An entity by its name, with the nodes that lead to it."""

    kind: Kind
    key: str
    members: tuple[NodeId, ...]


def entity_documents(entities: Iterable[Entity], iris: Iris, beside: Iterable[Led] = ()) -> Iterable[Document]:
    """Each entity as JSON-LD, under its canonical IRI; it may name those ``beside`` them too."""
    known = list(entities)
    kinds = {entity.key: entity.kind for entity in chain[Entity | Led](known, beside)}

    def iri_of(name: str) -> str:
        key = name.removesuffix(ADDRESS)
        return iris.entity(kinds[key], key) + ("#address" if name.endswith(ADDRESS) else "")

    for entity in known:
        yield from node_documents(entity.value, entity.key, iri_of, iris)


def source_lines(entities: Iterable[Led], iris: Iris) -> Iterable[str]:
    """Which records each entity is told by."""
    for entity in entities:
        for contributor, record in records_of(entity.members):
            subject = iris.entity(entity.kind, entity.key)
            yield statement(subject, f"{PROV}wasDerivedFrom", iri(iris.record(contributor, record)))


def link_lines(entities: Iterable[Led], keys: Mapping[NodeId, str], iris: Iris) -> Iterable[str]:
    """``describes`` from every node, and ``isReplacedBy`` from every key that is not canonical.

    ``keys`` gives each node's own key.
    """
    for entity in entities:
        canonical = iris.entity(entity.kind, entity.key)
        for member in entity.members:
            yield statement(
                iris.node(member.contributor, member.record, member.node), f"{INSOC}describes", iri(canonical)
            )
            if keys[member] != entity.key:
                own = iris.entity(entity.kind, keys[member])
                yield statement(own, f"{DCTERMS}isReplacedBy", iri(canonical))


def redirect_lines(redirects: Iterable[tuple[str, str, str]], iris: Iris) -> Iterable[str]:
    """(kind, key, canonical key) of withdrawn nodes whose entity lives on."""
    for kind, key, canonical in redirects:
        yield statement(iris.entity(kind, key), f"{DCTERMS}isReplacedBy", iri(iris.entity(kind, canonical)))


def tombstone_lines(withdrawn: Iterable[tuple[str, str]], iris: Iris) -> Iterable[str]:
    """(kind, key) pairs whose node no record tells of any more: kept, and said to be withdrawn."""
    for kind, key in withdrawn:
        yield statement(iris.entity(kind, key), f"{OWL}deprecated", typed("true", "boolean"))
        yield statement(iris.entity(kind, key), f"{RDFS}comment", text("Plus aucune fiche n'en parle.", "fr"))
        yield statement(iris.entity(kind, key), f"{RDFS}comment", text("No record tells of it any more.", "en"))
