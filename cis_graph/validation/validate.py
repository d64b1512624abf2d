"""SHACL validation of N-Triples in batches, over a pool of processes."""

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from cis_graph.validation.judge import ShapeResult, Stubs, judge, stubs_of
from cis_graph.validation.shapes import Shapes, ShapesName, load_shapes

BATCH = 400  # records; the cost of one hardly depends on it between 50 and 2,000
_AHEAD = 2  # batches a process may have waiting


def in_batches(records: Iterable[bytes], size: int = BATCH) -> Iterator[bytes]:
    """The N-Triples of records, ``size`` records at a time."""
    remaining = iter(records)
    while batch := list(itertools.islice(remaining, size)):
        yield b"\n".join(batch)


def validate_batches(
    batches: Iterable[bytes | str], *, stubs: bytes | str, shapes: ShapesName, processes: int
) -> Iterator[ShapeResult]:
    """What breaks the shapes, batch by batch, sorted within each.

    A batch holds whole records, the ``insoc:Record`` node of each included. ``stubs`` hold the ``rdf:type`` and
    ``skos:inScheme`` of all that records may cite: concepts, territories, contributors; only what a batch cites is
    added to it. One batch, or one process, runs here; more run in ``processes`` new processes.

    Raises:
        SourceFault: a batch or the stubs are not N-Quads in UTF-8.
    """
    waiting = iter(batches)
    first = list(itertools.islice(waiting, 2))
    every = itertools.chain(first, waiting)
    if processes > 1 and len(first) > 1:
        return _in_pool(every, stubs, shapes, processes)
    return _here(every, stubs, shapes)


def _here(batches: Iterable[bytes | str], stubs: bytes | str, shapes: ShapesName) -> Iterator[ShapeResult]:
    check = partial(judge, stubs=stubs_of(stubs), shapes=load_shapes(shapes))
    return itertools.chain.from_iterable(map(check, batches))


def _in_pool(
    batches: Iterable[bytes | str], stubs: bytes | str, shapes: ShapesName, processes: int
) -> Iterator[ShapeResult]:
    """Results in the order of the batches; few batches wait in memory."""
    # spawn: a web server that forks with threads running may hang
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _Worker.start, (stubs, shapes))
    running: deque[Future[tuple[ShapeResult, ...]]] = deque()
    with pool:
        for batch in batches:
            running.append(pool.submit(_Worker.check, batch))
            if len(running) >= processes * _AHEAD:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


class _Worker:
    """What one process of the pool keeps between batches."""

    stubs: Stubs
    shapes: Shapes

    @classmethod
    def start(cls, stubs: bytes | str, shapes: ShapesName) -> None:
        cls.stubs, cls.shapes = stubs_of(stubs), load_shapes(shapes)

    @classmethod
    def check(cls, batch: bytes | str) -> tuple[ShapeResult, ...]:
        return judge(batch, stubs=cls.stubs, shapes=cls.shapes)
