"""Curators' patches: SPARQL Updates, one file each, kept for ever and replayed by each build."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from cis_graph.errors import ReleaseFault
from cis_graph.release.signing import check_said

LARGEST = 1_000_000  # bytes of an update


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """One update: who wrote it, when (xsd:dateTime, UTC) and why."""

    number: int
    who: str
    when: str
    why: str
    update: str

    @property
    def sha256(self) -> str:
        """The hash of all that a patch says."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file of a patch that is not as it was written."""

    number: int
    why: str


class Patches:
    """The patches in a folder: ``0001.ru`` holds a comment with who, when, why and hash, then the update itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def every(self) -> Iterable[Patch | Damaged]:
        """All patches in the order in which they were accepted."""
        return [self._read(number) for number in self._numbers()]

    def draft(self, update: str, *, who: str, why: str) -> Patch:
        """The patch that would come next.

        Raises:
            ReleaseFault: who or why is missing or too long, or the update is too long.
        """
        check_said(who=who, why=why)
        if len(update.encode("utf-8", "replace")) > LARGEST:
            raise ReleaseFault(f"The update has more than {LARGEST} bytes; split it")
        number = max(self._numbers(), default=0) + 1
        when = datetime.now(UTC).isoformat(timespec="seconds")
        return Patch(number=number, who=who, when=when, why=why, update=update)

    def keep(self, patch: Patch, aside: Path) -> None:
        """Writes a patch, whole or not at all: first in the folder ``aside``, which is swept where this dies."""
        about = {"number": patch.number, "who": patch.who, "when": patch.when, "why": patch.why}
        header = json.dumps(about | {"sha256": patch.sha256}, ensure_ascii=False)
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = aside / f"{patch.number}.ru"
        with fresh.open("wb") as file:
            file.write(f"# {header}\n{patch.update}".encode())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._place(patch.number))

    def drop(self, patch: Patch) -> None:
        """Takes back a patch that was never published."""
        self._place(patch.number).unlink(missing_ok=True)

    def _numbers(self) -> list[int]:
        return sorted(int(path.stem) for path in self._folder.glob("*.ru") if path.stem.isdecimal())

    def _place(self, number: int) -> Path:
        return self._folder / f"{number:04}.ru"

    def _read(self, number: int) -> Patch | Damaged:
        try:
            header, _, update = self._place(number).read_bytes().decode("utf-8").partition("\n")
            about = json.loads(header.removeprefix("# "))
            sha256 = about.pop("sha256")
            patch = Patch(**about, update=update)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            return Damaged(number, str(error))
        return patch if (patch.sha256, patch.number) == (sha256, number) else Damaged(number, "its hash is another")
