"""A process that runs queries from outside on a release's store, one after the other.

It reads one JSON request a line from standard input and writes frames to standard output. Whatever a query does here,
the process can be killed by its number at any moment and nothing is lost.
"""

import json
import re
import sys
from collections.abc import Mapping
from typing import IO, Any, BinaryIO, cast

import pyoxigraph as ox

from cis_graph.store.cell import shut_in
from cis_graph.store.embedded import FORMATS
from cis_graph.store.frames import DATA, END, ERROR, KIND, frame

_CHUNK = 64 * 1024  # bytes
_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class _Frames:
    """A file whose writes become frames of a reasonable size."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._buffer = bytearray()

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= _CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._buffer:
            self.send(DATA, bytes(self._buffer))
            self._buffer.clear()

    def send(self, letter: bytes, data: bytes = b"") -> None:
        self._out.write(frame(letter, data))
        self._out.flush()


def main(memory: int) -> None:
    """Answers requests until standard input ends; ``memory`` is the limit in MiB."""
    shut_in(memory)
    frames = _Frames(sys.stdout.buffer)
    stores: dict[str, ox.Store] = {}
    for line in sys.stdin.buffer:
        _answer(json.loads(line), stores, frames)


def _answer(request: Mapping[str, Any], stores: dict[str, ox.Store], frames: _Frames) -> None:
    try:
        store = _store(request["store"], stores)
        answer = store.query(
            request["query"],
            default_graph=[ox.NamedNode(iri) for iri in request["default_graphs"]] or None,
            named_graphs=[ox.NamedNode(iri) for iri in request["named_graphs"]] or None,
        )
        _serialise(answer, request, frames)
    except SyntaxError as error:
        frames.send(ERROR, json.dumps(_syntax(str(error))).encode())
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        frames.send(ERROR, json.dumps({"type": "failure", "message": str(error)}).encode())


def _store(path: str, stores: dict[str, ox.Store]) -> ox.Store:
    if path not in stores:
        stores.clear()  # a worker holds one release at a time
        stores[path] = ox.Store.read_only(path)
    return stores[path]


def _serialise(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, request: Mapping[str, Any], frames: _Frames
) -> None:
    if isinstance(answer, ox.QueryTriples):
        frames.send(KIND, b"graph")
        answer.serialize(cast("IO[bytes]", frames), format=FORMATS[request["graph"]])
    else:
        frames.send(KIND, b"results")
        answer.serialize(cast("IO[bytes]", frames), format=_RESULTS[request["results"]])
    frames.flush()
    frames.send(END)


def _syntax(message: str) -> Mapping[str, Any]:
    found = _POSITION.match(message)
    line, column, reason = (int(found[1]), int(found[2]), found[3]) if found else (1, 1, message)
    return {"type": "syntax", "line": line, "column": column, "message": " ".join(reason.split())[:500]}


if __name__ == "__main__":
    main(int(sys.argv[1]))
