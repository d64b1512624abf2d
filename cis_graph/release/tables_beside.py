"""What follows from the entities alone, made by other processes while all else in a release is written.

They are there before a build has read anything, and are given the entities, or where most are as they were, those that
changed: they hold nothing else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, contextmanager
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from cis_graph.entities.make import in_order
from cis_graph.entities.merge import Entity
from cis_graph.entities.parties import parties
from cis_graph.model.packing import packed, unpacked
from cis_graph.model.ties import Party
from cis_graph.processes import Fed, fed
from cis_graph.release.derivations import Derivation
from cis_graph.release.findable import findable, findable_again
from cis_graph.release.house import House
from cis_graph.release.network import write_network
from cis_graph.release.opened import SEARCH
from cis_graph.release.parts import PARTS, Elsewhere, Parts, Revision
from cis_graph.release.reach import Name, Names, found_otherwise, names_of
from cis_graph.release.rows import entity_of, in_batches, read_rows, revise_rows, row_of, write_rows
from cis_graph.search.writing import revise_index, write_index

Counts = Mapping[str, int]  # how many entities there are of each kind, grants apart


class Tables:
    """Rows, derived statements, ties, text index and network tables in the making."""

    def __init__(self, processes: Sequence[Fed[Counts | None]]) -> None:
        self._processes = processes

    def begin(self, place: Path) -> None:
        """Says where the release is, which was begun: what stays as it was is read while it is found what changed."""
        self._give(packed(str(place)))

    def passing(self, entities: Iterable[Entity], changed: AbstractSet[str] | None) -> Iterator[Entity]:
        """The same entities, of which all that is made: they are all, or all of the ``changed`` (``kind/key``)."""
        self._give(packed(changed))
        for batch in in_batches(entities):
            self._give(packed(list(map(row_of, batch))))
            yield from batch
        for process in self._processes:
            process.end()

    def parts(self) -> Mapping[str, Elsewhere]:
        """Those of it that are parts, once all entities have passed and were counted."""
        writing = Elsewhere(self._next)
        return {"derived": writing, "ties": writing}  # one after the other

    def counts(self) -> Counts:
        """How many entities there are of each kind, once all have passed."""
        return self._counted

    def wait(self) -> None:
        """Waits until index and tables are made."""
        for process in self._processes:
            process.found()

    @cached_property
    def _counted(self) -> Counts:
        return self._processes[0].found() or {}

    def _next(self) -> None:
        """Waits for what comes after what was counted."""
        _ = self._counted
        self._processes[0].found()

    def _give(self, message: bytes) -> None:
        for process in self._processes:
            process.give(message)


class _Start(NamedTuple):
    """What a process is forked with: ``goes_on`` tells that most entities may be those of the release ``before``."""

    house: House
    before: Path | None
    goes_on: bool


@contextmanager
def tables_beside(house: House, before: Path | None, *, goes_on: bool) -> Iterator[Tables]:
    """Processes that will make all that; whether it may be that most entities are those of the release ``before``.

    From nothing there is time for one thing after the other, and no memory for index and tables at once; where there is
    a release before the other parts are soon written.
    """
    works = (_everything,) if before is None else (_parts_and_index, _network)
    start = _Start(house, before, goes_on)
    with ExitStack() as stack:
        yield Tables([stack.enter_context(fed("release", partial(work, start))) for work in works])


def _everything(start: _Start, messages: Iterator[bytes]) -> Iterator[Counts | None]:
    making = _Making(start, messages)
    yield making.rows()
    yield from making.parts()
    making.search()
    making.network()
    yield None


def _parts_and_index(start: _Start, messages: Iterator[bytes]) -> Iterator[Counts | None]:
    making = _Making(start, messages)
    yield making.rows()
    yield from making.parts()
    making.search()
    yield None


def _network(start: _Start, messages: Iterator[bytes]) -> Iterator[None]:
    _Making(start, messages).network()
    yield


class _Making:
    """All that is made, of what a process was given."""

    def __init__(self, start: _Start, messages: Iterator[bytes]) -> None:
        self._house, self._before = start.house, start.before
        self._place = Path(unpacked(next(messages)))
        kept = [entity_of(row) for row in read_rows(start.before)] if start.before and start.goes_on else []
        changed: AbstractSet[str] | None = unpacked(next(messages))
        self._changed = changed if start.before else None
        names = names_of(changed or ())
        self._was = _named(kept, names)
        still = (one for one in kept if changed is not None and (one.kind, one.key) not in names)
        self._entities = in_order(chain(still, (entity_of(row) for batch in messages for row in unpacked(batch))))
        self._now = _named(self._entities, names)

    def _others(self) -> Names:
        """What is not what it was, is new or gone: it may follow from something else, and be the same."""
        return {name for name in self._was.keys() | self._now.keys() if self._was.get(name) != self._now.get(name)}

    @cached_property
    def _parties(self) -> tuple[Party, ...]:
        return parties(self._entities, self._house.schemes.cooperative_roles)

    def rows(self) -> Counts:
        """Writes the rows of the release; how many there are of each kind."""
        if self._before is None or self._changed is None:
            write_rows(self._place, map(row_of, self._entities))
        else:
            revise_rows(self._place, self._before, self._changed, map(row_of, self._now.values()))
        return Counter("grant" if one.is_grant else one.kind for one in self._entities)

    def parts(self) -> Iterator[None]:
        """Writes the parts; each is there when the next is asked for."""
        written = Parts(self._place / PARTS)
        for name, lines in self._derived().items():
            written.say(name, lines)
            yield

    def _derived(self) -> Mapping[str, Iterable[str] | Revision]:
        """What is derived; of what may be other than it was alone, where that is known."""
        house = self._house
        derivation = Derivation(self._entities, house.schemes.cooperative_roles, house.gazetteer.containers, house.iris)
        if self._before is None or self._changed is None:
            return derivation.whole(self._parties)
        return derivation.revised(self._others(), self._was)

    def search(self) -> None:
        """Writes the index: that of the release before with what is found otherwise now, where that is known."""
        gazetteer, schemes = self._house.gazetteer, self._house.schemes
        if self._before is None or self._changed is None or not self._search_again(self._before):
            write_index(self._place / SEARCH, findable(self._entities, gazetteer, schemes))

    def _search_again(self, before: Path) -> bool:
        others = found_otherwise(self._others(), self._was, self._entities)
        names = {*others, *(("grant", key) for kind, key in others if kind == "project")}  # which it may have been
        found = findable_again(self._entities, self._house.gazetteer, self._house.schemes, others)
        return revise_index(self._place / SEARCH, before / SEARCH, names, found)

    def network(self) -> None:
        """Writes the network's tables."""
        write_network(self._place, self._entities, self._parties, self._house, before=self._before)


def _named(entities: Iterable[Entity], names: Names) -> dict[Name, Entity]:
    """Those of some names."""
    return {name: one for one in entities if (name := (one.kind, one.key)) in names}
