"""Bytes handed from a thread that waits for a server to the loop that sends them on."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from time import monotonic

from cis_graph.errors import CisGraphError, QueryFault, StoreFault
from cis_graph.store.answering import QueryCut

_PIECE = 64 * 1024  # bytes
_AHEAD = 4  # pieces that may wait for their reader
_MOMENT = 0.2  # seconds between two looks at whether anybody still reads


class _Unwanted(Exception):
    """Nobody reads the answer any more, or its time is over."""


class Relay:
    """An answer that a thread writes, as a file, and a request reads; ``over`` is called once when the thread ends."""

    def __init__(self, until: float, over: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._until, self._over = until, over  # of the monotonic clock
        self._pieces: asyncio.Queue[bytes | Exception | None] = asyncio.Queue()
        self._room = threading.Semaphore(_AHEAD)
        self._unwanted = threading.Event()
        self._buffer = bytearray()
        self._first: bytes | None = None
        self._ended = False

    async def start(self, executor: Executor, work: Callable[["Relay"], None]) -> None:
        """Runs ``work`` in a thread and waits for its first bytes, or for its end.

        Raises:
            CisGraphError: it failed before the first byte.
        """
        self._loop.run_in_executor(executor, self._run, work)
        try:
            found = await self._pieces.get()
        except BaseException:
            self._unwanted.set()
            raise
        if isinstance(found, Exception):
            self._ended = True
            raise found
        self._first = found or b""
        self._ended = found is None

    def __aiter__(self) -> "Relay":
        return self

    async def __anext__(self) -> bytes:
        if self._first:
            piece, self._first = self._first, None
            self._room.release()
            return piece
        if self._ended:
            raise StopAsyncIteration
        found = await self._pieces.get()
        if isinstance(found, bytes):
            self._room.release()
            return found
        self._ended = True
        if found is not None:
            raise QueryCut(f"The answer was cut: {found}")
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Ends the answer; its thread notices with the next bytes of the server, or at the deadline."""
        self._unwanted.set()

    def write(self, data: bytes) -> int:
        """Takes bytes from the thread; they go on in pieces."""
        self._buffer += data
        if len(self._buffer) >= _PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Hands on what there is, once there is room for it."""
        if not self._buffer:
            return
        while not self._room.acquire(timeout=_MOMENT):
            if self._unwanted.is_set() or monotonic() > self._until:
                raise _Unwanted
        if self._unwanted.is_set():
            raise _Unwanted
        self._put(bytes(self._buffer))
        self._buffer.clear()

    def _run(self, work: Callable[["Relay"], None]) -> None:
        try:
            work(self)
            self.flush()
            self._put(None)
        except _Unwanted:
            self._put(QueryFault("nobody read it in time"))
        except CisGraphError as fault:
            fault.__cause__ = fault.__context__ = None  # their frames hold what may not leave this thread
            self._put(fault.with_traceback(None))
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader must hear of it
            self._put(StoreFault(f"The SPARQL server's answer cannot be handed on: {error!r}"))
        finally:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._over)

    def _put(self, item: bytes | Exception | None) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits
            self._loop.call_soon_threadsafe(self._pieces.put_nowait, item)
