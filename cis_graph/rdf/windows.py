"""Sorted N-Quads files read side by side, a window at a time, so that they are compared in flat memory.

Lines are compared a whole window at once, not one by one: thirty million lines are compared in seconds.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from typing import BinaryIO

from cis_graph.rdf.sorted_lines import SortedLines

_BLOCK = 1 << 20  # bytes read at a time
_FEW = 1_000  # lines; with fewer left, more are read


def windows(*groups: Iterable[SortedLines]) -> Iterator[tuple[list[bytes], ...]]:
    """What each group of files says, a stretch of subjects at a time; a subject is never cut, a missing file is empty.

    Lines are sorted, each once, and keep their ends.
    """
    with ExitStack() as stack:
        read = [[_Layers(lines, stack) for lines in group if lines.exists()] for group in groups]
        every = [one for group in read for layers in group for one in layers.readings]
        while still := [one for one in every if one.reads_on()]:
            end = _end(still)
            yield tuple(_merged([layers.until(end) for layers in group]) for group in read)


def subject_of(line: bytes) -> bytes:
    """The subject of a line in N-Quads syntax, with the space behind it."""
    return line[: line.index(b" ") + 1]


def by_subject(lines: Sequence[bytes]) -> Iterator[tuple[bytes, Sequence[bytes]]]:
    """Each subject in N-Quads syntax with its lines, of lines that are sorted."""
    start, count = 0, len(lines)
    while start < count:
        subject, end = subject_of(lines[start]), start + 1
        while end < count and lines[end].startswith(subject):
            end += 1
        yield subject[:-1], lines[start:end]
        start = end


def _merged(sorted_ones: Sequence[list[bytes]]) -> list[bytes]:
    """Sorted lists as one, in which each line stands once."""
    some = [one for one in sorted_ones if one]
    if len(some) < 2:  # noqa: PLR2004 - there is nothing to merge
        return some[0] if some else []
    every = list(chain.from_iterable(some))
    every.sort()  # it finds the stretches that are sorted already
    return list(dict.fromkeys(every))


class _Layers:
    """A sorted file and what has been added to it and removed from it since."""

    def __init__(self, lines: SortedLines, stack: ExitStack) -> None:
        self._base, *_ = found = [
            _Reading(stack.enter_context(path.open("rb"))) if path.exists() else None for path in lines.files
        ]
        self._added, self._removed = found[1:]
        self.readings = [one for one in found if one]

    def until(self, end: bytes | None) -> list[bytes]:
        """Takes what is said before a subject, or all."""
        said = self._base.until(end) if self._base else []
        if self._removed and (gone := set(self._removed.until(end))):
            said = [line for line in said if line not in gone]
        return _merged([said, self._added.until(end)]) if self._added else said


class _Reading:
    """A sorted file of which some lines wait."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting: list[bytes] = []
        self._ended = False

    def reads_on(self) -> bool:
        """Whether there are lines left; some of them wait then."""
        if len(self._waiting) < _FEW:
            self.more()
        return bool(self._waiting)

    def more(self) -> None:
        """Reads the next block."""
        if not self._ended:
            block = self._file.readlines(_BLOCK)
            self._waiting += block
            self._ended = not block

    def last(self) -> bytes | None:
        """The last subject that waits, of which lines may still come; None where all lines are there."""
        return None if self._ended else subject_of(self._waiting[-1])

    def first(self) -> bytes | None:
        """The first subject that waits."""
        return subject_of(self._waiting[0]) if self._waiting else None

    def until(self, end: bytes | None) -> list[bytes]:
        """Takes the lines before a subject, or all."""
        place = len(self._waiting) if end is None else bisect_left(self._waiting, end)
        taken, self._waiting = self._waiting[:place], self._waiting[place:]
        return taken


def _end(every: Sequence[_Reading]) -> bytes | None:
    """The first subject that may not be there whole; None where the rest of every file is there."""
    while True:
        partly = [(last, one) for one in every if (last := one.last()) is not None]
        if not partly:
            return None
        end = min(last for last, _ in partly)
        if any((first := one.first()) is not None and first < end for one in every):
            return end
        for last, one in partly:  # a subject longer than a block
            if last == end:
                one.more()
