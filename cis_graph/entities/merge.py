"""One entity for each cluster: a stated rule chooses single values, the others are united.

The rule for labels: the most frequent, then those of the newest edition, those not in capitals, the longest. For every
other single value: that of the record which its source updated last (``modified``, else ``issued``), a newer edition
before an older one, ties by node name. An end before the start so chosen is left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from cis_graph.model.dates import StatedDate
from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Event, Kind, Label, Participation, Programme, Project, Record

_REFERENCES = ("part_of", "operator", "actor", "project", "programme")
_REFERENCE_LISTS = ("actors", "projects")
_OWN = frozenset({"node", "label", "alternative_labels", "edition", "edition_of", "coordinates"})
Named = Project | Actor | Programme | Event


@dataclass(frozen=True, slots=True)
class Description:
    """One node as one record tells it."""

    node: NodeId
    record: Record
    thing: Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One real thing: ``value`` carries its key as node name and keys in place of references."""

    kind: Kind
    key: str
    value: Thing
    members: tuple[NodeId, ...]

    @property
    def records(self) -> tuple[tuple[str, str], ...]:
        """The (contributor, record) pairs it is told by, sorted."""
        return tuple(sorted({(node.contributor, node.record) for node in self.members}))

    @property
    def is_grant(self) -> bool:
        """Whether it is a grant, which is counted apart from projects everywhere."""
        kind = self.value.kind if isinstance(self.value, Project) else None
        return kind is not None and kind.concept == "grant"


def merge(kind: Kind, key: str, told: Iterable[Description], keys: Mapping[NodeId, str]) -> Entity:
    """The entity of one cluster; ``keys`` gives the canonical key of every node."""
    descriptions = sorted(told, key=_newest_first, reverse=True)
    things = [_with_keys(description, keys) for description in descriptions]
    return Entity(
        kind=kind,
        key=key,
        value=_merged(key, things),
        members=tuple(sorted(description.node for description in descriptions)),
    )


def _newest_first(description: Description) -> tuple[str, bool, NodeId]:
    stated = description.record.modified or description.record.issued
    is_newest_edition = getattr(description.thing, "edition_of", None) is None
    return (stated.text if stated else "", is_newest_edition, description.node)


def _with_keys(description: Description, keys: Mapping[NodeId, str]) -> Thing:
    thing, node = description.thing, description.node

    def key_of(name: str) -> str:
        return keys[NodeId(node.contributor, node.record, name)]

    changes: dict[str, Any] = {}
    for name in _REFERENCES:
        if value := getattr(thing, name, None):
            target = key_of(value)
            changes[name] = None if target == keys[node] else target
    for name in _REFERENCE_LISTS:
        if values := getattr(thing, name, ()):
            changes[name] = tuple(map(key_of, values))
    return replace(thing, **changes) if changes else thing


def _merged(key: str, things: list[Thing]) -> Thing:
    first = things[0]
    values = {
        field.name: _value([getattr(thing, field.name) for thing in things])
        for field in fields(first)
        if field.name not in _OWN
    }
    if not _ordered(values.get("started"), values.get("ended")):
        values["ended"] = None  # one record's end before another's start: both stay visible in their graphs
    if isinstance(first, Participation):
        return Participation(**values)
    labels = _labels([thing for thing in things if not isinstance(thing, Participation)])
    if isinstance(first, Project | Actor | Programme):
        others = tuple(sorted(_all_names(things) - {labels[0]}))
        return type(first)(node=key, label=labels[0], alternative_labels=others, **values)
    return type(first)(node=key, label=labels[0], **values)


def _ordered(started: StatedDate | None, ended: StatedDate | None) -> bool:
    return started is None or ended is None or started.first_day() <= ended.last_day()


def _value(values: list[Any]) -> Any:  # noqa: ANN401 - a field of any kind
    if isinstance(values[0], tuple):
        united = {_identity(item): item for value in reversed(values) for item in value}
        return tuple(item for _, item in sorted(united.items()))
    return next((value for value in values if value is not None), None)


def _identity(item: Place | Label | str) -> str:
    if isinstance(item, Place):
        return item.territory or item.text
    if isinstance(item, Label):
        return item.concept or item.text
    return item


def _labels(things: list[Named]) -> list[str]:
    """Labels, best first, by the rule; ties by the newest record."""
    counts = Counter(thing.label for thing in things)
    order = {label: index for index, label in reversed(list(enumerate(thing.label for thing in things)))}
    of_old_editions = {thing.label for thing in things if getattr(thing, "edition_of", None)}
    return sorted(
        counts,
        key=lambda label: (-counts[label], label in of_old_editions, label.isupper(), -len(label), order[label]),
    )


def _all_names(things: list[Thing]) -> set[str]:
    named = [thing for thing in things if isinstance(thing, Project | Actor | Programme)]
    return {thing.label for thing in named} | {name for thing in named for name in thing.alternative_labels}
