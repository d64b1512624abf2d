"""What each station from harvest to release costs, and holds in memory, on the whole set beside a half and a quarter.

Where a station's cost grows as the records do, the ratio of its processor seconds is 2 to the half, 4 to the quarter; a
fixed cost (reading the gazetteer, the reference part of a release) makes it less.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.sampling import OTHER, STATIONS
from benchmarks.harness.stage import Stage, run_command
from benchmarks.harness.timing import command
from benchmarks.reference.mappers import INDEX

SHARES = {"whole": 1.0, "half": 0.5, "quarter": 0.25}


def through_all(stage: Stage, share: float) -> Figures:
    """Takes a share of the set through every station in a process of its own."""
    folder, data = stage.generated(share=share), stage.fresh("stations")
    profile = data.with_suffix(".json")
    whole = command(run_command(folder, data, "--profile", str(profile)))
    costs = json.loads(profile.read_text(encoding="utf-8"))
    records: int = json.loads((folder / INDEX).read_text(encoding="utf-8"))["records"]
    shutil.rmtree(data)
    nothing = {"wall": 0.0, "CPU": 0.0, "peak": 0.0}
    figures = {"records": float(records)}
    for station in (*dict.fromkeys(STATIONS.values()), OTHER):
        cost = costs.get(station, nothing)
        figures |= {f"{station}, CPU s": cost["CPU"], f"{station}, wall s": cost["wall"]}
        figures[f"{station}, MiB"] = cost["peak"]
    return figures | {
        "all, CPU s": whole["CPU, s"],
        "all, wall s": whole["wall, s"],
        "all, MiB": max(cost["peak"] for cost in costs.values()),
        "all, CPU ms a record": whole["CPU, s"] * 1_000 / records,
    }


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """The set in three sizes."""
    for share in SHARES.values():
        stage.generated(share=share)
    yield [Peer(name, partial(through_all, stage, share)) for name, share in SHARES.items()]


BENCHMARK = Benchmark(prepare=prepare, usual=3, rounds={"M": 1, "L": 1, "XL": 1}, warm=0)
