"""How long a query that the store works on takes the first time, and asked again, beside plain Oxigraph.

Each round asks for something nobody asked before, once and then ten times.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.servers import Server, ours, oxigraph
from benchmarks.harness.stage import Stage
from benchmarks.harness.timing import served

TIMES = 10
JSON = "application/sparql-results+json"
QUERY = "SELECT ?class (COUNT(*) AS ?many) {{ ?thing a ?class }} GROUP BY ?class ORDER BY DESC(?many) LIMIT {limit}"


def ask(server: Server, limits: Iterator[int]) -> Figures:
    """Asks for the first time, then again; the figures of the repeats are those of one."""
    query = QUERY.format(limit=next(limits))

    def again() -> None:
        for _ in range(TIMES):
            server.query(query, JSON)

    first = served(server.pid, lambda: server.query(query, JSON))
    repeats = served(server.pid, again)
    told = {f"first: {figure}": value for figure, value in first.items()}
    told |= {f"again: {figure}": value / TIMES for figure, value in repeats.items()}
    return told | {"first by again": first["wall, ms"] * TIMES / repeats["wall, ms"]}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """Both servers over one release."""
    data = stage.release()
    with ours(data) as one, oxigraph(data) as other:
        yield Peer("cis-graph", partial(ask, one, count(1_000))), Peer("Oxigraph", partial(ask, other, count(1_000)))


BENCHMARK = Benchmark(prepare=prepare, most=40)
