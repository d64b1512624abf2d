"""Whether processes still run."""

import subprocess
import sys
import time
from pathlib import Path

_PATIENCE = 5.0  # seconds


def runs(pid: int) -> bool:
    """Whether a process runs; one that ended and was not asked for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def outlives(program: str) -> bool:
    """Whether the process whose number a program prints runs on when the program is killed."""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        process.kill()
    deadline = time.monotonic() + _PATIENCE
    while runs(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return runs(pid)
