"""Processes forked from one without other threads, so each test has an interpreter of its own."""

import subprocess
import sys
import threading
import time

import pytest

from cis_graph.processes import beside, fed, may_fork
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
DIES = """
import os, signal
from cis_graph.processes import beside
def work():
    os.kill(os.getpid(), signal.SIGKILL)
with beside(work):
    print("went on")
"""
HOLDS = """
import fcntl, time
from cis_graph.processes import beside
held = open("lock", "w")
fcntl.flock(held, fcntl.LOCK_EX)
with beside(lambda: time.sleep(0.3)):
    pass
held.close()
with open("lock", "w") as again:
    fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
print("free")
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

FED = """
import os
from cis_graph.processes import fed
def work(messages):
    told = b" ".join(messages)
    yield told.decode(), os.getpid() != parent
    yield open("/proc/self/comm").read().strip(), os.getpid() != parent
parent = os.getpid()
with fed("works", work) as process:
    for message in (b"one", b"x" * 1_000_000, b"other"):
        process.give(message)
    found, elsewhere = process.found()
    print(found.replace("x" * 1_000_000, "much"), elsewhere, process.found()[0])
"""
FED_AND_FAILS = """
from cis_graph.processes import fed
def work(messages):
    next(messages)
    raise ValueError("the shelf is full")
    yield
with fed("works", work) as process:
    for _ in range(100):
        process.give(b"x" * 100_000)
    print("went on")
"""
FED_AND_DIES = """
import os, signal
from cis_graph.processes import fed
def work(messages):
    os.kill(os.getpid(), signal.SIGKILL)
    yield
with fed("works", work) as process:
    process.give(b"one")
    process.found()
"""
FED_AND_AHEAD = """
import os, time
from cis_graph.processes import fed
def work(_):
    for number in range(6):
        open(str(number), "w").close()
        yield bytes([number]) * 1_000_000
    raise ValueError("no more")
with fed("works", work, ahead=2) as process:
    process.end()
    until = time.monotonic() + 30
    while not os.path.exists("3") and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.2)
    print(sorted(name for name in os.listdir() if name.isdigit()))
    print([process.found()[0] for _ in range(6)], flush=True)
    process.found()
"""
FEEDS_AND_FAILS = """
import time
from cis_graph.processes import fed
def work(messages):
    time.sleep(60)
    yield
with fed("works", work) as process:
    process.give(b"one")
    raise ValueError("no room")
"""
FEEDS_AND_WAITS = """
import os, time
from cis_graph.processes import fed
def work(messages):
    print(os.getpid(), flush=True)
    yield from messages
with fed("works", work) as process:
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
        if os.path.exists("told") and (pid := open("told").read()):
            if open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] == "Z":  # it waits to be noticed
                print("ended")
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

    assert said_by(ENDS).stdout == "ended\n"


def test_a_fault_of_the_work_is_raised_here() -> None:
    """It is told with its message and where it was raised, and what is within is not cut short."""
    found = said_by(FAILS)

    assert found.stdout == "went on\n"
    assert "ValueError: the shelf is full" in found.stderr
    assert "in work" in found.stderr


def test_a_process_that_dies_is_told() -> None:
    """Nobody waits for what will never come, nor takes it for done."""
    found = said_by(DIES)

    assert found.stdout == "went on\n"
    assert "ended before its work" in found.stderr


def test_nothing_is_held_by_a_process_that_was_beside(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock that this one lets go afterwards is free: the process that shared it has ended."""
    monkeypatch.chdir(tmp_path_factory.mktemp("holds"))

    assert said_by(HOLDS).stdout == "free\n"


def test_a_forked_process_ends_with_its_parent() -> None:
    """A build that is killed leaves nobody behind who writes into what the next one makes."""
    assert not outlives(WAITS)


def test_a_process_is_fed_and_finds() -> None:
    """Messages of any size arrive in order, and it hands back one thing after the other; it is listed under its name."""
    assert said_by(FED).stdout == "one much other True works\n"


def test_a_fault_of_a_process_that_is_fed_is_raised_here() -> None:
    """Where it is fed on, or else where it is asked what it found; whether it tells why or was killed."""
    for program, why in ((FED_AND_FAILS, "ValueError: the shelf is full"), (FED_AND_DIES, "ended before its work")):
        found = said_by(program)
        assert found.stdout == ""
        assert why in found.stderr
    assert "in work" in said_by(FED_AND_FAILS).stderr


def test_a_process_may_be_ahead_of_whoever_asks(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it found waits, so much and no more: one under way, two that wait, one for which there is no room.

    All of it comes in order, and its fault last.
    """
    monkeypatch.chdir(tmp_path_factory.mktemp("ahead"))
    found = said_by(FED_AND_AHEAD)

    assert found.stdout == "['0', '1', '2', '3']\n[0, 1, 2, 3, 4, 5]\n"
    assert "ValueError: no more" in found.stderr


def test_a_process_that_is_fed_ends_where_nobody_feeds_it_on() -> None:
    """Whoever fed it failed, or was killed."""
    started = time.monotonic()
    assert "ValueError: no room" in said_by(FEEDS_AND_FAILS).stderr
    assert time.monotonic() - started < 30
    assert not outlives(FEEDS_AND_WAITS)


def test_beside_another_thread_work_is_done_here() -> None:
    """A lock that the thread holds would stay locked in a forked process."""
    done, told = threading.Event(), list[int]()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with beside(lambda: told.append(threading.get_ident())):
            assert told == [threading.get_ident()]
        with fed("works", lambda messages: ((one, threading.get_ident()) for one in messages)) as process:
            process.give(b"one")
            assert process.found() == (b"one", threading.get_ident())
        assert not may_fork()
    finally:
        done.set()
        other.join()
