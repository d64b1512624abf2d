"""What builds remember of a record: itself resolved, what was noticed, and what it says in RDF, as one value."""

from collections.abc import Sequence
from dataclasses import dataclass

from cis_graph.errors import ReleaseFault
from cis_graph.memory import Memory
from cis_graph.model.findings import Finding
from cis_graph.model.packing import packed, unpacked
from cis_graph.model.records import Record
from cis_graph.rdf.told import Said

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
    return b"".join((len(said.packed).to_bytes(_LENGTH), said.packed, packed((record, notices, said.size, said.state))))


def made_of(value: bytes) -> Made:
    """What was made, from its value."""
    said, rest = _cut(value)
    record, notices, size, state = unpacked(rest)
    return record, notices, Said(packed=said, size=size, state=state)


def record_of(value: bytes) -> Record:
    """The record in a value, wherever it stood."""
    return made_of(value)[0]


def _cut(value: bytes) -> tuple[bytes, bytes]:
    end = _LENGTH + int.from_bytes(value[:_LENGTH])
    return value[_LENGTH:end], value[end:]
