"""The journal of pushes: who handed over what when, and how it ended; only ever added to, and without a secret."""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

JOURNAL = "pushes.jsonl"


def note(data: Path, **said: object) -> None:
    """Adds a line to the journal of a data folder."""
    line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **said}, ensure_ascii=False)
    data.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(data / JOURNAL, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(descriptor, f"{line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def notes(data: Path) -> Iterator[Mapping[str, object]]:
    """The journal's lines, the oldest first."""
    path = data / JOURNAL
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
