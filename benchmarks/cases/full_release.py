"""What a release of the whole set costs from nothing, harvest to publication, looked at from outside.

Nothing is asked of the stations, which costs M a fifth of its time in `stations`: wall and processor seconds, and the
most memory that all processes hold together. Dumps are written after publication and do not count.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.stage import Stage, run_command
from benchmarks.harness.timing import command
from cis_graph.release.information import read_information
from cis_graph.release.shelf import Shelf


def release(stage: Stage, folder: Path) -> Figures:
    """Takes the set through every station."""
    data = stage.fresh("full-release")
    spent = command(run_command(folder, data))
    records = read_information(Shelf(data).served_place()).counts["record"]
    shutil.rmtree(data)
    return {"records": records, **spent, "CPU a record, ms": 1_000 * spent["CPU, s"] / records}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """The set alone."""
    folder = stage.generated()
    yield (Peer("cis-graph", lambda: release(stage, folder)),)


BENCHMARK = Benchmark(prepare=prepare, usual=3, rounds={"M": 1, "L": 1, "XL": 1}, warm=0)
