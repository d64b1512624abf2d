"""Snapshots: what a source handed over, kept under its hash, never changed."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cis_graph.errors import SourceFault

_ABOUT = "snapshot.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The files of one harvest of one source; ``at`` is its time (xsd:dateTime, UTC), ``sha256`` of all its files."""

    source: str
    sha256: str
    at: str
    files: Mapping[str, bytes]


class Snapshots:
    """The snapshots of all sources under one folder: ``{source}/{hash}/``, and a log of harvests beside them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, source: str, files: Mapping[str, bytes], at: str) -> tuple[Snapshot, bool]:
        """The snapshot of these files, and whether it is new; unchanged files keep the time they were first seen."""
        sha256 = fingerprint(files)
        if (self._place(source, sha256) / _ABOUT).exists():
            self._note(source, sha256)
            return self.get(source, sha256), False
        self._write(source, sha256, files, at)
        self._note(source, sha256)
        return Snapshot(source=source, sha256=sha256, at=at, files=dict(files)), True

    def latest(self, source: str) -> Snapshot | None:
        """The snapshot of the last harvest."""
        kept = [line for line in self._harvests(source) if not line.startswith("{")]
        return self.get(source, kept[-1]) if kept else None

    def is_known(self, source: str) -> bool:
        """Whether a harvest of this source was ever tried."""
        return bool(self._harvests(source))

    def names(self, source: str) -> tuple[str, ...]:
        """The names of the files of the last harvest; none where there was none."""
        kept = [line for line in self._harvests(source) if not line.startswith("{")]
        place = self._place(source, kept[-1]) / "files" if kept else None
        return tuple(sorted(path.name for path in place.iterdir())) if place and place.is_dir() else ()

    def fail(self, source: str, fault: SourceFault, at: str) -> None:
        """Notes that a harvest brought nothing, and why."""
        (self._folder / source).mkdir(parents=True, exist_ok=True)
        self._note(source, json.dumps({"at": at, "fault": str(fault), "french": fault.french}))

    def again(self, source: str, sha256: str) -> None:
        """Makes a snapshot that is kept the latest once more."""
        self._note(source, self.get(source, sha256).sha256)

    def trouble(self, source: str) -> SourceFault | None:
        """Why the last harvest brought nothing; None where it brought something, or there was none."""
        harvests = self._harvests(source)
        if not harvests or not harvests[-1].startswith("{"):
            return None
        told = json.loads(harvests[-1])
        return SourceFault(told["fault"], french=told["french"])

    def get(self, source: str, sha256: str) -> Snapshot:
        """A snapshot by its hash.

        Raises:
            SourceFault: it is not kept here, or its files were changed.
        """
        place = self._place(source, sha256)
        if not (place / _ABOUT).exists():
            raise SourceFault(f"{source}: snapshot {sha256[:12]} is not kept here; harvest again")
        try:
            about = json.loads((place / _ABOUT).read_text(encoding="utf-8"))
            files = {name: (place / "files" / name).read_bytes() for name in about["files"]}
            at = about["at"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _changed(source, sha256) from error
        if fingerprint(files) != sha256:
            raise _changed(source, sha256)
        return Snapshot(source=source, sha256=sha256, at=at, files=files)

    def _harvests(self, source: str) -> list[str]:
        log = self._folder / source / "harvests.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    def _place(self, source: str, sha256: str) -> Path:
        return self._folder / source / sha256[:16]

    def _write(self, source: str, sha256: str, files: Mapping[str, bytes], at: str) -> None:
        place = self._place(source, sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        for dead in place.parent.glob(".*"):  # what a harvest that was killed has left
            shutil.rmtree(dead)
        under_way = Path(tempfile.mkdtemp(prefix=".", dir=place.parent))
        (under_way / "files").mkdir()
        for name, data in files.items():
            (under_way / "files" / name).write_bytes(data)
        about = {"source": source, "sha256": sha256, "at": at, "files": sorted(files)}
        (under_way / _ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)  # one that was never finished
        under_way.rename(place)

    def _note(self, source: str, line: str) -> None:
        with (self._folder / source / "harvests.log").open("a", encoding="utf-8") as log:
            log.write(f"{line}\n")
            log.flush()
            os.fsync(log.fileno())


def _changed(source: str, sha256: str) -> SourceFault:
    return SourceFault(
        f"{source}: snapshot {sha256[:12]} was changed on disk; delete its folder, harvest again",
        french="la copie gardée de la dernière moisson est abîmée",
    )


def fingerprint(files: Mapping[str, bytes]) -> str:
    """The sha256 of files by name."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()
