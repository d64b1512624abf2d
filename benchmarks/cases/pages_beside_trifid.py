"""How many entity pages a second: ours rendered anew and asked for again, beside Trifid over the same store.

Each run asks for 50 projects, one after the other, and gives means of one; the processor time is that of all servers a
page needs (Trifid asks an Oxigraph server). Trifid is left out, with the reason, where Node or npm is absent.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from urllib.parse import urlsplit

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.entities import projects
from benchmarks.harness.processes import cpu_seconds
from benchmarks.harness.servers import Server, ours, oxigraph
from benchmarks.harness.stage import Stage
from benchmarks.harness.trifid import installed, missing, trifid

PROJECTS = 50
HTML = "text/html"


def asked(server: Server, paths: Sequence[str], *helpers: int) -> Figures:
    """Pages a second, and milliseconds of the processors of a server and its helpers, by their pids, for each."""
    pids = (server.pid, *helpers)
    cpu, started = sum(map(cpu_seconds, pids)), time.perf_counter()
    for path in paths:
        server.get(path, HTML)
    wall, spent = time.perf_counter() - started, sum(map(cpu_seconds, pids)) - cpu
    return {"pages a second": len(paths) / wall, "CPU a page, ms": spent * 1_000 / len(paths)}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """Our server, and Trifid before an Oxigraph server where it can run."""
    data = stage.release()
    iris = projects(data, PROJECTS)
    names = [urlsplit(iri).path for iri in iris]
    pages = [name.removeprefix("/id") for name in names]
    fresh = count()
    with ExitStack() as servers:
        one = servers.enter_context(ours(data))
        peers = [
            Peer("cis-graph, new", lambda: asked(one, [f"{page}?n={next(fresh)}" for page in pages])),
            Peer("cis-graph, again", partial(asked, one, pages)),
        ]
        if reason := missing():
            print(f"Trifid is left out: {reason}", file=sys.stderr)
        else:
            store = servers.enter_context(oxigraph(data))
            base = iris[0].removesuffix(names[0].removeprefix("/"))
            other = servers.enter_context(trifid(installed(stage.work), store, base, names[0]))
            peers.append(Peer("Trifid", partial(asked, other, names, store.pid)))
        yield tuple(peers)


BENCHMARK = Benchmark(prepare=prepare, usual=3)
