"""Every cluster to its entity."""

from collections.abc import Iterable, Mapping, Sequence

from cis_graph.entities.merge import Description, Entity, merge
from cis_graph.model.nodes import KINDS, NodeId, things
from cis_graph.model.records import Record


def make_entities(
    records: Iterable[Record], clusters: Iterable[tuple[str, Sequence[NodeId]]], keys: Mapping[NodeId, str]
) -> tuple[Entity, ...]:
    """The entity of each (canonical key, members) pair, by kind and key; ``keys`` gives every node's canonical key."""
    told = {node: Description(node, record, thing) for record in records for node, thing in things(record)}
    entities = (_entity(key, [told[node] for node in members], keys) for key, members in clusters)
    return tuple(sorted(entities, key=lambda entity: (entity.kind, entity.key)))


def _entity(key: str, descriptions: list[Description], keys: Mapping[NodeId, str]) -> Entity:
    return merge(KINDS[type(descriptions[0].thing)], key, descriptions, keys)
