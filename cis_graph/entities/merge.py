"""One entity for each cluster: a stated rule chooses single values, the others are united.

The rule for labels: the most frequent, then those of the newest edition, those not in capitals, the longest. For every
other single value: that of the record which its source updated last (``modified``, else ``issued``), a newer edition
before an older one, ties by node name. An end before the start so chosen is left out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any

from cis_graph.model.dates import StatedDate
from cis_graph.model.nodes import KINDS, NodeId, Thing, things
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Event, Kind, Label, Participation, Programme, Project, Record

_REFERENCES = ("part_of", "operator", "actor", "project", "programme")
_REFERENCE_LISTS = ("actors", "projects")
_OWN = frozenset({"node", "label", "alternative_labels", "edition", "edition_of", "coordinates"})
Named = Project | Actor | Programme | Event


@dataclass(frozen=True, slots=True)
class _Manner:
    """How things of one kind are merged: what is taken value by value, what reads it, and what names other nodes."""

    names: tuple[str, ...]
    read: Callable[[Thing], tuple[Any, ...]]
    references: tuple[str, ...]
    lists: tuple[str, ...]

    @classmethod
    def of(cls, kind: type[Thing]) -> "_Manner":
        every = [field.name for field in fields(kind)]
        names = tuple(name for name in every if name not in _OWN)
        references, lists = (tuple(name for name in every if name in some) for some in (_REFERENCES, _REFERENCE_LISTS))
        return cls(names=names, read=attrgetter(*names), references=references, lists=lists)


_MANNERS: Mapping[type[Thing], _Manner] = {kind: _Manner.of(kind) for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Description:
    """One node as one record tells it, and when that record was last updated; empty where its source does not say."""

    node: NodeId
    updated: str
    thing: Thing

    @classmethod
    def of(cls, record: Record) -> "Iterable[Description]":
        """All nodes of a record."""
        stated = record.modified or record.issued
        updated = stated.text if stated else ""
        return (cls(node, updated, thing) for node, thing in things(record))


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
        return records_of(self.members)

    @property
    def is_grant(self) -> bool:
        """Whether it is a grant, which is counted apart from projects everywhere."""
        kind = self.value.kind if isinstance(self.value, Project) else None
        return kind is not None and kind.concept == "grant"


def records_of(members: Iterable[NodeId]) -> tuple[tuple[str, str], ...]:
    """The (contributor, record) pairs that some nodes stand in, sorted."""
    return tuple(sorted({(node.contributor, node.record) for node in members}))


def merge(
    kind: Kind, key: str, told: Iterable[Description], keys: Mapping[NodeId, str], members: tuple[NodeId, ...]
) -> Entity:
    """The entity of one cluster of ``members``, in order; ``keys`` gives the canonical key of every node."""
    descriptions = sorted(told, key=_newest_first, reverse=True)
    things = [_with_keys(description, keys) for description in descriptions]
    return Entity(
        kind=kind,
        key=key,
        value=_merged(key, things),
        members=members,
    )


def _newest_first(description: Description) -> tuple[str, bool, NodeId]:
    is_newest_edition = getattr(description.thing, "edition_of", None) is None
    return (description.updated, is_newest_edition, description.node)


def _with_keys(description: Description, keys: Mapping[NodeId, str]) -> Thing:
    thing, node = description.thing, description.node

    def key_of(name: str) -> str:
        return keys[NodeId(node.contributor, node.record, name)]

    changes: dict[str, Any] = {}
    how = _MANNERS[type(thing)]
    for name in how.references:
        if value := getattr(thing, name):
            target = key_of(value)
            changes[name] = None if target == keys[node] else target
    for name in how.lists:
        if values := getattr(thing, name):
            changes[name] = tuple(map(key_of, values))
    return replace(thing, **changes) if changes else thing


def _merged(key: str, things: list[Thing]) -> Thing:
    first = things[0]
    how = _MANNERS[type(first)]
    told = zip(*map(how.read, things), strict=True)
    values: dict[str, Any] = dict(zip(how.names, map(_value, told), strict=True))
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


def _value(values: Sequence[Any]) -> Any:  # noqa: ANN401 - a field of any kind
    if isinstance(values[0], tuple):
        if not any(values):
            return ()
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
