"""The files of a release that another machine serves from, each with its checksum."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cis_graph.model.releases import DumpFile
from cis_graph.release.questions import QUESTIONS

_OURS = ("LOG", "LOCK", "OPTIONS-", ".tantivy-", QUESTIONS)  # name folders and machines, lock, or ask curators


@dataclass(frozen=True, slots=True)
class FileSums:
    """The sha256 of files that nobody changes, each read once: releases share most of theirs by hard links."""

    _known: dict[tuple[int, ...], str] = field(default_factory=dict)

    def of(self, path: Path) -> str:
        """The sha256 of a file, in hexadecimal."""
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            same = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
            if same not in self._known:
                self._known[same] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._known[same]

    def files(self, release: Path, served: tuple[str, ...]) -> tuple[DumpFile, ...]:
        """What a replica fetches of these files and folders of a release; a name is a path in it, with slashes."""
        return tuple(
            DumpFile(
                name=path.relative_to(release).as_posix(), size=path.stat().st_size, sha256=self.of(path), path=path
            )
            for path in _files(release, served)
        )


def _files(release: Path, served: tuple[str, ...]) -> Iterator[Path]:
    """Those that are read to serve it: no links, and nothing that tells of this machine."""
    for name in served:
        whole = release / name
        for path in [whole] if whole.is_file() else sorted(whole.rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith(_OURS):
                yield path
