"""What two releases say differently, found by reading their sorted parts once."""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from cis_graph.release.opened import PARTS, STORE
from cis_graph.release.parts import Parts
from cis_graph.store.embedded import change_store, make_store


def changes(now: Parts, before: Parts) -> Iterator[tuple[bool, bytes]]:
    """(whether it was added, N-Quads line) for each line that only one of the two says; memory stays flat."""
    with ExitStack() as stack:
        yield from _difference(_lines(now, stack), _lines(before, stack))


def make_changed_store(folder: Path, parts: Parts, before: Path | None) -> int:
    """A store in ``folder`` that says what the parts say, copied from the release ``before`` where it can be.

    Returns the number of its quads.
    """
    if before is None or not (before / STORE).exists():
        return make_store(folder, parts.paths())
    return change_store(folder, before / STORE, changes(parts, Parts(before / PARTS)))


def _lines(parts: Parts, stack: ExitStack) -> Iterator[bytes]:
    files = [stack.enter_context(path.open("rb")) for path in parts.paths()]
    return (line for line, _ in groupby(heapq.merge(*files)))


def _difference(now: Iterator[bytes], before: Iterable[bytes]) -> Iterator[tuple[bool, bytes]]:
    tagged = heapq.merge(((line, True) for line in now), ((line, False) for line in before))
    for line, told in groupby(tagged, key=lambda pair: pair[0]):
        sides = [added for _, added in told]
        if len(sides) == 1:
            yield sides[0], line
