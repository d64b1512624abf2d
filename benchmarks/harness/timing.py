"""Stopwatches: of a call in this process, of a command as a whole, of a server while it answers."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from benchmarks.harness.processes import RARELY, cpu_seconds, memory

_EVERY = 1.0  # seconds between two looks at memory


def timed(call: Callable[[], object]) -> dict[str, float]:
    """Seconds and processor seconds of a call in this process."""
    started, cpu = time.perf_counter(), time.process_time()
    call()
    return {"wall, s": time.perf_counter() - started, "CPU, s": time.process_time() - cpu}


def command(arguments: Sequence[str]) -> dict[str, float]:
    """Seconds and processor seconds of a command, and the most memory that its processes were seen to hold together.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    started = time.perf_counter()
    child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    with _weighed(child.pid) as seen:
        _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, arguments)
    return {
        "wall, s": wall,
        "CPU, s": usage.ru_utime + usage.ru_stime,
        "peak of all processes, MiB": max(seen),
    }


@contextmanager
def _weighed(pid: int) -> Iterator[list[float]]:
    """What a process and those it starts hold, in MiB, looked at again and again while the block runs."""
    ended, seen = Event(), [0.0]

    def look() -> None:
        waits = 0.0
        while not ended.wait(waits):
            started = time.perf_counter()
            seen.append(memory(pid))
            waits = max(_EVERY, RARELY * (time.perf_counter() - started))

    looking = Thread(target=look, daemon=True)
    looking.start()
    try:
        yield seen
    finally:
        ended.set()
        looking.join()


def served(pid: int, call: Callable[[], object]) -> dict[str, float]:
    """Milliseconds a call takes here, and processor milliseconds that the server with that pid spends on it."""
    cpu, started = cpu_seconds(pid), time.perf_counter()
    call()
    wall = time.perf_counter() - started
    return {"wall, ms": wall * 1_000, "server CPU, ms": (cpu_seconds(pid) - cpu) * 1_000}
