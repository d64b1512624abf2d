"""Bounds of processor time, wide enough for any machine: only work that grows faster than its input misses them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def processor_time_under(seconds: float) -> Iterator[None]:
    """Fails where the block takes this process more processor time; what else the machine does is not counted."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < seconds
