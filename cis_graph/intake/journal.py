"""The journal of pushes: who handed over what when, and how it ended; only ever added to, and without a secret."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cis_graph.model.gate import Progress
from cis_graph.model.notices import Both

JOURNAL = "pushes.jsonl"
_FOLDER = "pushes"  # a locked file for each that is under way


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


def notes(data: Path) -> Iterator[Mapping[str, Any]]:
    """The journal's lines, the oldest first; one that a crash left half written is passed over."""
    path = data / JOURNAL
    if path.exists():
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                with suppress(ValueError):
                    yield json.loads(line)


def progress(data: Path, contributor: str, push: str) -> Progress | None:
    """Where a push of a contributor stands by the journal, None where it knows none."""
    last = None
    for line in notes(data):
        if line.get("push") == push and line["contributor"] == contributor:
            last = line
    if last is None:
        return None
    ended = last["outcome"] != "under-way" or is_under_way(data, push)
    return Progress(
        id=push,
        contributor=contributor,
        source=last["source"],
        at=last["at"],
        outcome=last["outcome"] if ended else "interrupted",
        records=last["records"],
        publishable=last["published"],
        release=last["release"],
        why=Both(**last["why"]) if last["why"] else None,
    )


@contextmanager
def under_way(data: Path, push: str) -> Iterator[None]:
    """Lets others know that a push is being dealt with; the system tells them when this process ends, however."""
    folder = data / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / push
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def is_under_way(data: Path, push: str) -> bool:
    """Whether a process deals with this push."""
    try:
        descriptor = os.open(data / _FOLDER / push, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def how_many(data: Path) -> int:
    """How many pushes are under way; the traces of those that were killed are removed."""
    going = 0
    for path in sorted((data / _FOLDER).glob("*")):
        if is_under_way(data, path.name):
            going += 1
        else:
            path.unlink(missing_ok=True)
    return going
