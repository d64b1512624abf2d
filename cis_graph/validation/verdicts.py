"""What was found of each record, remembered, so that a build judges only records that changed.

A verdict depends on the record's own statements, the stubs of what it may cite, the shapes, and the software: anything
else, and the record is judged again. The words of a rule are not remembered: they are those of the shapes.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pyshacl

from cis_graph.memory import Memory
from cis_graph.resources import SHAPES
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.shapes import load_shapes


class Verdicts:
    """The findings on records under one state of shapes, stubs and software."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    @classmethod
    @contextmanager
    def opened(cls, path: Path, stubs: bytes) -> Iterator[Self]:
        """The verdicts of a file; one that is missing or damaged is begun anew."""
        shapes = (SHAPES / "records.ttl").read_bytes()
        with Memory.opened(path, pyshacl.__version__.encode(), shapes, stubs) as memory:
            yield cls(memory)

    def key(self, record: bytes) -> bytes:
        """The key of a record by what names its statements."""
        return self._memory.key(record)

    def get(self, key: bytes) -> tuple[ShapeResult, ...] | None:
        """What was found of a record; None where it was not judged yet."""
        told = self._memory.get(key)
        if told is None:
            return None
        rules = load_shapes("records").rules
        return tuple(
            ShapeResult.of(rules[rule], focus=focus, path=path, value=value)
            for focus, rule, path, value in json.loads(told)
        )

    def keep(self, key: bytes, found: Iterable[ShapeResult]) -> None:
        """Remembers what was found of a record."""
        told = json.dumps([(one.focus, one.rule, one.path, one.value) for one in found], ensure_ascii=False)
        self._memory.keep(key, told.encode("utf-8"))
