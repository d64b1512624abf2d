"""Processes that this one starts: they end with it, and those that are forked from it share its memory."""

import ctypes
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import Queue
from traceback import format_exc
from typing import Any, Generic, TypeVar

PARENT = "CIS_STARTED_BY"
_PARENT_DEATH_SIGNAL, _NAME = 1, 15  # prctl(2)
_YOUNG = (50_000, 20, 1_000_000)  # new things; looks at these; looks at what stayed then, which never are so many

_END = b""

Given = TypeVar("Given")
Found = TypeVar("Found")


def end_with_parent(parent: int | None = None) -> None:
    """From now on this process is killed when ``parent``, which started it, ends; at once where it has ended already.

    Without a number, it is the one that the environment gives under :data:`PARENT`, if any.
    """
    _control(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    expected = parent or int(os.environ.get(PARENT) or 0)
    if expected and os.getppid() != expected:
        os._exit(0)


def _control(option: int, value: int | bytes) -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(option, value)


def processors() -> int:
    """How many processes can work at once."""
    return os.cpu_count() or 1


def may_fork() -> bool:
    """Whether this process can be forked: where another thread runs, a lock that it holds would stay locked."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


@contextmanager
def looking_at_the_young() -> Iterator[None]:
    """Looks for cycles among what was made lately alone.

    To look through the millions of things that a build makes and keeps takes a tenth of its time. Cycles that die young
    must go: some libraries leave large ones behind.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_YOUNG)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def forked(count: int, work: Callable[[Given], Found]) -> Iterator[Callable[[Given], Future[Found]]]:
    """Processes forked when first asked: each asking does ``work`` in one; only what is given and found is handed over.

    What ``work`` holds is not copied. Nothing that it changes is seen here.
    """
    with _shared(), ProcessPoolExecutor(count, get_context("fork"), _Child.born, (os.getpid(), work)) as pool:

        def ask(given: Given) -> Future[Found]:
            return pool.submit(_Child.asked, given)

        yield ask


@contextmanager
def beside(work: Callable[[], None]) -> Iterator[None]:
    """Does ``work`` in a forked process while what is within is done here; where that cannot be, here and first.

    The process ends with its work, and has ended when the block has.
    """
    if not may_fork():
        work()
        yield
        return
    context = get_context("fork")
    told, telling = context.Pipe(duplex=False)
    process = context.Process(target=_Child.alone, args=(os.getpid(), work, telling))
    with _shared():
        process.start()
        del work  # what it holds may be let go here
        telling.close()  # else nobody would see it end before it told
        try:
            yield
            fault = _heard(told)
        finally:
            process.join()
    if fault is not None:
        raise fault


class Fed(Generic[Found]):
    """A process that is fed with messages, and finds something, or one thing after the other."""

    def __init__(
        self, giving: "Connection[bytes, None]", told: "Connection[None, tuple[Found] | BaseException]"
    ) -> None:
        self._giving, self._told = giving, told
        self._is_ended = False

    def give(self, message: bytes) -> None:
        """Hands over a message, which is not empty; waits where the process has not taken what came before."""
        try:
            self._giving.send_bytes(message)
        except OSError:
            self.found()  # it has ended, and tells why

    def end(self) -> None:
        """Says that there are no more messages."""
        if not self._is_ended:
            self._is_ended = True
            with suppress(OSError):  # it may have ended too
                self._giving.send_bytes(_END)

    def found(self) -> Found:
        """What it found next, after the last message; asked for as often as it finds something."""
        self.end()
        told = _heard(self._told)
        if isinstance(told, BaseException):
            raise told
        return told[0]


class _Here(Fed[Found]):
    """The same without another process: messages wait until they are asked about."""

    def __init__(self, work: Callable[[Iterator[bytes]], Iterator[Found]]) -> None:
        self._messages: list[bytes] = []
        self._finding = work(iter(self._messages))

    def give(self, message: bytes) -> None:
        self._messages.append(message)

    def end(self) -> None:
        pass

    def found(self) -> Found:
        return next(self._finding)


