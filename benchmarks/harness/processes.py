"""What processes cost: processor seconds and memory of one with all it started, from Linux's ``/proc``."""

import os
from collections.abc import Iterator
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
MIB = 1024 * 1024
_UTIME = 11  # place after the name in /proc/PID/stat; then stime, cutime, cstime


def family(pid: int) -> Iterator[int]:
    """A process and its living descendants."""
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from family(int(child))
    except OSError:  # it ended meanwhile
        return


def cpu_seconds(pid: int) -> float:
    """Processor seconds of a process and its descendants, those that ended and were waited for included."""
    return sum(_ticks(one) for one in family(pid)) / TICK


def memory(pid: int) -> float:
    """MiB that a process and its descendants hold; pages that several share count once for each."""
    return sum(_pages(one) for one in family(pid)) * PAGE / MIB


def _ticks(pid: int) -> int:
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    except OSError:
        return 0
    return sum(map(int, after_name.split()[_UTIME : _UTIME + 4]))


def _pages(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
