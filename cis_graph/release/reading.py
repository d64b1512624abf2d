"""Sources read in a process of their own: their records mapped and, where nobody remembers them, resolved and told."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import NamedTuple

from cis_graph.harvest.state import SourceState
from cis_graph.memory import Memory
from cis_graph.model.records import Record
from cis_graph.processes import fed
from cis_graph.rdf.told import say
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.release.house import House
from cis_graph.release.remembered import Made, value_of
from cis_graph.resolution.resolve import Resolution

_BATCH = 500  # records
_AHEAD = 50  # batches: the next sources are read while those before are taken in


Stood = tuple[tuple[int, ...], tuple[str, ...]]  # the rows of a record, and their files


class Batch(NamedTuple):
    """Some records of a source in their order: where each stood, and the key of what is made of it.

    ``made`` are the values, by key, that memory has to be told of.
    """

    stood: Sequence[Stood]
    keys: Sequence[bytes]
    made: Mapping[bytes, bytes]


Read = SourceState | Batch  # a source without its records, then these, some at a time


@dataclass(frozen=True)
class Maker:
    """Makes what there is to remember of records, but for those that ``memory`` has."""

    house: House
    loading: Callable[[], Resolution]
    memory: Memory
    aliases: Aliases

    @cached_property
    def resolution(self) -> Resolution:
        """What records are resolved with, loaded when the first is."""
        return self.loading()

    def batches(self, state: SourceState) -> Iterator[Batch]:
        """The records of a source, in their order; none of them is held once the next are asked for."""
        waiting, source = deque(state.records), state.source.slug
        del state
        while waiting:
            batch = [waiting.popleft() for _ in range(min(_BATCH, len(waiting)))]
            keys = [self.memory.key(f"{source} {_nowhere(record)!r}".encode()) for record in batch]
            fresh = {key: record for key, record in zip(keys, batch, strict=True) if key not in self.memory}
            values = (value_of(one, self.aliases) for one in self._fresh(fresh.values(), source))
            made = dict(zip(fresh, values, strict=True))
            yield Batch([(record.rows, record.files) for record in batch], keys, made)

    def _fresh(self, records: Iterable[Record], source: str) -> Iterable[Made]:
        resolved = [self.resolution.resolve(_nowhere(record), source) for record in records]
        said = say([record for record, _ in resolved], self.house.context, self.house.iris)
        return ((record, notices, one) for (record, notices), one in zip(resolved, said, strict=True))


@contextmanager
def reading_apart(states: Iterable[SourceState], maker: Maker) -> Iterator[Iterator[Read]]:
    """Reads sources elsewhere while what was read of them is dealt with here."""
    with fed("read", partial(_read, states, maker), ahead=_AHEAD) as process:
        yield iter(process.found, None)


def _read(states: Iterable[SourceState], maker: Maker, _: Iterator[bytes]) -> Iterator[Read | None]:
    for state in states:
        yield replace(state, records=())
        batches = maker.batches(state)
        del state  # its records go one by one
        yield from batches
    yield None


def _nowhere(record: Record) -> Record:
    """A record without the rows it stands in, which change when others come and go."""
    return replace(record, rows=(), files=())
