"""How long SELECT of all that is said of one project, and its DESCRIBE, take at our endpoint, beside plain Oxigraph.

Each run asks for 100 projects in each form, one connection each, and gives the mean of one; the store is the same.
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
FORMS = {
    "SELECT": ("SELECT ?property ?value {{ <{iri}> ?property ?value }}", "application/sparql-results+json"),
    "DESCRIBE": ("DESCRIBE <{iri}>", "text/turtle"),
}


def ask(server: Server, iris: Sequence[str]) -> Figures:
    """Asks for each of them in each form."""
    figures: dict[str, float] = {}
    for form, (text, accept) in FORMS.items():

        def every(text: str = text, accept: str = accept) -> None:
            for iri in iris:
                server.query(text.format(iri=iri), accept)

        found = served(server.pid, every)
        figures |= {f"{form}: {figure}": value / len(iris) for figure, value in found.items()}
    return figures


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """Both servers, and the projects."""
    data = stage.release()
    iris = projects(data, PROJECTS)
    with ours(data) as one, oxigraph(data) as other:
        yield Peer("cis-graph", partial(ask, one, iris)), Peer("Oxigraph", partial(ask, other, iris))


BENCHMARK = Benchmark(prepare=prepare, most=40)
