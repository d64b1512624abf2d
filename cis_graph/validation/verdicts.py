"""What was found of records in earlier builds, by a hash of all it depends on, so that no record is judged twice.

The file may be deleted at any time: the records are judged again, and the same is found.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pyshacl

from cis_graph import __version__
from cis_graph.resources import SHAPES
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.shapes import load_shapes

_TABLE = "CREATE TABLE IF NOT EXISTS verdicts (key BLOB PRIMARY KEY, found TEXT NOT NULL) WITHOUT ROWID"


class Verdicts:
    """The findings on records under one state of shapes, stubs and software; those not asked for are forgotten."""

    def __init__(self, connection: sqlite3.Connection, stubs: bytes) -> None:
        self._connection = connection
        shapes = (SHAPES / "records.ttl").read_bytes()
        software = f"{__version__} {pyshacl.__version__}".encode()
        self._ground = hashlib.sha256(b"\0".join((software, shapes, stubs)))
        self._asked: set[bytes] = set()

    @classmethod
    @contextmanager
    def opened(cls, path: Path, stubs: bytes) -> Iterator[Self]:
        """The verdicts of a file; one that is missing or damaged is begun anew."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connected(path)
        try:
            verdicts = cls(connection, stubs)
            yield verdicts
            verdicts._forget()
            connection.commit()
        finally:
            connection.close()

    def key(self, record: bytes) -> bytes:
        """The key of a record's statements."""
        digest = self._ground.copy()
        digest.update(b"\0")
        digest.update(record)
        return digest.digest()

    def get(self, key: bytes) -> tuple[ShapeResult, ...] | None:
        """What was found of a record; None where it was not judged yet."""
        self._asked.add(key)
        row = self._connection.execute("SELECT found FROM verdicts WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        rules = load_shapes("records").rules
        return tuple(
            ShapeResult.of(rules[rule], focus=focus, path=path, value=value)
            for focus, rule, path, value in json.loads(row[0])
        )

    def keep(self, key: bytes, found: Iterable[ShapeResult]) -> None:
        """Remembers what was found of a record."""
        text = json.dumps([(one.focus, one.rule, one.path, one.value) for one in found], ensure_ascii=False)
        self._connection.execute("INSERT OR REPLACE INTO verdicts VALUES (?, ?)", (key, text))

    def _forget(self) -> None:
        """Drops the verdicts that this build did not ask for."""
        known = {key for (key,) in self._connection.execute("SELECT key FROM verdicts")}
        gone = ((key,) for key in known - self._asked)
        self._connection.executemany("DELETE FROM verdicts WHERE key = ?", gone)


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
