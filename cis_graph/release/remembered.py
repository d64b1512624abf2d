"""What builds remember of a record: itself resolved, what was noticed, and what it says in RDF, as one value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from sys import intern

from cis_graph.errors import ReleaseFault
from cis_graph.memory import Memory
from cis_graph.model.findings import Finding
from cis_graph.model.packing import packed, unpacked
from cis_graph.model.quality import Quality
from cis_graph.model.records import Record
from cis_graph.rdf.told import Said
from cis_graph.validation.completeness import of_record
from cis_graph.validation.quality import quality

Made = tuple[Record, Sequence[Finding], Said]  # neither the record nor the findings say where it stood
_LENGTH = 4  # bytes that say how long what is said is


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
        return _cut(self.value)[0]

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


def value_of(made: Made) -> bytes:
    """What is made of a record as one value: what is said, which is read most often, can be had without the rest."""
    record, notices, said = made
    rest = packed((record, notices, said.size, said.state, tuple(_qualities(record))))
    return b"".join((len(said.packed).to_bytes(_LENGTH), said.packed, rest))


def made_of(value: bytes) -> Made:
    """What was made, from its value."""
    said, rest = _cut(value)
    record, notices, size, state, measured = unpacked(rest)
    qualities = tuple((intern(node), *both) for node, *both in measured)
    return record, notices, Said(packed=said, size=size, state=state, quality=qualities)


def record_of(value: bytes) -> Record:
    """The record in a value, wherever it stood."""
    return made_of(value)[0]


def _qualities(record: Record) -> Iterator[tuple[str, Quality, Quality]]:
    """Of each project its quality, and what it is where others tell of it too."""
    for node, known in of_record(record):
        yield node, quality(known), quality(replace(known, contributors=2))


def _cut(value: bytes) -> tuple[bytes, bytes]:
    end = _LENGTH + int.from_bytes(value[:_LENGTH])
    return value[_LENGTH:end], value[end:]
