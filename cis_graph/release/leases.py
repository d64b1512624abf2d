"""Readers keep a release on disk while they are on it: the store opens its files late."""

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cis_graph.errors import ReleaseFault
from cis_graph.release.information import MANIFEST


class Lease:
    """Keeps a release from being removed until this object is gone, or its process, however it ends.

    It is a shared lock on ``release.json``, so it writes nothing and works on a folder that is read-only.
    """

    def __init__(self, place: Path) -> None:
        manifest = place / MANIFEST
        try:
            descriptor = os.open(manifest, os.O_RDONLY)
        except OSError as error:
            raise ReleaseFault(f"{manifest} cannot be read: {error}") from error
        self.end = weakref.finalize(self, os.close, descriptor)
        if not _shared(descriptor, manifest):
            self.end()
            raise ReleaseFault(f"{manifest} cannot be read: the release is being removed")


def _shared(descriptor: int, manifest: Path) -> bool:
    """Whether the lock was had while the release still stood in its place."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(descriptor), manifest.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


@contextmanager
def unread(place: Path) -> Iterator[bool]:
    """Whether nobody reads a release; if so, nobody begins to while this lasts."""
    descriptor = os.open(place / MANIFEST, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
