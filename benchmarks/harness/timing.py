"""Stopwatches: of a call in this process, of a command as a whole, of a server while it answers."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence

from benchmarks.harness.processes import KIB, MIB, cpu_seconds


def timed(call: Callable[[], object]) -> dict[str, float]:
    """Seconds and processor seconds of a call in this process."""
    started, cpu = time.perf_counter(), time.process_time()
    call()
    return {"wall, s": time.perf_counter() - started, "CPU, s": time.process_time() - cpu}


def command(arguments: Sequence[str]) -> dict[str, float]:
    """Seconds, processor seconds and peak memory of a command, by the system's own account of it.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    started = time.perf_counter()
    child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, arguments)
    return {
        "wall, s": time.perf_counter() - started,
        "CPU, s": usage.ru_utime + usage.ru_stime,
        "peak of one process, MiB": usage.ru_maxrss * KIB / MIB,
    }


def served(pid: int, call: Callable[[], object]) -> dict[str, float]:
    """Milliseconds a call takes here, and processor milliseconds that the server with that pid spends on it."""
    cpu, started = cpu_seconds(pid), time.perf_counter()
    call()
    wall = time.perf_counter() - started
    return {"wall, ms": wall * 1_000, "server CPU, ms": (cpu_seconds(pid) - cpu) * 1_000}
