"""The parts of a release: sorted N-Quads files, each comparable with that of the last release."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cis_graph.rdf.iris import PROV
from cis_graph.rdf.quads import canonical_hash, split_lines, write_lines
from cis_graph.rdf.windows import subject_of, windows

PARTS = "parts"  # their folder in a release
NAMES = ("reference", "records", "provenance", "entities", "links", "derived", "ties", "description", "patches")
DEFAULT_GRAPH = tuple(name for name in NAMES if name != "records")  # what is said with no GRAPH clause

_SEEN_AT = f"<{PROV}generatedAtTime>".encode()


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

    def listed(self, name: str) -> list[str]:
        """The lines of one part in their order, which is quicker to read than a set; empty where there is none."""
        path = self._path(name)
        return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []

    def paths(self, names: Iterable[str] = NAMES) -> tuple[Path, ...]:
        """The files of parts that there are, of all of them where none is named."""
        return tuple(path for path in map(self._path, names) if path.exists())

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

    def merged(self, names: Iterable[str] = NAMES) -> Iterator[bytes]:
        """The distinct lines of some parts in order, with their line ends; memory stays flat."""
        for (said,) in windows(self.paths(names)):
            yield from sorted(said)

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


def changed_subjects(now: Parts, before: Parts, names: Sequence[str]) -> Iterator[tuple[bytes, list[bytes]]]:
    """Each subject (in N-Quads syntax) of which these parts say something new, with all its lines, in flat memory."""
    for said, was in windows(now.paths(names), before.paths(names)):
        changed = {subject_of(line) for line in said ^ was}
        found: dict[bytes, list[bytes]] = defaultdict(list)
        for line in said if changed else ():
            if (subject := subject_of(line)) in changed:
                found[subject].append(line)
        yield from ((subject.rstrip(), sorted(found[subject])) for subject in sorted(found))


def seen_before(parts: Parts) -> dict[str, str]:
    """When each state of a record that these parts tell of was first harvested, by the IRI of the state."""
    found: dict[str, str] = {}
    for (said,) in windows(parts.paths(("provenance",))):
        for line in said:
            subject, predicate, value = line.split(b" ", 2)
            if predicate == _SEEN_AT:
                found[subject[1:-1].decode()] = value.split(b'"')[1].decode()
    return found
