"""What builds remember of a record as one value: what is said, what is asked of it each time, what it tells, itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from sys import intern
from typing import NamedTuple

from cis_graph.errors import ReleaseFault
from cis_graph.memory import Memory
from cis_graph.model.findings import Finding
from cis_graph.model.nodes import KINDS, Thing, of_record
from cis_graph.model.packing import packed, unpacked
from cis_graph.model.records import Record
from cis_graph.rdf.told import Measured, Said
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.hearing import Joined
from cis_graph.reconciliation.readings import reading_of
from cis_graph.validation import completeness
from cis_graph.validation.quality import quality

Made = tuple[Record, Sequence[Finding], Said]  # neither the record nor the findings say where it stood
_LENGTH = 4  # bytes that say how long each part is
_SAID, _OUTLINE, _READING, _RECORD = range(4)
_CLASSES: Mapping[str, type[Thing]] = {kind: of for of, kind in KINDS.items()}


class Outline(NamedTuple):
    """What every build asks of a record: whose it is, its nodes with their kinds, what its participations join.

    ``size``, ``state`` and ``quality`` are as for :class:`~cis_graph.rdf.told.Said`.
    """

    contributor: str
    key: str
    nodes: tuple[tuple[str, str, Joined | None], ...]
    findings: tuple[Finding, ...]
    size: int
    state: str
    quality: Measured

    def things(self) -> Iterator[tuple[str, type[Thing], Joined | None]]:
        """Its nodes, each with what it is."""
        for node, kind, joined in self.nodes:
            yield intern(node), _CLASSES[kind], joined and joined.once()


@dataclass(frozen=True, slots=True)
class Remembered:
    """A record and all that is said in it, read from memory whenever they are asked for."""

    memory: Memory
    key: bytes

    @property
    def record(self) -> Record:
        """The record, wherever it stood."""
        return record_of(self.value)

    @property
    def packed(self) -> bytes:
        """What is said in it."""
        return _part(self.value, _SAID)

    @property
    def value(self) -> bytes:
        """All that is remembered of it.

        Raises:
            ReleaseFault: it is not there.
        """
        found = self.memory.get(self.key)
        if found is None:
            raise ReleaseFault("What was told of a record is gone from data/cache/records.db; build again")
        return found


def value_of(made: Made, aliases: Aliases) -> bytes:
    """What is made of a record as one value, of which each part can be had without the others."""
    record, notices, said = made
    outline = Outline(
        contributor=record.contributor,
        key=record.key,
        nodes=tuple((one.node, KINDS[type(one)], Joined.of(one)) for one in of_record(record)),
        findings=tuple(notices),
        size=said.size,
        state=said.state,
        quality=_qualities(record),
    )
    parts = said.packed, packed(outline), packed(reading_of(record, aliases)), packed(record)
    return b"".join((*(len(one).to_bytes(_LENGTH) for one in parts[:-1]), *parts))


def outline_of(value: bytes) -> Outline:
    """What is asked of the record in a value each time."""
    found: Outline = unpacked(_part(value, _OUTLINE))
    return found


def reading_in(value: bytes) -> bytes:
    """What the record in a value tells the matcher, as it is handed over."""
    return _part(value, _READING)


def record_of(value: bytes) -> Record:
    """The record in a value, wherever it stood."""
    found: Record = unpacked(_part(value, _RECORD))
    return found


def _qualities(record: Record) -> Measured:
    """Of each project its quality, and what it is where others tell of it too."""
    every = completeness.of_record(record)
    return tuple((node, quality(known), quality(replace(known, contributors=2))) for node, known in every)


def _part(value: bytes, number: int) -> bytes:
    lengths = [int.from_bytes(value[start : start + _LENGTH]) for start in range(0, _RECORD * _LENGTH, _LENGTH)]
    start = _RECORD * _LENGTH + sum(lengths[:number])
    return value[start : start + lengths[number]] if number < _RECORD else value[start:]
