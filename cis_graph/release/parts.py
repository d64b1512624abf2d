"""The parts of a release: sorted N-Quads files, each written as its difference from that of the last release."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from cis_graph.rdf.iris import PROV
from cis_graph.rdf.quads import Blocks, split_lines, write_blocks, write_lines
from cis_graph.rdf.sorted_lines import Lookup, SortedLines
from cis_graph.rdf.sums import Sum, summed
from cis_graph.rdf.windows import windows

PARTS = "parts"  # their folder in a release
PATCHES = "patches"
GRAPHS = "graphs"  # those of curators, which hold no record
NAMES = ("reference", "records", "provenance", "entities", "links", "derived", "ties", "description", PATCHES, GRAPHS)
DEFAULT_GRAPH = tuple(name for name in NAMES if name not in {"records", GRAPHS})  # what is said with no GRAPH clause

_SEEN_AT = f"<{PROV}generatedAtTime>".encode()
_LARGEST_CHANGE = 1 / 8  # of a part's bytes; beyond it the part is written anew


@dataclass(frozen=True, slots=True)
class Revision:
    """All that a part says now of the subjects that begin so, in N-Quads syntax."""

    beginnings: tuple[bytes, ...] = ()
    lines: Iterable[str] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A part that another process writes: whoever needs it waits."""

    wait: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of a release's parts."""

    folder: Path

    def begin(self, before: "Parts") -> None:
        """Starts from what another release says, by links to its files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in chain.from_iterable(lines.files for lines in before.files()):
            if path.exists():
                os.link(path, self.folder / path.name)

    def say(self, name: str, lines: Iterable[str] | Blocks | Revision) -> None:
        """Makes a part say these lines and no others, or what they are a revision of."""
        if isinstance(lines, Revision):
            self.revise(name, lines)
        else:
            self.write(name, lines)

    def write(self, name: str, lines: Iterable[str] | Blocks) -> None:
        """Makes a part say these lines and no others."""
        part = self.part(name)
        self.folder.mkdir(parents=True, exist_ok=True)
        if not part.exists():
            _fill(part.path, lines)
            return
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            fresh = Path(folder) / part.path.name
            _fill(fresh, lines)
            if (found := _difference(SortedLines(fresh), part)) is None:
                _replace(part, fresh)
            else:
                _change(part, *found)

    def revise(self, name: str, revision: Revision) -> None:
        """Makes a part say something else of some subjects, and what it said of all others."""
        added = _ended(revision.lines)
        with self.lookup([name]) as lookup:
            said = set[bytes]().union(*map(lookup.beginning, sorted(revision.beginnings)))
        self.folder.mkdir(parents=True, exist_ok=True)
        _change(self.part(name), added - said, said - added)

    def change(self, added: Iterable[str], removed: Iterable[str]) -> None:
        """Takes statements out of every part, and adds others to that of patches."""
        gone, fresh = _ended(removed), _ended(added)
        for name in NAMES:
            part, more = self.part(name), fresh if name == PATCHES else frozenset[bytes]()
            with Lookup.over([part]) as lookup:
                said = set[bytes]().union(*map(lookup.about, sorted({line.split(b" ", 1)[0] for line in gone | more})))
            _change(part, more - said, gone & said)

    def part(self, name: str) -> SortedLines:
        """The lines of one part, whether there are any or not."""
        if name not in NAMES:
            raise ValueError(f"{name} is no part; take one of {NAMES}")
        return SortedLines(self.folder / f"{name}.nq")

    def files(self, names: Iterable[str] = NAMES) -> tuple[SortedLines, ...]:
        """The parts that there are, of all of them where none is named."""
        return tuple(part for part in map(self.part, names) if part.exists())

    def lookup(self, names: Iterable[str] = NAMES) -> AbstractContextManager[Lookup]:
        """What some parts say of single subjects."""
        return Lookup.over(self.files(names))

    @contextmanager
    def whole(self, names: Iterable[str] = NAMES) -> Iterator[Iterable[Path]]:
        """Files that say together what some parts say, named one by one; those made for it are there within."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            there = (one for one in map(self.part, names) if one.exists())
            yield (one.path if one.is_whole() else _merged(one, Path(folder) / one.path.name) for one in there)

    def lines(self, name: str) -> set[str]:
        """The lines of one part; empty where there is none."""
        return split_lines(b"".join(self.merged([name])).decode("utf-8"))

    def sum(self) -> Sum:
        """The sum of everything the release says, which is read whole."""
        return summed(self.files())

    def merged(self, names: Iterable[str] = NAMES) -> Iterator[bytes]:
        """The distinct lines of some parts in order, with their line ends; memory stays flat."""
        for (said,) in windows(self.files(names)):
            yield from said


def _fill(path: Path, lines: Iterable[str] | Blocks) -> None:
    if isinstance(lines, Blocks):
        write_blocks(path, lines)
    else:
        write_lines(path, lines)


def _ended(lines: Iterable[str]) -> frozenset[bytes]:
    return frozenset(f"{line}\n".encode() for line in lines)


def _difference(now: SortedLines, before: SortedLines) -> tuple[set[bytes], set[bytes]] | None:
    """The lines that only one of two says, the later first; None where they are too many."""
    added, removed = set[bytes](), set[bytes]()
    room = before.path.stat().st_size * _LARGEST_CHANGE
    for said, was in windows([now], [before]):
        fresh, gone = set(said).difference(was), set(was).difference(said)
        room -= sum(map(len, fresh)) + sum(map(len, gone))
        if room < 0:
            return None
        added |= fresh
        removed |= gone
    return added, removed


def _change(part: SortedLines, added: AbstractSet[bytes], removed: AbstractSet[bytes]) -> None:
    """Adds lines that a part lacks and takes out lines that it has; no file is written to in place."""
    if not added and not removed:
        return
    plus, minus = _read(part.added), _read(part.removed)
    plus, minus = (plus - removed) | (added - minus), (minus - added) | (removed - plus)
    size = sum(map(len, plus)) + sum(map(len, minus))
    _write(part.added, sorted(plus))
    _write(part.removed, sorted(minus))
    if not part.exists():
        part.path.touch()
    if size > part.path.stat().st_size * _LARGEST_CHANGE:
        _replace(part, _merged(part, part.path.with_suffix(".whole")))


def _merged(part: SortedLines, place: Path) -> Path:
    """A file that says all that a part says."""
    with place.open("wb") as file:
        for (said,) in windows([part]):
            file.writelines(said)
    return place


def _replace(part: SortedLines, whole: Path) -> None:
    whole.replace(part.path)
    part.added.unlink(missing_ok=True)
    part.removed.unlink(missing_ok=True)


def _read(path: Path) -> set[bytes]:
    if not path.exists():
        return set()
    with path.open("rb") as lines:
        return set(lines)


def _write(path: Path, lines: Iterable[bytes]) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.writelines(lines)
    if fresh.stat().st_size:
        fresh.replace(path)
    else:
        fresh.unlink()
        path.unlink(missing_ok=True)


def states_of(parts: Parts) -> dict[str, str]:
    """When each state of a record that these parts tell of was first harvested, by the IRI of the state."""
    found: dict[str, str] = {}
    for (said,) in windows(parts.files(["provenance"])):
        for line in said:
            subject, predicate, value = line.split(b" ", 2)
            if predicate == _SEEN_AT:
                found[subject[1:-1].decode()] = value.split(b'"')[1].decode()
    return found
