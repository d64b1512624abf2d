"""What follows from the entities alone, made by other processes while all else in a release is written.

They are there before a build has read anything, and are given the entities: they hold nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, contextmanager
from functools import cached_property, lru_cache, partial
from itertools import islice
from pathlib import Path
from sys import intern

from cis_graph.entities.make import in_order
from cis_graph.entities.merge import Entity
from cis_graph.entities.parties import parties
from cis_graph.model.nodes import KINDS, NodeId, Thing
from cis_graph.model.packing import packed, unpacked
from cis_graph.model.ties import Party
from cis_graph.processes import Fed, fed
from cis_graph.release.derivations import Derivation
from cis_graph.release.findable import findable
from cis_graph.release.house import House
from cis_graph.release.network import write_network
from cis_graph.release.opened import SEARCH
from cis_graph.release.parts import PARTS, Elsewhere, Parts, Revision
from cis_graph.search.writing import write_index

_AT_ONCE = 500  # entities of a message
_Row = tuple[str, Thing, tuple[str, ...]]  # its key, what it is, who tells of it


class Tables:
    """Derived statements, ties, text index and network tables in the making."""

    def __init__(self, processes: Sequence[Fed[None]]) -> None:
        self._processes = processes

    def passing(self, place: Path, entities: Iterable[Entity]) -> Iterator[Entity]:
        """The same entities, of which all that is made, in the folder of a release that was begun."""
        self._give(packed(str(place)))
        remaining = iter(entities)
        while batch := list(islice(remaining, _AT_ONCE)):
            self._give(packed(list(map(_row, batch))))
            yield from batch
        self._give(packed([]))
        for process in self._processes[1:]:
            process.end()

    def parts(self, changed: AbstractSet[str] | None) -> Mapping[str, Elsewhere]:
        """Those of it that are parts, once all entities have passed and it is known which of them ``changed``."""
        process = self._processes[0]
        process.give(packed(changed))
        process.end()
        writing = Elsewhere(process.found)
        return {"derived": writing, "ties": writing}  # one after the other

    def wait(self) -> None:
        """Waits until index and tables are made."""
        for process in self._processes:
            process.found()

    def _give(self, message: bytes) -> None:
        for process in self._processes:
            process.give(message)


@contextmanager
def tables_beside(house: House, before: Path | None) -> Iterator[Tables]:
    """Processes that will make all that.

    From nothing there is time for one thing after the other, and no memory for index and tables at once; where there is
    a release ``before`` the other parts are soon written.
    """
    works = (_everything,) if before is None else (_network, _search)
    with ExitStack() as stack:
        yield Tables([stack.enter_context(fed("release", partial(work, house, before))) for work in works])


def _everything(house: House, before: Path | None, messages: Iterator[bytes]) -> Iterator[None]:
    making = _Making(house, before, messages)
    yield from making.parts()
    making.search()
    making.network()
    yield


def _network(house: House, before: Path | None, messages: Iterator[bytes]) -> Iterator[None]:
    making = _Making(house, before, messages)
    yield from making.parts()
    making.network()
    yield


def _search(house: House, before: Path | None, messages: Iterator[bytes]) -> Iterator[None]:
    _Making(house, before, messages).search()
    yield


class _Making:
    """All that is made, of what a process was given."""

    def __init__(self, house: House, before: Path | None, messages: Iterator[bytes]) -> None:
        self._house, self._before, self._messages = house, before, messages
        self._place = Path(unpacked(next(messages)))
        self._entities = in_order(_entity(*row) for row in _rows(messages))

    @cached_property
    def _parties(self) -> tuple[Party, ...]:
        return parties(self._entities, self._house.schemes.cooperative_roles)

    def parts(self) -> Iterator[None]:
        """Writes the parts; each is there when the next is asked for."""
        written = Parts(self._place / PARTS)
        for name, lines in self._derived().items():
            written.say(name, lines)
            yield

    def _derived(self) -> Mapping[str, Iterable[str] | Revision]:
        """What is derived; of what may be other than it was alone, where that is known."""
        derivation = Derivation(self._entities, self._parties, self._house.gazetteer.containers, self._house.iris)
        changed: AbstractSet[str] | None = unpacked(next(self._messages)) if self._before else None
        if self._before is None or changed is None:
            return derivation.whole()
        return derivation.revised(changed, Parts(self._before / PARTS))

    def search(self) -> None:
        write_index(self._place / SEARCH, findable(self._entities, self._house.gazetteer, self._house.schemes))

    def network(self) -> None:
        write_network(self._place, self._entities, self._parties, self._house, before=self._before)


def _rows(messages: Iterator[bytes]) -> Iterator[_Row]:
    """All that were handed over, up to a message without any."""
    while rows := unpacked(next(messages)):
        yield from rows


def _row(entity: Entity) -> _Row:
    """An entity as it is handed over: of its members the contributors are asked for, no more."""
    return entity.key, entity.value, tuple(sorted({node.contributor for node in entity.members}))


def _entity(key: str, value: Thing, contributors: tuple[str, ...]) -> Entity:
    return Entity(kind=KINDS[type(value)], key=intern(key), value=value, members=_told_by(contributors))


@lru_cache(1 << 15)
def _told_by(contributors: tuple[str, ...]) -> tuple[NodeId, ...]:
    """Members that stand for all nodes of each contributor."""
    return tuple(NodeId(one, "", "") for one in contributors)
