"""What records say as bytes, and back: what many of them say is held once, however many do."""

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from io import BytesIO
from operator import attrgetter
from sys import intern
from typing import Any

from cis_graph.model.dates import StatedDate
from cis_graph.model.findings import Finding
from cis_graph.model.places import Coordinates, Place
from cis_graph.model.quality import Quality
from cis_graph.model.records import Actor, Address, Event, Label, Participation, Programme, Project, Record

_FEW = 1 << 15  # values of which equal ones are held once
_CLASSES: tuple[type, ...] = (
    Record, Project, Actor, Programme, Participation, Event, Label, Place, Address, Coordinates, StatedDate, Finding,
    Quality,
)  # fmt: skip
_SHARED = frozenset({Label, StatedDate, Quality})
_INTERNED: Mapping[type, tuple[str, ...]] = {
    Record: ("contributor", "licence", "language"),
    Project: ("node",),
    Actor: ("node",),
    Participation: ("actor", "project"),
    Place: ("level", "departement", "territory"),
}  # fields whose texts are few


def packed(thing: object) -> bytes:
    """Records, findings and tuples of such as bytes."""
    written = BytesIO()
    packer = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    packer.dispatch_table = _REDUCED
    packer.dump(thing)
    return written.getvalue()


def unpacked(data: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """What :func:`packed` was given; never for bytes that somebody else wrote."""
    return pickle.loads(data)  # noqa: S301 - written by us


@dataclass(frozen=True, slots=True)
class _Slots:
    """How values of a class are taken apart and put together."""

    read: Callable[[Any], tuple[Any, ...]]
    write: tuple[Callable[[Any, Any], None], ...]
    few: tuple[int, ...]  # places of texts that are interned


def _slots(of: type) -> _Slots:
    names = [one.name for one in fields(of)]
    read = attrgetter(*names)
    return _Slots(
        read=read if len(names) > 1 else lambda thing: (read(thing),),
        write=tuple(getattr(of, name).__set__ for name in names),
        few=tuple(names.index(name) for name in _INTERNED.get(of, ())),
    )


_SLOTS: Mapping[type, _Slots] = {one: _slots(one) for one in _CLASSES}


def _reduced(thing: object) -> tuple[Callable[..., object], tuple[object, ...]]:
    of = type(thing)
    return (_shared if of in _SHARED else _made), (of, *_SLOTS[of].read(thing))


def _made(of: type, *values: Any) -> object:  # noqa: ANN401 - as its fields have them
    slots, given = _SLOTS[of], list(values)
    made: object = object.__new__(of)
    for place in slots.few:
        if given[place] is not None:
            given[place] = intern(given[place])
    for write, value in zip(slots.write, given, strict=True):
        write(made, value)
    return made


@lru_cache(_FEW)
def _shared(of: type, *values: Any) -> object:  # noqa: ANN401 - as its fields have them
    return _made(of, *values)


_REDUCED: dict[type, Any] = dict.fromkeys(_CLASSES, _reduced)
