"""One worker process: started, asked, slowed down, stopped for a while, ended."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from time import monotonic
from typing import Self

from cis_graph.processes import PARENT
from cis_graph.store.frames import HEADER, LETTERS

_PIECE = 64 * 1024  # bytes
_ARENAS = "2"  # glibc would set 128 MiB of addresses aside for each thread of the store, all at the same moment
_NICENESS = 10  # a tenth of the web process's weight; far more, and a busy machine would never run it


class Worker:
    """A process of :mod:`cis_graph.store.worker`, seen from the web process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._reading = asyncio.Lock()  # of two who wait at one pipe, only one is told that it has ended
        self.demoted = False
        self._ending = False

    @classmethod
    async def start(cls, store: Path, memory: int, services: tuple[str, ...] = ()) -> Self:
        """A worker of at most ``memory`` MiB that opens ``store`` while nobody waits for it."""
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "cis_graph.store.worker",
                str(memory),
                str(store),
                *services,
                stdin=PIPE,
                stdout=PIPE,
                env={**os.environ, "MALLOC_ARENA_MAX": _ARENAS, PARENT: str(os.getpid())},
            )
        )

    @property
    def alive(self) -> bool:
        """Whether nobody has seen it end."""
        return self._process.returncode is None

    async def ask(self, request: bytes) -> None:
        """Hands a request over, one line.

        Raises:
            ConnectionError: the process has ended.
        """
        if self._process.stdin is None:
            raise ConnectionError
        self._process.stdin.write(request + b"\n")
        await self._process.stdin.drain()

    async def frame(self) -> tuple[bytes, bytes]:
        """The next frame: its letter and its bytes.

        Raises:
            asyncio.IncompleteReadError, ConnectionError: the process has ended, or what came is no frame.
        """
        async with self._reading:
            if self._process.stdout is None or self._ending:
                raise ConnectionError
            letter, length = HEADER.unpack(await self._process.stdout.readexactly(HEADER.size))
            if letter not in LETTERS:
                raise ConnectionError
            return letter, await self._process.stdout.readexactly(length)

    def demote(self) -> None:
        """From now on others come first; there is no way back without privileges."""
        self.demoted = True
        with contextlib.suppress(OSError):  # it has ended, or the system does not let us
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICENESS)

    def used(self) -> float:
        """The seconds of processor time it has had, or what the clock shows where the system does not tell."""
        try:
            return int(Path(f"/proc/{self._process.pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
        except (OSError, ValueError, IndexError):
            return monotonic()

    def pause(self) -> None:
        """Stops it where it is; it keeps its memory."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Lets it go on."""
        self._signal(signal.SIGCONT)

    async def end(self) -> None:
        """Kills it and waits until it is gone."""
        self._ending = True
        self._signal(signal.SIGKILL)
        async with self._reading:  # a pipe with something left in it would stay open, and be waited for
            while self._process.stdout is not None and await self._process.stdout.read(_PIECE):
                pass
        await self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)
