"""How long a project's page takes, beside the same project as Turtle and plain Oxigraph's DESCRIBE of it as Turtle.

Each run asks for 50 projects, one connection each, and gives the mean of one; a number in the address makes each new.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from urllib.parse import urlsplit

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.entities import projects
from benchmarks.harness.servers import Answer, ours, oxigraph
from benchmarks.harness.stage import Stage
from benchmarks.harness.timing import served

PROJECTS = 50
HTML, TURTLE = "text/html", "text/turtle"


def ask(pid: int, get: Callable[[str], Answer], iris: Sequence[str]) -> Figures:
    """Asks for each of them."""
    answers: list[Answer] = []
    figures = served(pid, lambda: answers.extend(map(get, iris)))
    figures["bytes"] = sum(answer.size for answer in answers)
    return {figure: value / len(iris) for figure, value in figures.items()}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """Both servers, and the projects."""
    data = stage.release()
    iris = projects(data, PROJECTS)
    fresh = count()
    pages = [urlsplit(iri).path.removeprefix("/id") for iri in iris]
    with ours(data) as one, oxigraph(data) as other:

        def describe(iri: str) -> Answer:
            return other.query(f"DESCRIBE <{iri}>", TURTLE)

        yield (
            Peer("page", partial(ask, one.pid, lambda page: one.get(f"{page}?n={next(fresh)}", HTML), pages)),
            Peer("Turtle", partial(ask, one.pid, lambda page: one.get(f"{page}.ttl?n={next(fresh)}", TURTLE), pages)),
            Peer("Oxigraph DESCRIBE", partial(ask, other.pid, describe, iris)),
        )


BENCHMARK = Benchmark(prepare=prepare, most=40)
