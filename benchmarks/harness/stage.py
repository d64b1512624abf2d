"""What benchmarks measure on: generated sets and their releases, made once and kept while nothing they need changes."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from benchmarks.reference import generate as generator
from benchmarks.reference.generate import Arguments
from benchmarks.reference.sets import NamedSet
from cis_graph import resources

_ROOT = Path(__file__).parents[2]
_GENERATOR = (_ROOT / "benchmarks" / "reference", resources.TERRITORIES)
_LEFT_OUT = frozenset({"__pycache__", "hashes.json", "web"})  # they have no part in what is made
_PIPELINE = (_ROOT / "cis_graph", resources.ONTOLOGY, resources.SHAPES, resources.CURATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The set that is measured, and a folder to work in."""

    set: NamedSet
    work: Path

    def generated(self, *, share: float = 1.0, changed: float = 0.0) -> Path:
        """The folder of the set, or of its first projects by ``share``, with some of its records ``changed``."""
        named = self.set.arguments
        arguments = replace(named, projects=max(1, round(named.projects * share)), changed=changed)
        return self._kept("set", arguments, _GENERATOR, lambda place: _generate(arguments, place))

    def release(self) -> Path:
        """A data folder in which the whole set is harvested, built and published, with the release's dumps.

        A server writes dumps that are not there yet beside its answers, which would be measured too.
        """
        place = self.generated()
        return self._kept(
            "release", self.set.arguments, (*_GENERATOR, *_PIPELINE), lambda data: build(place, data, "--dumps")
        )

    def fresh(self, name: str) -> Path:
        """A folder of that name that is not there yet."""
        place = self.work / name
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def _kept(self, kind: str, arguments: Arguments, needs: Iterable[Path], make: Callable[[Path], None]) -> Path:
        place = self.work / f"{kind}-{arguments.projects}-{_fingerprint(needs, arguments)}"
        if not place.exists():
            under_way = self.fresh(f".{place.name}")
            make(under_way)
            under_way.rename(place)
        return place


def _generate(arguments: Arguments, place: Path) -> None:
    place.mkdir()
    generator.generate(arguments, place)


def build(folder: Path, data: Path, *more: str) -> None:
    """Takes a set through every station in a process of its own."""
    subprocess.run(run_command(folder, data, *more), check=True, stdout=subprocess.DEVNULL)


def run_command(folder: Path, data: Path, *more: str) -> list[str]:
    """The command that takes a set through every station."""
    return [sys.executable, "-m", "benchmarks.harness.run_set", str(folder), str(data), *more]


def _fingerprint(folders: Iterable[Path], arguments: Arguments) -> str:
    digest = sha256(repr(arguments).encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and _LEFT_OUT.isdisjoint(path.relative_to(folder).parts):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
