"""How long SELECT of 10,000 and 1,000,000 rows takes to its last byte at our endpoint, beside plain Oxigraph.

The rows are statements of the same release, each with a number so that even the smallest set has a million.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from benchmarks.harness.asking import asked
from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.processes import memory
from benchmarks.harness.servers import Server, ours, oxigraph
from benchmarks.harness.stage import Stage

ROWS = (10_000, 1_000_000)
TSV = "text/tab-separated-values"


def ask(server: Server) -> Figures:
    """Asks for each number of rows."""
    figures: dict[str, float] = {}
    for rows in ROWS:
        query = f"SELECT ?n ?s ?p ?o {{ VALUES ?n {{ 1 2 3 }} ?s ?p ?o }} LIMIT {rows}"
        figures |= {f"{rows:,} rows: {figure}": value for figure, value in asked(server, query, TSV).items()}
    return figures | {"memory afterwards, MiB": memory(server.pid)}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """Both servers."""
    data = stage.release()
    with ours(data) as one, oxigraph(data) as other:
        yield Peer("cis-graph", partial(ask, one)), Peer("Oxigraph", partial(ask, other))


BENCHMARK = Benchmark(prepare=prepare, usual=3)
