"""Processes forked from one without other threads, so each test has an interpreter of its own."""

import subprocess
import sys
import threading

import pytest

from cis_graph.processes import beside, may_fork
from tests.support.running import outlives

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forking is for Linux alone")

SHARES = """
import os
from cis_graph.processes import forked
held = object()
with forked(2, lambda given: (given * 2, id(held) == known, os.getpid() != parent)) as ask:
    known, parent = id(held), os.getpid()
    print([one.result() for one in [ask(1), ask(2)]])
"""
BESIDE = """
import os
from cis_graph.processes import beside
def work():
    open(path, "w").write(str(os.getpid()))
path = "told"
with beside(work):
    pass
print(open(path).read() != str(os.getpid()))
"""
FAILS = """
from cis_graph.processes import beside
def work():
    raise ValueError("the shelf is full")
with beside(work):
    print("went on")
"""
WAITS = """
import os, time
from cis_graph.processes import beside
def work():
    print(os.getpid(), flush=True)
    time.sleep(60)
with beside(work):
    time.sleep(60)
"""


ENDS = """
import os, time
from cis_graph.processes import beside
def work():
    open("told", "w").write(str(os.getpid()))
with beside(work):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.kill(int(open("told").read()), 0)
        except (OSError, ValueError) as gone:
            if isinstance(gone, ProcessLookupError):
                print("gone")
                break
        time.sleep(0.01)
"""


def said_by(program: str) -> subprocess.CompletedProcess[str]:
    """What a program says to the end."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_a_forked_process_has_what_its_work_holds() -> None:
    """Nothing but the argument and the answer is handed over."""
    assert said_by(SHARES).stdout == "[(2, True, True), (4, True, True)]\n"


def test_work_is_done_in_another_process_before_this_one_goes_on(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it writes is there afterwards, and another process wrote it."""
    monkeypatch.chdir(tmp_path_factory.mktemp("beside"))

    assert said_by(BESIDE).stdout == "True\n"


def test_a_process_beside_ends_with_its_work(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it holds is free while this one goes on."""
    monkeypatch.chdir(tmp_path_factory.mktemp("ends"))

    assert said_by(ENDS).stdout == "gone\n"


def test_a_fault_of_the_work_is_raised_here() -> None:
    """It is told with its message, and what is within is not cut short."""
    found = said_by(FAILS)

    assert found.stdout == "went on\n"
    assert "ValueError: the shelf is full" in found.stderr


def test_a_forked_process_ends_with_its_parent() -> None:
    """A build that is killed leaves nobody behind who writes into what the next one makes."""
    assert not outlives(WAITS)


def test_beside_another_thread_work_is_done_here() -> None:
    """A lock that the thread holds would stay locked in a forked process."""
    done, told = threading.Event(), list[int]()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with beside(lambda: told.append(threading.get_ident())):
            assert told == [threading.get_ident()]
        assert not may_fork()
    finally:
        done.set()
        other.join()
