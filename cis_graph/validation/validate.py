"""SHACL validation of N-Triples in batches, over a pool of processes."""

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext

from cis_graph.validation.judge import ShapeResult, judge, stubs_of, stubs_of_classes
from cis_graph.validation.shapes import ShapesName, load_shapes

BATCH = 400  # records; the cost of one hardly depends on it between 50 and 2,000
_AHEAD = 2  # batches a process may have waiting
_A_FEW = 4  # batches; it takes as long to start a pool

Text = bytes | str  # N-Triples or N-Quads
Cited = Sequence[tuple[str, str]]  # IRI of what is cited, IRI of one of its classes
_Work = tuple[Text, Cited]  # a batch and what it cites


def in_batches(records: Iterable[bytes], size: int = BATCH) -> Iterator[bytes]:
    """The N-Triples of records, ``size`` records at a time."""
    remaining = iter(records)
    while batch := list(itertools.islice(remaining, size)):
        yield b"\n".join(batch)


def validate_batches(
    batches: Iterable[Text],
    *,
    stubs: Text,
    shapes: ShapesName,
    processes: int,
    cited: Callable[[Text], Cited] | None = None,
) -> Iterator[ShapeResult]:
    """What breaks the shapes, batch by batch, sorted within each.

    A batch holds whole records, the ``insoc:Record`` node of each included. ``stubs`` hold the ``rdf:type`` and
    ``skos:inScheme`` of all that records may cite: concepts, territories, contributors; only what a batch cites is
    added to it. Where they are too many to be held in every process, ``cited`` gives the classes of what one batch
    cites. A few batches, or one process, run here; more run in ``processes`` new processes.

    Raises:
        SourceFault: a batch or the stubs are not N-Quads in UTF-8.
    """
    waiting = ((batch, cited(batch)) if cited else (batch, ()) for batch in batches)
    first = list(itertools.islice(waiting, _A_FEW))
    every = itertools.chain(first, waiting)
    if processes > 1 and len(first) == _A_FEW:
        return _in_pool(every, stubs, shapes, processes)
    return itertools.chain.from_iterable(itertools.starmap(_Judging(stubs, shapes).results, every))


def _in_pool(every: Iterable[_Work], stubs: Text, shapes: ShapesName, processes: int) -> Iterator[ShapeResult]:
    """Results in the order of the batches; few batches wait in memory."""
    pool = ProcessPoolExecutor(processes, _clean_processes(), _Process.start, (stubs, shapes))
    running: deque[Future[tuple[ShapeResult, ...]]] = deque()
    with pool:
        for batch, cited in every:
            running.append(pool.submit(_Process.results, batch, cited))
            if len(running) >= processes * _AHEAD:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


def _clean_processes() -> ForkServerContext:
    """Processes forked from one that runs no threads, for a web server that forks may hang; it loads the judge once."""
    context = get_context("forkserver")
    context.set_forkserver_preload([judge.__module__])
    return context


class _Judging:
    """Batches judged by some shapes beside some stubs."""

    def __init__(self, stubs: Text, shapes: ShapesName) -> None:
        self._stubs, self._shapes = stubs_of(stubs), load_shapes(shapes)

    def results(self, batch: Text, cited: Cited) -> tuple[ShapeResult, ...]:
        stubs = {**self._stubs, **stubs_of_classes(cited)} if cited else self._stubs
        return judge(batch, stubs=stubs, shapes=self._shapes)


class _Process:
    """What one process of the pool keeps between batches."""

    judging: _Judging

    @classmethod
    def start(cls, stubs: Text, shapes: ShapesName) -> None:
        cls.judging = _Judging(stubs, shapes)

    @classmethod
    def results(cls, batch: Text, cited: Cited) -> tuple[ShapeResult, ...]:
        return cls.judging.results(batch, cited)
