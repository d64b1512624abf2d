"""How matching does on pairs of real organisations whose register numbers are hidden, with a list of false merges.

The file is that which ``CIS_GOLD_PAIRS`` names, else ``../shared/data/gold-entity-resolution``'s pairs of two sources.
All its records are matched together, by name and place alone. Its labels are those of legal entities: some pairs that
are labelled distinct are one in truth.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.gold_matching import Judged, judged
from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.stage import Stage
from benchmarks.harness.timing import timed

GOLD = Path(__file__).parents[3] / "shared" / "data" / "gold-entity-resolution" / "pairs_cross_source_siret.csv"


@contextmanager
def prepare(_: Stage) -> Iterator[Sequence[Peer]]:
    """The matcher over the pairs; nobody where there are none."""
    pairs, last = Path(os.environ.get("CIS_GOLD_PAIRS", GOLD)), list[Judged]()
    if not pairs.exists():
        sys.stdout.write(f"gold_matching is left out: there is no {pairs}; name a file of pairs in CIS_GOLD_PAIRS\n")
        yield ()
        return

    def run() -> Figures:
        cost = timed(lambda: last.append(judged(pairs)))
        found = last[-1]
        return {
            "records": found.records,
            "pairs": found.pairs,
            "precision, %": 100 * found.precision,
            "recall, %": 100 * found.recall,
            "false merges": len(found.false),
            "left to review, pairs": found.unsure,
            "CPU, s": cost["CPU, s"],
        }

    yield (Peer("cis-graph", run, lambda: [f"{one} = {other}" for one, other in last[-1].false]),)


BENCHMARK = Benchmark(prepare=prepare, usual=1, warm=0)
