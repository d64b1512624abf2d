"""Every cluster to its entity."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from cis_graph.entities.merge import Description, Entity, merge
from cis_graph.model.nodes import KINDS, NodeId
from cis_graph.model.records import Record


def make_entities(
    records: Iterable[Record],
    clusters: Iterable[tuple[str, Sequence[NodeId]]],
    keys: Mapping[NodeId, str],
    passing: Callable[[Iterable[Entity]], Iterable[Entity]] = iter,
) -> tuple[Entity, ...]:
    """The entity of each (canonical key, members) pair, by kind and key; ``keys`` gives every node's canonical key.

    Records may tell of others too. They are gone through once: what they tell is let go as soon as all who tell of the
    same thing have spoken.
    ``passing`` has each entity pass by as soon as it is made.
    """
    members = {key: tuple(nodes if len(nodes) == 1 else sorted(nodes)) for key, nodes in clusters if nodes}
    return in_order(passing(_made(records, members, keys)))


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Entities by kind and key."""
    return tuple(sorted(entities, key=attrgetter("kind", "key")))


def _made(
    records: Iterable[Record], members: Mapping[str, tuple[NodeId, ...]], keys: Mapping[NodeId, str]
) -> Iterator[Entity]:
    waiting: dict[str, list[Description]] = defaultdict(list)
    for record in records:
        for one in Description.of(record):
            key = keys[one.node]
            if key not in members:
                continue
            waiting[key].append(one)
            if len(waiting[key]) == len(members[key]):
                yield merge(KINDS[type(one.thing)], key, waiting.pop(key), keys, members[key])
    if waiting:
        raise KeyError(f"no record tells of all members of {min(waiting)}")
