"""One answer on its way: it waits for a place, runs fast for a moment and slow after that, and ends at its deadline."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cis_graph.errors import QueryFault, QueryOverload, QueryTimeout, QueryTooLarge
from cis_graph.store.frames import DATA, END, ERROR, PIECE
from cis_graph.store.lanes import Lane
from cis_graph.store.pool import Pool
from cis_graph.store.process import Worker

_PATIENCE = 0.25  # seconds in the fast lane
_TURN = 0.05  # seconds in the fast lane while others wait
_RESPITE = 1.0  # seconds of processor time before a slow place is needed
_MOST_AT_REST = 256  # MiB; a worker that holds more after its answer is replaced


class QueryCut(QueryFault):
    """An answer was cut after its first byte: the connection must break, so that it never looks whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may use: seconds in all, waiting included, and MiB."""

    seconds: float
    memory: int


class Answer:
    """The bytes of one answer; its worker goes back when they end, and is killed when they are not wanted."""

    def __init__(
        self, client: str, limits: Limits, *, pool: Pool, fast: Lane, slow: Lane, over: Callable[["Answer"], None]
    ) -> None:
        self._client, self._limits = client, limits
        self._pool, self._fast, self._slow = pool, fast, slow
        self._told_over = over
        self._loop = asyncio.get_running_loop()
        self.deadline = self._loop.time() + limits.seconds
        self._watch = self._loop.call_at(self.deadline, self._expire)
        self._worker: Worker | None = None
        self._lane: Lane | None = None
        self._since = 0.0
        self._tasks: list[asyncio.Task[None]] = []
        self._first: tuple[bytes, bytes] | None = None
        self.whole: bytes | None = None  # all of it, where it is short
        self._late = self._cut = self._over = False

    def __aiter__(self) -> "Answer":
        return self

    async def ask(self, request: bytes, store: Path) -> tuple[bytes, bytes]:
        """The kind of the answer, or its error; the first bytes are awaited too, so that an early end is known.

        A short answer is over then, and is ``whole``.
        """
        worker = await self._placed(store)
        try:
            await worker.ask(request)
            kind = await worker.frame()
            first = last = kind if kind[0] == ERROR else await worker.frame()
            if first[0] == DATA and len(first[1]) < PIECE:
                last = await worker.frame()
        except (asyncio.IncompleteReadError, ConnectionError):
            raise self._broken_early() from None
        if last[0] == DATA:
            self._first = first
            return kind
        self._rest(last)
        self.whole = first[1] if first[0] == DATA else b""
        return last if last[0] == ERROR else kind

    async def __anext__(self) -> bytes:
        if self._over or self._worker is None:
            raise self._fault_of_cut() if self._cut else StopAsyncIteration
        try:
            frame = self._first or await self._worker.frame()
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.aclose()
            raise self._fault_of_cut() from None
        self._first = None
        if frame[0] == DATA:
            return frame[1]
        self._rest(frame)
        if frame[0] == END:
            raise StopAsyncIteration
        raise QueryCut("The answer was cut by a failure of the store.")

    async def aclose(self) -> None:
        """Ends the answer; a worker still at it is killed."""
        if not self._over:
            self._finish()
            if self._worker is not None:
                await asyncio.shield(self._pool.discard(self._worker))

    def cut(self) -> None:
        """Ends the answer against its reader's will, who is told so."""
        if not self._over:
            self._cut = True
            self._finish()
            if self._worker is not None:
                self._pool.discard(self._worker)

    async def _placed(self, store: Path) -> Worker:
        """A worker, with a place in the fast lane."""
        try:
            async with asyncio.timeout_at(self.deadline):
                await self._fast.take(self._client)
                self._enter(self._fast)
                worker = await self._pool.take(store)
        except TimeoutError:
            self._leave()
            raise QueryOverload("No worker became free in time; try again in a few seconds.") from None
        if self._over:  # ended in the same moment
            self._leave()
            self._pool.discard(worker)
            raise self._broken_early()
        self._worker = worker
        self._tasks.append(self._loop.create_task(self._age(worker)))
        return worker

    async def _age(self, worker: Worker) -> None:
        """After a moment it runs behind others; if that does not end it, it needs one of the slow places to go on."""
        await asyncio.sleep(_TURN)
        until = worker.used() - _TURN + _RESPITE  # asked for now: most answers have ended
        await self._fast.wanted(_PATIENCE - _TURN)
        worker.demote()
        self._leave()
        while (left := until - worker.used()) > 0:  # noqa: ASYNC110 - no event tells of processor time
            await asyncio.sleep(max(left, _TURN))
        worker.pause()
        with contextlib.suppress(QueryOverload):  # it is being closed
            await self._slow.take(self._client)
            self._enter(self._slow)
            worker.resume()

    def _enter(self, lane: Lane) -> None:
        self._lane, self._since = lane, self._loop.time()

    def _leave(self) -> None:
        lane, self._lane = self._lane, None
        if lane is not None:
            lane.leave(self._client, self._loop.time() - self._since)

    def _rest(self, last: tuple[bytes, bytes]) -> None:
        """The worker has said its last word; only one that is as good as new goes back."""
        worker = self._worker
        if self._over or worker is None:
            return
        self._finish()
        grown = last[0] == END and int.from_bytes(last[1], "big") > _MOST_AT_REST
        self._pool.give_back(worker, fresh=not (grown or worker.demoted))

    def _finish(self) -> None:
        self._over = True
        self._watch.cancel()
        for task in self._tasks:
            task.cancel()
        self._leave()
        self._told_over(self)

    def _expire(self) -> None:
        """At the deadline the place comes back, whether anybody reads on or not."""
        self._late = True
        self.cut()

    def _fault_of_cut(self) -> QueryCut:
        return QueryCut(f"The answer was cut after {self._limits.seconds:g} seconds or {self._limits.memory} MiB.")

    def _broken_early(self) -> QueryFault:
        seconds, memory = self._limits.seconds, self._limits.memory
        if self._late:
            return QueryTimeout(
                f"No answer within {seconds:g} seconds; narrow the query or take the dump.", seconds=seconds
            )
        return QueryTooLarge(f"The query needs more than {memory} MiB; narrow it or take the dump.")
