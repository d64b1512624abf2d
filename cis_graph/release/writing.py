"""One writer at a time on a data folder."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from time import monotonic, sleep
from typing import Concatenate, ParamSpec, TypeVar

from cis_graph.errors import FolderBusy, ReleaseFault
from cis_graph.settings import Settings

LOCK = "writing.lock"
REPLICA = "replica.json"  # says whose copy a data folder is; nothing else is ever written there
_AGAIN = 0.5  # seconds until a lock is tried again
_NOBODY = {"what": "?", "process": "?", "since": "?"}

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


@contextmanager
def writing(data: Path, what: str, lock: str = LOCK) -> Iterator[None]:
    """Keeps other writers off a data folder; the system lets it go when this process ends, however it ends.

    Raises:
        FolderBusy: another process writes there.
    """
    data.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(data / lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(data, descriptor) from None
        since = datetime.now(UTC).isoformat(timespec="seconds")
        _note(descriptor, json.dumps({"what": what, "process": os.getpid(), "since": since}))
        yield
        _note(descriptor, "")
    finally:
        os.close(descriptor)


@contextmanager
def queued(data: Path, what: str, lock: str, seconds: float) -> Iterator[None]:
    """As ``writing`` does, for one after the other: each waits until the lock is free.

    Raises:
        FolderBusy: it was not free within ``seconds``.
    """
    with ExitStack() as stack:
        patiently(lambda: stack.enter_context(writing(data, what, lock)), seconds)
        yield


def patiently(work: Callable[[], _Made], seconds: float) -> _Made:
    """What ``work`` gives, tried again while another process writes.

    Raises:
        FolderBusy: another still writes after ``seconds``.
    """
    until = monotonic() + seconds
    while True:
        try:
            return work()
        except FolderBusy:
            if monotonic() >= until:
                raise
        sleep(_AGAIN)


def alone(
    what: str,
) -> Callable[[Callable[Concatenate[Settings, _Given], _Made]], Callable[Concatenate[Settings, _Given], _Made]]:
    """Makes a station the only writer on the data folder of its settings while it runs; there is none on a replica."""

    def decorate(
        station: Callable[Concatenate[Settings, _Given], _Made],
    ) -> Callable[Concatenate[Settings, _Given], _Made]:
        @wraps(station)
        def run(settings: Settings, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Made:
            if (settings.data / REPLICA).exists():
                raise ReleaseFault(f"{settings.data} is a replica and only pulls: {what} where its source is")
            with writing(settings.data, what):
                return station(settings, *args, **kwargs)

        return run

    return decorate


def _note(descriptor: int, text: str) -> None:
    """Says who holds the lock; whoever held it before and died is forgotten."""
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text.encode(), 0)


def _busy(data: Path, descriptor: int) -> FolderBusy:
    try:
        said = _NOBODY | json.loads(os.pread(descriptor, 1000, 0))
    except (ValueError, TypeError):
        said = _NOBODY  # its holder has only just begun, or is about to end
    what, process, since = said["what"], said["process"], said["since"]
    return FolderBusy(
        f"{data} is being written to by {what} (process {process}, since {since}); "
        "wait for it to end, or stop that process: nothing published is lost",
        french=f"{data} est en cours d'écriture par {what} (processus {process}, depuis {since}) ; "
        "attendez sa fin, ou arrêtez ce processus : rien de publié ne se perd",
    )
