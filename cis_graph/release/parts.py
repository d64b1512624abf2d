"""The parts of a release: sorted N-Quads files, each comparable with that of the last release."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cis_graph.rdf.quads import canonical_hash, split_lines, write_lines

NAMES = ("reference", "records", "provenance", "entities", "links", "derived", "patches")


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of a release's parts."""

    folder: Path

    def write(self, name: str, lines: Iterable[str]) -> None:
        """Writes one part."""
        if name not in NAMES:
            raise ValueError(f"{name} is no part; take one of {NAMES}")
        self.folder.mkdir(parents=True, exist_ok=True)
        write_lines(self._path(name), lines)

    def lines(self, name: str) -> set[str]:
        """The lines of one part; empty where there is none."""
        path = self._path(name)
        return split_lines(path.read_text(encoding="utf-8")) if path.exists() else set()

    def paths(self) -> tuple[Path, ...]:
        """The files of all parts there are."""
        return tuple(path for path in map(self._path, NAMES) if path.exists())

    def change(self, added: Iterable[str], removed: Iterable[str]) -> None:
        """Takes statements out of every part, and adds others to that of patches; no file is written to in place."""
        gone = {f"{line}\n".encode() for line in removed}
        for path in self.paths():
            with path.open("rb") as lines:
                found = any(line in gone for line in lines)
            if found:
                with path.open("rb") as lines, _anew(path) as fresh:
                    fresh.writelines(line for line in lines if line not in gone)
        with _anew(self._path("patches")) as fresh:
            fresh.writelines(f"{line}\n".encode() for line in sorted({*self.lines("patches"), *added}))

    def canonical_hash(self) -> str:
        """The hash of everything the release says."""
        return canonical_hash(self.paths())

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.nq"


@contextmanager
def _anew(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of another, which other releases may share."""
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        yield file
    fresh.replace(path)


def changed_subjects(now: Parts, before: Parts, names: Iterable[str]) -> dict[str, list[str]]:
    """The statements of every subject of which something changed, by subject (in N-Quads syntax)."""
    lines = set().union(*(now.lines(name) for name in names))
    earlier = set().union(*(before.lines(name) for name in names))
    changed = {_subject(line) for line in lines ^ earlier}
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if (subject := _subject(line)) in changed:
            found[subject].append(line)
    return {subject: sorted(found[subject]) for subject in sorted(found)}


def _subject(line: str) -> str:
    return line.split(" ", 1)[0]
