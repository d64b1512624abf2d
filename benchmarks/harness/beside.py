"""Our endpoint and plain Oxigraph over one release, asked the same."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, repeat

from benchmarks.harness.asking import asked
from benchmarks.harness.benchmark import Figures, Peer, Prepare
from benchmarks.harness.processes import memory
from benchmarks.harness.servers import Server, ours, oxigraph
from benchmarks.harness.stage import Stage

_IN_A_ROW = 10


def long_answers(queries: Mapping[str, str], accept: str) -> Prepare:
    """Both servers as peers, asked queries by their names; their memory afterwards is told too.

    The first is asked some times in a row: a process that has just started reads what it keeps from then on.
    """

    def ask(server: Server) -> Figures:
        figures: dict[str, float] = {}
        for (name, query), times in zip(queries.items(), chain([_IN_A_ROW], repeat(1)), strict=False):
            found = asked(server, query, accept, times)
            figures |= {f"{name}: {figure}": value for figure, value in found.items()}
        return figures | {"memory afterwards, MiB": memory(server.pid)}

    @contextmanager
    def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
        data = stage.release()
        with ours(data) as one, oxigraph(data) as other:
            for server in (one, other):  # what a server does once, after its start, counts for nobody
                ask(server)
            yield Peer("cis-graph", partial(ask, one)), Peer("Oxigraph", partial(ask, other))

    return prepare
