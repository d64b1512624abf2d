"""Work on what contributors hand over, in a process of its own."""

import resource
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from cis_graph.errors import CisGraphError, GateClosed

Made = TypeVar("Made")
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Fault:
    """What the work raised, in both languages."""

    english: str
    french: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The limits of a process: seconds in all, and MiB of addresses."""

    seconds: float
    memory: int


def apart(work: Callable[..., Made], *given: object, cell: Cell, preload: str = __name__) -> Made:
    """What ``work`` gives, made in a process that is ended at its limits.

    It is forked from one that imported the module ``preload`` when the first was asked for.

    Raises:
        GateClosed: it took too long, too much memory, or was refused.
    """
    process, answer = _started(work, given, cell, preload)
    try:
        made: Made | None = _received(answer, cell.seconds)
    finally:
        process.kill()
        process.join()
        answer.close()
    if made is None:
        raise _late(cell.seconds)
    return made


def begun(
    work: Callable[..., Made], *given: object, first: float, then: float, preload: str = __name__
) -> tuple[Any, Made | None]:
    """What ``work`` tells (its last argument is called with it) and what it gives, None where that goes on.

    It has ``first`` seconds to tell, and is waited for ``then`` seconds more; nobody ends it.
    ``preload`` as for ``apart``.

    Raises:
        GateClosed: it broke, was refused, or had nothing to tell in time.
    """
    _, answer = _started(work, given, None, preload)
    try:
        told = _received(answer, first)
        if told is None:
            raise _late(first)
        made: Made | None = _received(answer, then)
    finally:
        answer.close()
    return told, made


def _late(seconds: float) -> GateClosed:
    return GateClosed(
        f"not done after {seconds:g} seconds; hand over less at a time",
        french=f"pas terminé en {seconds:g} secondes : donnez-en moins à la fois",
    )


def _started(
    work: Callable[..., Any], given: tuple[object, ...], cell: Cell | None, preload: str
) -> tuple[Any, Connection]:
    context = get_context("forkserver")  # a web server has threads, and may not be forked itself
    context.set_forkserver_preload([preload])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, cell, work, given), daemon=cell is not None)
    process.start()
    theirs.close()
    return process, ours


def _received(answer: Connection, seconds: float) -> Any:  # noqa: ANN401 - what the work makes
    try:
        if not answer.poll(seconds):
            return None
        made = answer.recv()
    except EOFError:
        raise GateClosed(
            "it takes more than there is for it; hand over less at a time",
            french="il y faut plus que ce qui est prévu : donnez-en moins à la fois",
        ) from None
    if isinstance(made, _Fault):
        raise GateClosed(made.english, french=made.french)
    return made


def _run(answer: Connection, cell: Cell | None, work: Callable[..., Any], given: tuple[object, ...]) -> None:
    if cell:
        resource.setrlimit(resource.RLIMIT_CPU, (int(cell.seconds) + 1, int(cell.seconds) + 1))
        resource.setrlimit(resource.RLIMIT_AS, (cell.memory * _MIB, cell.memory * _MIB))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(BrokenPipeError):  # whoever asked went on
        try:
            answer.send(work(*given) if cell else work(*given, answer.send))
        except CisGraphError as error:
            answer.send(_Fault(str(error), getattr(error, "french", str(error))))
