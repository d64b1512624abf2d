"""What processes cost: processor seconds and memory of one with all it started, as Linux tells them."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
RARELY = 40  # times as long as a look at memory took until the next: seconds where there are gigabytes
KIB = 1024
MIB = KIB * KIB
_UTIME = 11  # place after the name in /proc/PID/stat; then stime, cutime, cstime
_CUTIME = 13
_CLOCK = 2  # of what a process has had, to the nanosecond, as clock_getcpuclockid(3) names it


def children(pid: int | None = None) -> Iterator[int]:
    """The living processes that one started, this one where none is named."""
    try:
        tasks = list(Path(f"/proc/{pid or os.getpid()}/task").iterdir())
        for task in tasks:
            yield from map(int, (task / "children").read_text(encoding="ascii").split())
    except OSError:  # it ended meanwhile
        return


def family(pid: int | None = None) -> Iterator[int]:
    """A process and its living descendants."""
    yield pid or os.getpid()
    for child in children(pid):
        yield from family(child)


def cpu_seconds(pid: int | None = None) -> float:
    """Processor seconds of a process and its descendants, those that ended and were waited for included."""
    return sum(_had(one) + _ticks(Path(f"/proc/{one}/stat"), _CUTIME) / TICK for one in family(pid))


def thread_seconds(thread: int) -> float:
    """Processor seconds of a thread of this process."""
    return _ticks(Path(f"/proc/self/task/{thread}/stat"), _UTIME) / TICK


def memory(pid: int | None = None) -> float:
    """MiB that a process and its descendants hold; a page that several share counts once, in shares.

    Of a process that may not be looked into, what it shares counts too.
    """
    return sum(map(_bytes, family(pid))) / MIB


def _had(pid: int) -> float:
    """Processor seconds of all threads of a process, those that ended included; 0 once it is gone."""
    try:
        return time.clock_gettime(~pid << 3 | _CLOCK)
    except OSError:
        return 0.0


def _ticks(stat: Path, kind: int) -> int:
    try:
        after_name = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    except OSError:
        return 0
    return sum(map(int, after_name.split()[kind : kind + 2]))


def _bytes(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * KIB
    except OSError:
        return _resident(pid)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE
    except OSError:
        return 0
