"""The entities of a release as rows: the next one has from them all that did not change.

Like the parts, they are in a file that is linked from release to release, and in a small one that tells what is not as
that file has it. Both hold batches of rows, each behind its length.
"""

import os
import zlib
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import islice
from pathlib import Path
from sys import intern
from typing import TypeVar

from cis_graph.entities.merge import Entity
from cis_graph.model.nodes import KINDS, NodeId, Thing
from cis_graph.model.packing import packed, unpacked

BASE, SINCE = FILES = "entities.rows", "entities-since.rows"
_AT_ONCE = 500  # rows of a batch
_LENGTH = 4  # bytes that say how long a batch is
_FAST = 1  # of zlib's levels
_LARGEST_CHANGE = 1 / 8  # of the file's bytes; beyond it the file is written anew

Some = TypeVar("Some")
Row = tuple[str, Thing, tuple[str, ...]]  # its key, what it is, who tells of it


def row_of(entity: Entity) -> Row:
    """An entity as a row: of its members the contributors are asked for, no more."""
    return entity.key, entity.value, tuple(sorted({node.contributor for node in entity.members}))


def entity_of(row: Row) -> Entity:
    """The entity of a row, whose members stand for all nodes of each contributor."""
    key, value, contributors = row
    return Entity(kind=KINDS[type(value)], key=intern(key), value=value, members=_told_by(contributors))


def write_rows(place: Path, rows: Iterable[Row]) -> None:
    """Writes all rows of a release."""
    _write(place / BASE, in_batches(rows))
    (place / SINCE).unlink(missing_ok=True)


def revise_rows(place: Path, before: Path, changed: AbstractSet[str], rows: Iterable[Row]) -> None:
    """Writes how the rows of a release differ from those of the one ``before``: ``rows`` are all of the ``changed``.

    These are named ``kind/key``; one that has no row is gone.
    """
    since, kept = _since(before)
    still = (row for row in kept if _name(row) not in changed)
    os.link(before / BASE, place / BASE)
    _write(place / SINCE, [sorted(since | changed), *in_batches([*still, *rows])])
    if (place / SINCE).stat().st_size > _LARGEST_CHANGE * (place / BASE).stat().st_size:
        whole = list(read_rows(place))
        (place / BASE).unlink()  # other releases have it too
        write_rows(place, whole)


def read_rows(place: Path) -> Iterator[Row]:
    """All rows of a release."""
    since, rows = _since(place)
    for batch in _read(place / BASE):
        yield from (row for row in batch if _name(row) not in since) if since else batch
    yield from rows


def _since(place: Path) -> tuple[AbstractSet[str], list[Row]]:
    """The names of what is not as the file has it, and the rows that stand in its place."""
    if not (place / SINCE).exists():
        return frozenset(), []
    names, *batches = _read(place / SINCE)
    return frozenset(names), [row for batch in batches for row in batch]


def _name(row: Row) -> str:
    return f"{KINDS[type(row[1])]}/{row[0]}"


def in_batches(some: Iterable[Some]) -> Iterator[list[Some]]:
    """Rows, or what they are made of, as many at a time as stand together in a file or a message."""
    remaining = iter(some)
    while batch := list(islice(remaining, _AT_ONCE)):
        yield batch


def _write(path: Path, batches: Iterable[object]) -> None:
    with path.open("wb") as file:
        for batch in batches:
            said = zlib.compress(packed(batch), _FAST)
            file.write(len(said).to_bytes(_LENGTH) + said)


def _read(path: Path) -> Iterator[list]:  # type: ignore[type-arg]  # of names first where they are told, then of rows
    with path.open("rb") as file:
        while length := file.read(_LENGTH):
            yield unpacked(zlib.decompress(file.read(int.from_bytes(length))))


@lru_cache(1 << 15)
def _told_by(contributors: tuple[str, ...]) -> tuple[NodeId, ...]:
    """Members that stand for all nodes of each contributor."""
    return tuple(NodeId(one, "", "") for one in contributors)
