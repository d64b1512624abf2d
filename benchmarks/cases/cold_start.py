"""How long a server takes from its start to its first answer over a published release, beside plain Oxigraph's."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.processes import cpu_seconds, memory
from benchmarks.harness.servers import Server, ours, oxigraph
from benchmarks.harness.stage import Stage

QUERY = "SELECT * { ?s ?p ?o } LIMIT 1"


def start(serve: Callable[[Path], AbstractContextManager[Server]], data: Path) -> Figures:
    """Starts a server, waits for its first answer, then for that to a first query, and ends it."""
    started = time.perf_counter()
    with serve(data) as server:
        answered = time.perf_counter() - started
        cpu = cpu_seconds(server.pid)
        server.query(QUERY, "application/sparql-results+json")
        queried = time.perf_counter() - started
        return {
            "first answer, s": answered,
            "CPU until then, s": cpu,
            "first query answered, s": queried,
            "memory then, MiB": memory(server.pid),
        }


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """A published release."""
    data = stage.release()
    yield Peer("cis-graph", partial(start, ours, data)), Peer("Oxigraph", partial(start, oxigraph, data))


BENCHMARK = Benchmark(prepare=prepare, usual=5, most=20)
