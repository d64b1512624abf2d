"""Things that one thread makes and another takes as they come."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TypeVar

_Thing = TypeVar("_Thing")


@contextmanager
def handing_over(_: type[_Thing]) -> Iterator[tuple[Callable[[_Thing], None], Iterator[_Thing]]]:
    """What to hand things over with, and what another thread takes them from, one by one, until this block ends.

    A fault that ends the block is raised where the next thing is waited for: nobody takes what is cut for the whole.
    """
    queue: SimpleQueue[tuple[_Thing] | BaseException | None] = SimpleQueue()

    def taken() -> Iterator[_Thing]:
        while (found := queue.get()) is not None:
            if isinstance(found, BaseException):
                raise found
            yield found[0]

    try:
        yield lambda thing: queue.put((thing,)), taken()
    except BaseException as fault:
        queue.put(fault)
        raise
    queue.put(None)
