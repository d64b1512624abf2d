"""Records of a source, resolved and told in RDF; those that were told before are remembered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from cis_graph.concepts.meaning import extra_version
from cis_graph.concepts.tables import LabelTables
from cis_graph.errors import ReleaseFault
from cis_graph.harvest.state import SourceState
from cis_graph.memory import Memory, fingerprint
from cis_graph.model.findings import Finding
from cis_graph.model.packing import packed, unpacked
from cis_graph.model.records import Record
from cis_graph.rdf.told import Said, Told, say, tell
from cis_graph.release.house import House
from cis_graph.resolution.resolve import Resolution
from cis_graph.resources import ONTOLOGY, TERRITORIES

_BATCH = 500  # records told at once

_Made = tuple[Record, tuple[Finding, ...], Said]  # neither the record nor the findings say where it stood
_LENGTH = 4  # bytes that say how long what is said is


@dataclass(frozen=True, slots=True)
class Remembered:
    """A record and all that is said in it, read from memory whenever they are asked for."""

    memory: Memory
    key: bytes

    @property
    def record(self) -> Record:
        """The record, wherever it stood."""
        return record_of(self._value())

    @property
    def packed(self) -> bytes:
        """What is said in it."""
        return _cut(self._value())[0]

    def _value(self) -> bytes:
        value = self.memory.get(self.key)
        if value is None:
            raise ReleaseFault("What was told of a record is gone from data/cache/records.db; build again")
        return value


def from_memory(told: Told, memory: Memory) -> Told:
    """The same, read from where :class:`Teller` keeps it, not held."""
    return replace(told, body=Remembered(memory, told.made_of))


@dataclass(frozen=True)
class Teller:
    """Tells records of all sources; ``earlier`` gives when a state of a record was first seen, by its IRI.

    ``hear`` is given all records too, some at a time and in their order, for :func:`record_of` to make them of.
    """

    house: House
    loading: Callable[[], Resolution]
    memory: Memory
    earlier: Callable[[str], str | None]
    hear: Callable[[Sequence[bytes]], None] = lambda _: None

    @cached_property
    def resolution(self) -> Resolution:
        """What records are resolved with, loaded when the first is."""
        return self.loading()

    def told(self, state: SourceState, findings: list[Finding]) -> Iterator[Told]:
        """The records of a source in their order; what there is to say of their words is added to ``findings``."""
        remaining = iter(state.records)
        while batch := list(islice(remaining, _BATCH)):
            keys = [self.memory.key(f"{state.source.slug} {_nowhere(record)!r}".encode()) for record in batch]
            values = self._values(keys, batch, state.source.slug)
            self.hear(values)
            for stood, key, (record, notices, said) in zip(batch, keys, map(_of_value, values), strict=True):
                findings += (replace(one, rows=stood.rows, files=stood.files) for one in notices)
                found = replace(record, rows=stood.rows, files=stood.files)
                at, iris = state.at or "", self.house.iris
                yield tell(found, said, state.source, iris, at, made_of=key, earlier=self.earlier)

    def _values(self, keys: Sequence[bytes], batch: Sequence[Record], source: str) -> list[bytes]:
        known = {key: value for key in keys if (value := self.memory.get(key)) is not None}
        fresh = {key: record for key, record in zip(keys, batch, strict=True) if key not in known}
        made = dict(zip(fresh, map(_value, self._fresh(fresh.values(), source)), strict=True))
        for key, one in made.items():
            self.memory.keep(key, one)
        return [made[key] if key in made else known[key] for key in keys]  # what is fresh is held alike

    def _fresh(self, records: Iterable[Record], source: str) -> Iterable[_Made]:
        resolved = [self.resolution.resolve(_nowhere(record), source) for record in records]
        said = say([record for record, _ in resolved], self.house.context, self.house.iris)
        return ((record, notices, one) for (record, notices), one in zip(resolved, said, strict=True))


def _value(made: _Made) -> bytes:
    """What is made of a record as one value: what is said, which is read most often, can be had without the rest."""
    record, notices, said = made
    return b"".join((len(said.packed).to_bytes(_LENGTH), said.packed, packed((record, notices, said.size, said.state))))


def _of_value(value: bytes) -> _Made:
    said, rest = _cut(value)
    record, notices, size, state = unpacked(rest)
    return record, notices, Said(packed=said, size=size, state=state)


def _cut(value: bytes) -> tuple[bytes, bytes]:
    end = _LENGTH + int.from_bytes(value[:_LENGTH])
    return value[_LENGTH:end], value[end:]


def record_of(value: bytes) -> Record:
    """The record in what a teller gave to whoever hears it, wherever it stood."""
    return _of_value(value)[0]


def ground(house: House, tables: LabelTables) -> Iterable[bytes]:
    """All that what is told of a record depends on, beside the record and the software."""
    yield house.iris.base.encode()
    yield house.gazetteer.fingerprint.encode()
    yield fingerprint([*ONTOLOGY.iterdir(), *TERRITORIES.rglob("*")])
    yield extra_version().encode()
    yield fingerprint(tables.files())


def _nowhere(record: Record) -> Record:
    """A record without the rows it stands in, which change when others come and go."""
    return replace(record, rows=(), files=())
