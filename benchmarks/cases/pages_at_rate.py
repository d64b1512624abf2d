"""How long pages take at 20 requests a second: a project and a search with all facets, new; a project again.

Each run asks for 60 pages, one every 50 ms whether or not the one before has come, and gives the median and the 95th
percentile from the moment each was due; "again" asks for pages that were just made.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count
from statistics import quantiles
from urllib.parse import quote, urlsplit

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.entities import projects
from benchmarks.harness.processes import cpu_seconds
from benchmarks.harness.servers import Server, ours
from benchmarks.harness.stage import Stage

ASKED, A_SECOND = 60, 20
HTML = "text/html"
_TOGETHER = 16  # requests under way at most
_WORDS = ("jardin", "emploi", "santé", "école", "vélo", "atelier", "quartier", "culture", "numérique", "logement")


def at_rate(server: Server, paths: Sequence[str]) -> Figures:
    """Asks for each path when it is due; milliseconds until it has come, and of the server's processor for each."""
    started, cpu = time.perf_counter(), cpu_seconds(server.pid)

    def ask(number: int) -> float:
        due = started + number / A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        server.get(paths[number], HTML)
        return (time.perf_counter() - due) * 1_000

    with ThreadPoolExecutor(_TOGETHER) as pool:
        took = list(pool.map(ask, range(len(paths))))
    spent = (cpu_seconds(server.pid) - cpu) * 1_000 / len(paths)
    cuts = quantiles(took, n=20)
    return {"median, ms": cuts[9], "p95, ms": cuts[18], "server CPU a page, ms": spent}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """Our server, and what is asked for; a number in the address makes a page new."""
    data = stage.release()
    pages = [urlsplit(iri).path.removeprefix("/id") for iri in projects(data, ASKED)]
    searches = [f"/search?q={quote(word)}" for word in _WORDS] * (ASKED // len(_WORDS))
    fresh = count()

    def new(server: Server, paths: Sequence[str]) -> Figures:
        mark = next(fresh)
        return at_rate(server, [f"{path}{'&' if '?' in path else '?'}n={mark}-{n}" for n, path in enumerate(paths)])

    with ours(data) as server:
        yield (
            Peer("project, new", partial(new, server, pages)),
            Peer("search, new", partial(new, server, searches)),
            Peer("project, again", partial(at_rate, server, pages)),
        )


BENCHMARK = Benchmark(prepare=prepare, usual=3)
