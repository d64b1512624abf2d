"""How long territories by territories take over generated tables with as many projects as the set, at each level.

Each run asks the tables in this process for what a page and its twins show, whole and under a theme and a year; the
tables are written in SQL, no release.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import get_args

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.network_tables import write_generated
from benchmarks.harness.stage import Stage
from cis_graph.model.network import NetworkFilter, NetworkLevel
from cis_graph.network.opened import Tables

SHOWN = 300  # territories at most, as in the twins


def asked(tables: Tables) -> Figures:
    """Each level once without and once with filters."""
    figures: dict[str, float] = {}
    for level in get_args(NetworkLevel):
        for name, asking in (
            ("whole", NetworkFilter(level=level)),
            ("filtered", NetworkFilter(level=level, themes=("sante",), begins=date(2015, 1, 1))),
        ):
            started = time.perf_counter()
            cells = len(tables.matrix(asking, SHOWN).weights)
            figures[f"{level}, {name}, ms"] = (time.perf_counter() - started) * 1_000
            figures[f"{level}, {name}: cells"] = cells
    return figures


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """The tables, written anew."""
    path = stage.fresh("network-matrix") / "network.duckdb"
    path.parent.mkdir()
    write_generated(path, stage.set.arguments.projects)
    yield (Peer("tables", partial(asked, Tables(path))),)


BENCHMARK = Benchmark(prepare=prepare, usual=3)
