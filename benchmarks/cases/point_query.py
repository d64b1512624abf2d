"""How long a query for all that is said of one project takes at our endpoint, beside plain Oxigraph on the same store.

Each run asks for 100 projects, one connection each, and gives the mean of one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.entities import projects
from benchmarks.harness.servers import Server, ours, oxigraph
from benchmarks.harness.stage import Stage
from benchmarks.harness.timing import served

PROJECTS = 100
JSON = "application/sparql-results+json"


def ask(server: Server, iris: Sequence[str]) -> Figures:
    """Asks for each of them."""

    def every() -> None:
        for iri in iris:
            server.query(f"SELECT ?property ?value {{ <{iri}> ?property ?value }}", JSON)

    return {figure: value / len(iris) for figure, value in served(server.pid, every).items()}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """Both servers, and the projects."""
    data = stage.release()
    iris = projects(data, PROJECTS)
    with ours(data) as one, oxigraph(data) as other:
        yield Peer("cis-graph", partial(ask, one, iris)), Peer("Oxigraph", partial(ask, other, iris))


BENCHMARK = Benchmark(prepare=prepare)
