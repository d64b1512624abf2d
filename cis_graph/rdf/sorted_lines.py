"""Sorted N-Quads lines in files: one that stays, and beside it what has been added and removed since it was written."""

import mmap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_STEP = 1 << 14  # bytes that are looked beyond first, from where the last thing was found


@dataclass(frozen=True, slots=True)
class SortedLines:
    """What the file at ``path`` says, less the lines of ``removed``, with those of ``added``.

    All three are sorted. ``removed`` holds lines of the file alone and ``added`` none of them.
    """

    path: Path

    @property
    def added(self) -> Path:
        """The file of what has been added."""
        return self.path.with_suffix(".added.nq")

    @property
    def removed(self) -> Path:
        """The file of what has been removed."""
        return self.path.with_suffix(".removed.nq")

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """The file and those beside it, whether they are there or not."""
        return self.path, self.added, self.removed

    def exists(self) -> bool:
        """Whether anything was ever written here."""
        return self.path.exists()

    def is_whole(self) -> bool:
        """Whether the file says it all."""
        return not self.added.exists() and not self.removed.exists()


class Lookup:
    """Finds the lines of single subjects by bisection, without reading the files: soonest where asked in order."""

    def __init__(self, opened: Iterable[Sequence["_Ordered"]]) -> None:
        self._opened = tuple(opened)

    @classmethod
    @contextmanager
    def over(cls, groups: Iterable[SortedLines]) -> Iterator[Self]:
        """A lookup in the lines of some files, which stay open within."""
        with ExitStack() as stack:
            yield cls([[_Ordered(_mapped(path, stack)) for path in lines.files] for lines in groups])

    def about(self, subject: bytes) -> set[bytes]:
        """The distinct lines, with their ends, about a subject, which is in N-Quads syntax."""
        return self.beginning(subject + b" ")

    def beginning(self, wanted: bytes) -> set[bytes]:
        """The distinct lines that begin so: those about several subjects whose IRIs begin alike."""
        found: set[bytes] = set()
        for base, added, removed in self._opened:
            said = base.starting(wanted)
            if said:
                said -= removed.starting(wanted)
            found |= said | added.starting(wanted)
        return found


def _mapped(path: Path, stack: ExitStack) -> bytes | mmap.mmap:
    if not path.exists() or not path.stat().st_size:  # nothing cannot be mapped
        return b""
    with path.open("rb") as file:
        return stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


class _Ordered:
    """Sorted lines, of which it is known where what was looked for last would stand."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self._data = data
        self._last, self._place = b"", 0

    def starting(self, wanted: bytes) -> set[bytes]:
        """The lines that start so."""
        data, found = self._data, set[bytes]()
        if not data:
            return found
        place = _first(data, wanted, self._place if wanted >= self._last else 0)
        self._last, self._place = wanted, place
        while data[place : place + len(wanted)] == wanted:
            end = data.find(b"\n", place) + 1
            found.add(data[place:end])
            place = end
        return found


def _first(data: bytes | mmap.mmap, wanted: bytes, low: int) -> int:
    """Where the first line stands that is not before ``wanted``, of those from ``low`` on."""
    high, step = len(data), _STEP
    while low + step < high:  # further and further away, until a line is not before it
        start = data.rfind(b"\n", low, low + step) + 1
        if start > low and data[start : start + len(wanted)] >= wanted:
            high = start
            break
        low, step = max(start, low), 2 * step
    while low < high:
        middle = (low + high) // 2
        start = max(low, data.rfind(b"\n", low, middle) + 1)
        if data[start : start + len(wanted)] < wanted:
            low = data.find(b"\n", middle) + 1
        else:
            high = start
    return low
