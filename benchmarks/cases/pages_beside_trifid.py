"""How many entity pages a second: ours made anew, made for the first time and asked for again, beside Trifid.

Each run asks for 50 projects, one after the other over one connection, and gives means of one; both serve the same
store. New pages are of projects that were shown before, under an address that was not; first ones are of projects that
nobody asked for yet; new ones are asked for ten times each and those again a hundred times, so that runs last as long
as Trifid's. The processor time is that of all servers a page needs (Trifid asks an Oxigraph server). Trifid is left
out, with the reason, where Node or npm is absent.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count, cycle
from urllib.parse import urlsplit

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.connection import Connection
from benchmarks.harness.entities import projects
from benchmarks.harness.processes import cpu_seconds
from benchmarks.harness.servers import Server, ours, oxigraph
from benchmarks.harness.stage import Stage
from benchmarks.harness.trifid import installed, missing, trifid

PROJECTS = 50
MOST = 2_500  # projects, enough for all rounds
ANEW, AGAIN = 10, 100  # times: fifty pages are over before the processor's clock has ticked ten times
HTML = "text/html"


def asked(server: Server, paths: Sequence[str], *helpers: int) -> Figures:
    """Pages a second, and milliseconds of the processors of a server and its helpers, by their pids, for each."""
    pids = (server.pid, *helpers)
    with Connection(server.port) as connection:
        cpu, started = sum(map(cpu_seconds, pids)), time.perf_counter()
        for path in paths:
            connection.get(path, HTML)
        wall, spent = time.perf_counter() - started, sum(map(cpu_seconds, pids)) - cpu
    return {"pages a second": len(paths) / wall, "CPU a page, ms": spent * 1_000 / len(paths)}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """Our server, and Trifid before an Oxigraph server where it can run."""
    data = stage.release()
    iris = projects(data, MOST)
    names = [urlsplit(iri).path for iri in iris]
    pages = [name.removeprefix("/id") for name in names]
    known, unknown = pages[:PROJECTS], cycle(pages[PROJECTS:])
    fresh = count()
    with ExitStack() as servers:
        one = servers.enter_context(ours(data))
        asked(one, known)
        peers = [
            Peer("cis-graph, new", lambda: asked(one, [f"{page}?n={next(fresh)}" for page in known * ANEW])),
            Peer("cis-graph, first", lambda: asked(one, [next(unknown) for _ in range(PROJECTS)])),
            Peer("cis-graph, again", partial(asked, one, known * AGAIN)),
        ]
        if reason := missing():
            print(f"Trifid is left out: {reason}", file=sys.stderr)
        else:
            store = servers.enter_context(oxigraph(data))
            base = iris[0].removesuffix(names[0].removeprefix("/"))
            other = servers.enter_context(trifid(installed(stage.work), store, base, names[0]))
            peers.append(Peer("Trifid", partial(asked, other, names[:PROJECTS], store.pid)))
        yield tuple(peers)


BENCHMARK = Benchmark(prepare=prepare, usual=5, most=40)
