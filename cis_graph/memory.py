"""What builds remember of each other: it may be deleted at any time, and costs nothing but time."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Self

_PACKAGE = Path(__file__).parent
_SHOWS = "web"
_TABLE = "CREATE TABLE IF NOT EXISTS remembered (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"

_AT_ONCE = 1_000  # values written
_MAPPED = 1 << 28  # bytes of the file that are looked at where they lie


class Memory:
    """Values that were made on one ground, which is all that they depend on beside their key.

    What a build does not ask for is forgotten at its end; a build that fails forgets and keeps nothing.
    """

    def __init__(self, connection: sqlite3.Connection, ground: Iterable[bytes]) -> None:
        self._connection = connection
        self._connection.execute(f"PRAGMA mmap_size = {_MAPPED}")  # a value is found in a quarter of the time
        self._ground = hashlib.sha256(software())
        for part in ground:
            self._ground.update(hashlib.sha256(part).digest())
        self._known = {key for (key,) in connection.execute("SELECT key FROM remembered")}
        self._asked: set[bytes] = set()
        self._fresh: dict[bytes, bytes] = {}  # waits to be written

    @classmethod
    @contextmanager
    def opened(cls, path: Path, *ground: bytes) -> Iterator[Self]:
        """The memory in a file; one that is missing or damaged is begun anew. This software is always of the ground."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connected(path)
        try:
            memory = cls(connection, ground)
            yield memory
            memory.settle()
        finally:
            connection.close()

    def key(self, made_of: bytes) -> bytes:
        """The key of what is made of something."""
        digest = self._ground.copy()
        digest.update(made_of)
        return digest.digest()

    def __contains__(self, key: bytes) -> bool:
        """Whether there is something under a key; to look is not to ask for it."""
        return key in self._known or key in self._fresh

    def get(self, key: bytes) -> bytes | None:
        """What was made; None where it was not made yet."""
        self._asked.add(key)
        if key in self._fresh:
            return self._fresh[key]
        if key not in self._known:
            return None
        row = self._connection.execute("SELECT value FROM remembered WHERE key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else None

    def keep(self, key: bytes, value: bytes) -> None:
        """Remembers what was made, which counts as asked for."""
        self._asked.add(key)
        self._fresh[key] = value
        if len(self._fresh) == _AT_ONCE:
            self._write()

    def settle(self) -> None:
        """Writes what is to be remembered and forgets the rest; whatever comes after changes nothing of it."""
        self._write()
        gone = self._known - self._asked
        self._connection.executemany("DELETE FROM remembered WHERE key = ?", ((key,) for key in gone))
        self._known -= gone
        self._connection.commit()
        for size in (0, _MAPPED):  # what was looked at is let go
            self._connection.execute(f"PRAGMA mmap_size = {size}")

    def _write(self) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO remembered VALUES (?, ?)", sorted(self._fresh.items()))
        self._known.update(self._fresh)
        self._fresh.clear()


@cache
def software() -> bytes:
    """The sha256 of all code of the house that builds may run; what shows releases has no part in them."""
    return fingerprint(path for path in _PACKAGE.rglob("*.py") if _SHOWS not in path.relative_to(_PACKAGE).parts)


def fingerprint(paths: Iterable[Path]) -> bytes:
    """The sha256 of files by name, in any order; one that is missing is as good as none."""
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(f"{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    if not _is_sound(connection):
        connection.close()
        path.unlink()
        connection = sqlite3.connect(path)
        connection.execute(_TABLE)
    return connection


def _is_sound(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute(_TABLE)
        return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False
