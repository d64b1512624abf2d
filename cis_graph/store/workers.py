"""Worker processes for queries from outside: watched, bounded, killed at the deadline."""

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cis_graph.errors import QueryCrowd, QueryFault, QuerySyntaxFault, QueryTimeout, QueryTooLarge, ReleaseFault
from cis_graph.model.media import RDF_MEDIA_TYPES, RESULT_MEDIA_TYPES
from cis_graph.model.releases import Query, QueryAnswer, RdfFormat, ResultFormat
from cis_graph.store.frames import DATA, END, ERROR, HEADER
from cis_graph.store.guard import check

_QUEUE = 8  # queries that may wait for each worker
_PIECE = 64 * 1024  # bytes
_ARENAS = "2"  # glibc would set 128 MiB of addresses aside for each thread of the store, all at the same moment


@dataclass(frozen=True, slots=True)
class Served:
    """The release that queries run on: its number and the folder of its store."""

    number: int
    store: Path


class QueryCut(QueryFault):
    """An answer was cut after its first byte: the connection must break, so that it never looks whole."""


class Workers:
    """Runs each query in one of ``count`` processes: ``timeout`` seconds in all, ``memory`` MiB each."""

    def __init__(self, served: Callable[[], Served | None], *, count: int, timeout: float, memory: int) -> None:
        self._served = served
        self._count = count
        self._timeout = timeout
        self._memory = memory
        self._idle: list[Process] = []
        self._busy: set[Process] = set()
        self._places = asyncio.Semaphore(count)
        self._waiting = 0
        self._closed = False

    async def run(self, query: Query, *, results: ResultFormat, graph: RdfFormat) -> QueryAnswer:
        """See :class:`~cis_graph.model.releases.QueryRunner`; the answer's body must be read or closed."""
        check(query.text)
        served = self._served()
        if served is None:
            raise ReleaseFault("Nothing is published yet; build and publish a release first.")
        request = {
            "query": query.text,
            "default_graphs": query.default_graphs,
            "named_graphs": query.named_graphs,
            "store": str(served.store),
            "results": results,
            "graph": graph,
        }
        body = await self._lease()
        try:
            kind, data = await body.ask(json.dumps(request).encode())
        except BaseException:
            await body.aclose()
            raise
        if kind == ERROR:
            await body.aclose()
            raise _fault(data)
        media_type = RDF_MEDIA_TYPES[graph] if data == b"graph" else RESULT_MEDIA_TYPES[results]
        return QueryAnswer(media_type=media_type, release=served.number, body=body)

    async def close(self) -> None:
        """Kills every worker; no other is started."""
        self._closed = True
        for worker in (*self._idle, *self._busy):
            await _end(worker)
        self._idle.clear()

    async def _lease(self) -> "_Body":
        if self._waiting >= self._count * _QUEUE:
            raise QueryCrowd("Too many queries are waiting; try again in a few seconds.")
        self._waiting += 1
        try:
            await asyncio.wait_for(self._places.acquire(), self._timeout)
        except TimeoutError:
            raise QueryCrowd("No worker became free in time; try again in a few seconds.") from None
        finally:
            self._waiting -= 1
        try:
            worker = await self._worker()
        except BaseException:
            self._places.release()
            raise
        return _Body(worker, self._timeout, self._memory, self._back)

    async def _worker(self) -> Process:
        self._refuse_if_closed()
        while self._idle:
            worker = self._idle.pop()
            if worker.returncode is None:
                break
        else:
            worker = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "cis_graph.store.worker",
                str(self._memory),
                stdin=PIPE,
                stdout=PIPE,
                env={**os.environ, "MALLOC_ARENA_MAX": _ARENAS},
            )
        if self._closed:
            await _end(worker)
            self._refuse_if_closed()
        self._busy.add(worker)
        return worker

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise QueryCrowd("The server is stopping; try again in a few seconds.")

    def _back(self, worker: Process, *, rested: bool) -> None:
        self._busy.discard(worker)
        if rested:
            self._idle.append(worker)
        self._places.release()


class _Body:
    """The bytes of one answer; its worker goes back when they end, and is killed when they are not wanted."""

    def __init__(self, worker: Process, timeout: float, memory: int, back: Callable[..., None]) -> None:
        self._worker = worker
        self._timeout = timeout
        self._memory = memory
        self._back = back
        self._loop = asyncio.get_running_loop()
        self._deadline = self._loop.time() + timeout
        self._watch = self._loop.call_at(self._deadline, self._expire)
        self._ending: asyncio.Task[None] | None = None
        self._late = False
        self._first: tuple[bytes, bytes] | None = None
        self._over = False

    def __aiter__(self) -> "_Body":
        return self

    async def ask(self, request: bytes) -> tuple[bytes, bytes]:
        """The kind of the answer, or its error; the first bytes are awaited too, so that an early end is known."""
        try:
            if self._worker.stdin is not None:
                self._worker.stdin.write(request + b"\n")
                await self._worker.stdin.drain()
            kind = await self._frame()
            if kind[0] != ERROR:
                self._first = await self._frame()
        except (asyncio.IncompleteReadError, ConnectionError):
            raise self._broken_early() from None
        if kind[0] == ERROR or self._first is None:
            self._rest()
            return kind
        if self._first[0] == ERROR:
            self._rest()
            return self._first
        return kind

    async def __anext__(self) -> bytes:
        if self._over:
            raise self._cut() if self._late else StopAsyncIteration
        try:
            letter, data = self._first or await self._frame()
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.aclose()
            raise self._cut() from None
        self._first = None
        if letter == DATA:
            return data
        self._rest()
        if letter == END:
            raise StopAsyncIteration
        raise QueryCut("The answer was cut by a failure of the store.")

    async def aclose(self) -> None:
        """Ends the answer; a worker still at it is killed."""
        if not self._over:
            self._over = True
            self._watch.cancel()
            try:
                await _end(self._worker)
            finally:
                self._back(self._worker, rested=False)

    def _rest(self) -> None:
        if not self._over:
            self._over = True
            self._watch.cancel()
            self._back(self._worker, rested=True)

    def _expire(self) -> None:
        """At the deadline the place comes back, whether anybody reads on or not."""
        self._late = True
        self._ending = self._loop.create_task(self.aclose())

    def _cut(self) -> QueryCut:
        return QueryCut(f"The answer was cut after {self._timeout:g} seconds or {self._memory} MiB.")

    def _broken_early(self) -> QueryFault:
        if self._late:
            return QueryTimeout(
                f"No answer within {self._timeout:g} seconds; narrow the query or take the dump.", seconds=self._timeout
            )
        return QueryTooLarge(f"The query needs more than {self._memory} MiB; narrow it or take the dump.")

    async def _frame(self) -> tuple[bytes, bytes]:
        stream = self._worker.stdout
        if stream is None:
            raise ConnectionError
        letter, length = HEADER.unpack(await stream.readexactly(HEADER.size))
        return letter, await stream.readexactly(length)


async def _end(worker: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        worker.kill()
    if worker.stdout is not None:
        with contextlib.suppress(RuntimeError):  # somebody reads it to its end already
            while await worker.stdout.read(_PIECE):
                pass  # a pipe with something left in it would stay open, and be waited for
    await worker.wait()


def _fault(data: bytes) -> QueryFault:
    error = json.loads(data)
    if error["type"] == "syntax":
        return QuerySyntaxFault(error["message"], line=error["line"], column=error["column"])
    return QueryFault(f"The store could not answer: {error['message']}")
