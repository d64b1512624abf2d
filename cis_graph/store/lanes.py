"""Places to run in, given to clients in turn: whoever used the least lately comes first."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from cis_graph.errors import QueryOverload

_HALF_LIFE = 10.0  # seconds after which half of a use is forgotten
_FORGOTTEN = 0.001  # seconds
_REMEMBERED = 1000  # clients, before those who used next to nothing are forgotten


class Usage:
    """The seconds of running that each client had, with what is long ago forgotten."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._used: dict[str, tuple[float, float]] = {}  # seconds, and when they were counted

    def of(self, client: str) -> float:
        """What a client used lately, in seconds."""
        seconds, counted = self._used.get(client, (0.0, 0.0))
        return seconds * 0.5 ** ((self._now() - counted) / _HALF_LIFE) if seconds else 0.0

    def add(self, client: str, seconds: float) -> None:
        """Counts some seconds more."""
        self._used[client] = (self.of(client) + seconds, self._now())
        if len(self._used) > _REMEMBERED:
            self._used = {name: used for name, used in self._used.items() if self.of(name) > _FORGOTTEN}


class Lane:
    """``places`` to run in, at most ``each`` of them for one client."""

    def __init__(self, places: int, *, each: int, usage: Usage) -> None:
        self._free = places
        self._each = each
        self._usage = usage
        self._held: Counter[str] = Counter()
        self._waiting: dict[asyncio.Future[None], str] = {}  # in the order of their coming
        self._wanted = asyncio.Event()

    async def take(self, client: str) -> None:
        """Waits for a place.

        Raises:
            QueryOverload: the lane was closed.
        """
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[turn] = client
        self._give()
        try:
            await turn
        except asyncio.CancelledError:
            if self._waiting.pop(turn, None) is None and not turn.cancelled() and turn.exception() is None:
                self._return(client)  # it was given in the same moment
            else:
                self._give()
            raise

    def leave(self, client: str, seconds: float) -> None:
        """Gives a place back after some seconds."""
        self._usage.add(client, seconds)
        self._return(client)

    async def wanted(self, seconds: float) -> None:
        """Waits until somebody waits for a place, at most so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wanted.wait(), seconds)

    def close(self) -> None:
        """Turns away whoever waits."""
        for turn in self._waiting:
            if not turn.done():
                turn.set_exception(QueryOverload("The server is stopping; try again in a few seconds."))
        self._waiting.clear()

    def _return(self, client: str) -> None:
        self._free += 1
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]
        self._give()

    def _give(self) -> None:
        self._give_free()
        if self._waiting:
            self._wanted.set()
        else:
            self._wanted.clear()

    def _give_free(self) -> None:
        while self._free:
            able = [turn for turn, client in self._waiting.items() if self._held[client] < self._each]
            if not able:
                return
            turn = min(able, key=lambda turn: self._claim(self._waiting[turn]))
            client = self._waiting.pop(turn)
            if not turn.cancelled():
                self._free -= 1
                self._held[client] += 1
                turn.set_result(None)

    def _claim(self, client: str) -> tuple[int, float]:
        return self._held[client], self._usage.of(client)
