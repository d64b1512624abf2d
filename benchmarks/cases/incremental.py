"""What a release costs and writes when 1 % of the records changed since the last one, beside one made from nothing.

The changed records are spread over all contributors, so every snapshot is new: snapshots are counted apart from the
release. What is written counts files that were not there before; links to those of the last release count nothing.
Dumps are written after publication and count in neither.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.processes import MIB
from benchmarks.harness.stage import Stage, run_command
from benchmarks.harness.timing import command

CHANGED = 0.01
RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it stands on the disk: links to one file are equal."""

    inode: int
    changed: int  # nanoseconds
    size: int  # bytes


def files(data: Path) -> dict[Path, Kept]:
    """Every file below a folder."""
    states = ((path, path.stat()) for path in data.rglob("*") if path.is_file())
    return {path: Kept(state.st_ino, state.st_mtime_ns, state.st_size) for path, state in states}


def written(before: Mapping[Path, Kept], after: Mapping[Path, Kept]) -> float:
    """MiB of new files, once each whatever their names, and of what was added to old ones."""
    known = set(before.values())
    fresh = {kept: path for path, kept in after.items() if kept not in known}
    return sum(kept.size - _had(before.get(path), kept) for kept, path in fresh.items()) / MIB


def _had(old: Kept | None, new: Kept) -> int:
    return old.size if old and old.inode == new.inode and old.size < new.size else 0


def release(stage: Stage, folder: Path, *, onto: Path | None) -> Figures:
    """Takes a set through every station, on a copy of a data folder where there is one to go on from."""
    data = stage.fresh("incremental")
    if onto is not None:
        shutil.copytree(onto, data)
    before, releases = files(data), files(data / RELEASES)
    spent = command(run_command(folder, data))
    in_release = written(releases, files(data / RELEASES))
    in_all = written(before, files(data))
    shutil.rmtree(data)
    return {**spent, "release written, MiB": in_release, "snapshots and ledger written, MiB": in_all - in_release}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """A published release of the set, and the set as it is harvested later."""
    published, later = stage.release(), stage.generated(changed=CHANGED)
    yield (
        Peer("1 % changed", lambda: release(stage, later, onto=published)),
        Peer("from nothing", lambda: release(stage, later, onto=None)),
    )


BENCHMARK = Benchmark(prepare=prepare, usual=3, rounds={"M": 1, "L": 1, "XL": 1}, warm=0)
