"""How long DESCRIBE of 1,500 and 150,000 things takes to its last byte at our endpoint, beside plain Oxigraph.

That is about 10,000 and a million statements; the smallest set has fewer in all, so how many came is given.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from benchmarks.harness.asking import asked
from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.processes import memory
from benchmarks.harness.servers import Server, ours, oxigraph
from benchmarks.harness.stage import Stage

THINGS = (1_500, 150_000)
NTRIPLES = "application/n-triples"


def ask(server: Server) -> Figures:
    """Asks for each number of things."""
    figures: dict[str, float] = {}
    for things in THINGS:
        query = f"DESCRIBE ?thing {{ ?thing a ?type }} LIMIT {things}"
        figures |= {f"{things:,} things: {figure}": value for figure, value in asked(server, query, NTRIPLES).items()}
    return figures | {"memory afterwards, MiB": memory(server.pid)}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """Both servers."""
    data = stage.release()
    with ours(data) as one, oxigraph(data) as other:
        yield Peer("cis-graph", partial(ask, one)), Peer("Oxigraph", partial(ask, other))


BENCHMARK = Benchmark(prepare=prepare, usual=3)
