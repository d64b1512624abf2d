"""A process that runs queries from outside on a release's store, one after the other.

It reads one JSON request a line from standard input and writes frames to standard output. Whatever a query does here,
the process can be killed by its number at any moment and nothing is lost.
"""

import contextlib
import json
import re
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import pyoxigraph as ox

from cis_graph.errors import QueryForbidden, QueryTooLarge
from cis_graph.store.cell import shut_in
from cis_graph.store.federation import routed
from cis_graph.store.forms import GRAPHS, RESULTS
from cis_graph.store.frames import DATA, END, ERROR, KIND, PIECE, frame

_CHARACTERS = re.compile(r"\[(?:'[^']*'|[^\]'])*\](?:, )?")  # ['a' ..= 'z' | '_'], one of the parser's alternatives
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class _Frames:
    """A file whose writes become frames of a reasonable size."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._buffer = bytearray()

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._buffer:
            self.send(DATA, bytes(self._buffer))
            self._buffer.clear()

    def refuse(self, **error: object) -> None:
        self.send(ERROR, json.dumps(error).encode())

    def send(self, letter: bytes, data: bytes = b"") -> None:
        self._out.write(frame(letter, data))
        if letter in {END, ERROR} or len(data) >= PIECE:  # a short answer goes out at once, with its kind and its end
            self._out.flush()


def main(memory: int, store: str, endpoints: Sequence[str]) -> None:
    """Answers requests until standard input ends.

    ``memory`` is the limit in MiB, ``store`` the likely release, ``endpoints`` the servers that SERVICE may ask.
    """
    alone = partial(shut_in, memory)
    if endpoints:
        from cis_graph.store.egress import open_egress  # noqa: PLC0415 - an HTTP client, where SERVICE is allowed only

        egress = open_egress(endpoints, alone)
    else:
        egress = ""
        alone()
    # a buffer of our own: with PYTHONUNBUFFERED standard output has none, and writes less than asked when it is stopped
    frames = _Frames(open(sys.stdout.fileno(), "wb", closefd=False))  # noqa: SIM115 - open as long as the process
    stores: dict[str, ox.Store] = {}
    with contextlib.suppress(OSError):  # the first request will say so
        _store(store, stores)
    for line in sys.stdin.buffer:
        _answer(json.loads(line), partial(routed, allowed=endpoints, egress=egress), stores, frames)


def _answer(
    request: Mapping[str, Any], route: Callable[[str], str], stores: dict[str, ox.Store], frames: _Frames
) -> None:
    try:
        query = route(request["query"])
        answer = _store(request["store"], stores).query(
            query,
            default_graph=[ox.NamedNode(iri) for iri in request["default_graphs"]] or None,
            named_graphs=[ox.NamedNode(iri) for iri in request["named_graphs"]] or None,
        )
        _serialise(answer, request, frames)
    except SyntaxError as error:
        frames.refuse(**_syntax(str(error)))
    except QueryForbidden as fault:
        frames.refuse(type="forbidden", message=str(fault))
    except QueryTooLarge as fault:
        frames.refuse(type="too-large", message=str(fault))
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        frames.refuse(type="failure", message=str(error))


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
        answer.serialize(cast("IO[bytes]", frames), format=GRAPHS[request["graph"]])
    else:
        frames.send(KIND, b"results")
        answer.serialize(cast("IO[bytes]", frames), format=RESULTS[request["results"]])
    frames.flush()
    frames.send(END, _resident().to_bytes(4, "big"))


def _resident() -> int:
    """The memory this process alone holds, in MiB, pages of files left out; 0 where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return 0
    pages, shared = map(int, Path("/proc/self/statm").read_text(encoding="ascii").split()[1:3])
    return (pages - shared) * resource.getpagesize() >> 20


def _syntax(message: str) -> Mapping[str, Any]:
    found = _POSITION.match(message)
    line, column, reason = (int(found[1]), int(found[2]), found[3]) if found else (1, 1, message)
    return {"type": "syntax", "line": line, "column": column, "message": _readable(" ".join(reason.split()))}


def _readable(reason: str) -> str:
    """What is wrong in words where the parser has words among what it expected, else what it expected."""
    expected = _CHARACTERS.sub("", reason).removeprefix("expected ").removeprefix("one of ").rstrip(", ")
    words = [each for each in expected.split(", ") if " " in each and '"' not in each]
    if words:
        return words[0][:500]
    return f"expected {'one of ' if ', ' in expected else ''}{expected or 'a query'}"[:500]


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