@contextmanager
def fed(name: str, work: Callable[[Iterator[bytes]], Iterator[Found]], *, ahead: int = 0) -> Iterator[Fed[Found]]:
    """A process forked now, which does ``work`` with the messages that it is given while what is within goes on.

    It may be ``ahead`` by so many things that it found and that nobody has asked for.

    It shares what there is now, and what comes to be here costs it nothing: messages and what it finds are all that is
    handed over. It is listed under a ``name``. Where this process cannot be forked, the work is done here. It has ended
    when the block has, within which all that it finds must be asked for.
    """
    if not may_fork():
        yield _Here(work)
        return
    context = get_context("fork")
    given, giving = context.Pipe(duplex=False)
    told, telling = context.Pipe(duplex=False)
    process = context.Process(target=_Child.fed, args=(os.getpid(), name, work, given, telling, ahead))
    with _shared():
        process.start()
    given.close()
    telling.close()
    try:
        yield Fed(giving, told)
    except BaseException:
        process.kill()
        raise
    finally:
        process.join()


@contextmanager
def _shared() -> Iterator[None]:
    """Keeps collections off what is there now: they write to all that they look at, and it would be shared no more."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _heard(told: "Connection[None, Given]") -> Given | BaseException:
    """What a process tells, or that it ended without telling."""
    try:
        return told.recv()
    except EOFError:
        return ChildProcessError("a process beside this one ended before its work; it may have run out of memory")


def _noted(fault: Exception) -> Exception:
    """A fault that says where it was raised, which its traceback does not in another process."""
    fault.add_note(format_exc())
    return fault


@contextmanager
def _sending(telling: "Connection[Any, None]", ahead: int) -> Iterator[Callable[[Any], None]]:
    """How things are sent: at once, or by a thread, so that ``ahead`` of them may wait until they are taken."""
    if not ahead:
        yield telling.send
        return
    waiting: Queue[Any] = Queue(ahead)
    sender = threading.Thread(target=_send_all, args=(waiting, telling))
    sender.start()
    try:
        yield waiting.put
    finally:
        waiting.put(_END)
        sender.join()


def _send_all(waiting: "Queue[Any]", telling: "Connection[Any, None]") -> None:
    for one in iter(waiting.get, _END):
        with suppress(OSError):  # nobody is there to take it
            telling.send(one)


class _Child:
    """What a process was forked with."""

    work: Callable[[Any], Any]

    @classmethod
    def born(cls, parent: int, work: Callable[[Any], Any]) -> None:
        end_with_parent(parent)
        cls.work = staticmethod(work)

    @classmethod
    def alone(cls, parent: int, work: Callable[[], None], telling: "Connection[BaseException | None, None]") -> None:
        """Does the work, and tells how it ended."""
        end_with_parent(parent)
        try:
            work()
        except Exception as fault:  # noqa: BLE001 - it is raised where it is waited for
            telling.send(_noted(fault))
        else:
            telling.send(None)

    @classmethod
    def fed(
        cls,
        parent: int,
        name: str,
        work: Callable[[Iterator[bytes]], Iterator[Any]],
        given: "Connection[None, bytes]",
        telling: "Connection[Any, None]",
        ahead: int,
    ) -> None:
        """Does the work with what it is given, and tells what it found."""
        end_with_parent(parent)
        _control(_NAME, name.encode())  # 15 letters are kept
        with _sending(telling, ahead) as send:
            try:
                for found in work(iter(given.recv_bytes, _END)):
                    send((found,))
            except Exception as fault:  # noqa: BLE001 - it is raised where it is waited for
                send(_noted(fault))

    @classmethod
    def asked(cls, given: Any) -> Any:  # noqa: ANN401 - whatever the work takes and gives
        return cls.work(given)
