"""Idle workers, some always started ahead, so that nobody waits for one that replaces another."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from cis_graph.errors import QueryOverload
from cis_graph.store.process import Worker


class Pool:
    """Keeps ``spare`` workers of ``memory`` MiB ready; ``services`` are the endpoints their queries may ask."""

    def __init__(self, *, spare: int, memory: int, services: tuple[str, ...] = ()) -> None:
        self._spare = spare
        self._memory = memory
        self._services = services
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._takers: list[asyncio.Future[Worker]] = []
        self._starting = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self._store: Path | None = None  # the last that was asked

    async def take(self, store: Path) -> Worker:
        """An idle worker, or the next that has started.

        Raises:
            QueryOverload: no worker can be started, or the server is stopping.
        """
        if self._closed:
            raise _stopping()
        self._store = store
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                break
        else:
            worker = await self._next()
        self._busy.add(worker)
        self._refill(self._spare)
        return worker

    def give_back(self, worker: Worker, *, fresh: bool) -> None:
        """It has answered; it may answer the next if it is as good as new."""
        if self._closed or not fresh or len(self._idle) > self._spare:
            self.discard(worker)
        else:
            self._busy.discard(worker)
            self._idle.append(worker)

    def discard(self, worker: Worker) -> asyncio.Task[None]:
        """Ends a worker, whether anybody waits for that or not; another is there before the next query comes."""
        self._busy.discard(worker)
        self._refill(self._spare + 1 - len(self._busy))
        return self._in_background(worker.end())

    async def close(self) -> None:
        """Ends every worker; no other is started."""
        self._closed = True
        for taker in self._takers:
            if not taker.done():
                taker.set_exception(_stopping())
        idle, self._idle = self._idle, []
        for worker in (*idle, *self._busy):
            await worker.end()
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _next(self) -> Worker:
        taker: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._takers.append(taker)
        self._refill(self._spare)
        try:
            return await taker
        except asyncio.CancelledError:
            if not taker.cancelled() and taker.exception() is None:
                self._offer(taker.result())  # it came in the same moment
            raise
        finally:
            if taker in self._takers:
                self._takers.remove(taker)

    def _refill(self, least: int) -> None:
        """Starts as many as are missing of the idle, beside those that somebody waits for."""
        if self._closed or self._store is None:
            return
        while len(self._idle) + self._starting < least + len(self._takers):
            self._starting += 1
            self._in_background(self._start(self._store))

    async def _start(self, store: Path) -> None:
        try:
            worker = await Worker.start(store, self._memory, self._services)
        except OSError as error:
            for taker in self._takers:
                if not taker.done():
                    taker.set_exception(QueryOverload(f"No worker can be started: {error}"))
            return
        finally:
            self._starting -= 1
        self._offer(worker)

    def _offer(self, worker: Worker) -> None:
        """To whoever waits longest, else to those that stand idle: the last to be taken, for others run already."""
        waiting = [taker for taker in self._takers if not taker.done()]
        if self._closed:
            self.discard(worker)
        elif waiting:
            self._takers.remove(waiting[0])
            waiting[0].set_result(worker)
        else:
            self._idle.insert(0, worker)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _stopping() -> QueryOverload:
    return QueryOverload("The server is stopping; try again in a few seconds.")
