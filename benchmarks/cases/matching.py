"""How well and at what cost who is who is found on a set of unseen seed and profile, beside Splink where there is one.

From the files that contributors hand over to groups of projects, actors and those who lead, on about 5,000 records
(``SET=M``: 30,000, ``SET=L``: 300,000). Weights and thresholds were fixed beforehand. Splink learns its model and its
threshold from a set of another seed and profile, sees the same columns, and has an environment of its own, never the
project's: ``python3 -m venv data/benchmarks/splink``, then its ``pip install splink==5.0.0 pyarrow``. Its settings are
those of ``peers/with_splink.py``; its pairs join under our constraints, and only its prediction counts as its cost.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.stage import Stage
from benchmarks.harness.timing import command
from benchmarks.matching import score
from benchmarks.reference.generate import Arguments
from benchmarks.reference.sets import NAMED

PEER = Path(__file__).parents[1] / "peers" / "with_splink.py"
PROJECTS = {"S": 2_980, "M": 17_700, "L": 177_000, "XL": 590_000}  # that some 5,000 to 1,000,000 records tell of
SCORED = {"seed": 2026, "profile": 123}
LEARNED = Arguments(projects=2_980, seed=11, profile=31)
KINDS = {"project": "projects", "actor": "actors"}


@dataclass(slots=True)
class Rows:
    """Where the rows of the scored set and of that to learn from stand."""

    scored: Path
    learned: Path
    said: list[str] = field(default_factory=list)


def of_size(stage: Stage, arguments: Arguments) -> Path:
    """The folder of a set of our own."""
    named = replace(NAMED["S"], arguments=arguments)
    return replace(stage, set=named).generated()


def ours(folder: Path, rows: Path) -> Figures:
    """The project's own stations, in a process of their own."""
    told = rows.with_suffix(".json")
    command([sys.executable, "-m", "benchmarks.matched_set", str(folder), str(told), "--rows", str(rows)])
    found: dict[str, float] = json.loads(told.read_text(encoding="utf-8"))
    return found


def theirs(python: Path, rows: Rows) -> Figures:
    """Splink on the rows that we compared."""
    found: dict[str, float] = {}
    peak = seconds = 0.0
    rows.said.clear()
    for kind, name in KINDS.items():
        scored, out = rows.scored / f"{kind}.csv", rows.scored / f"{kind}-splink.csv"
        arguments = [str(python), str(PEER), kind, str(rows.learned / scored.name), str(scored), str(out)]
        try:
            told = json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)
        except subprocess.CalledProcessError as ended:  # the system ends what takes all memory
            rows.said.append(f"Splink did not end on {name}: {ended.returncode}; {ended.stderr[-200:]}")
            continue
        rows.said.append(f"Splink's threshold for {name}, learned beforehand: p ≥ {told['threshold']}")
        seconds, peak = seconds + told["cpu"], max(peak, told["peak"])
        found |= _scored(name, scored, out)
    return found | {"matching, CPU s": seconds, "peak, MiB": peak}


def _scored(name: str, scored: Path, out: Path) -> Mapping[str, float]:
    with scored.open(encoding="utf-8", newline="") as file:
        truth = {row["unique_id"]: row["truth"] for row in csv.DictReader(file)}
    with out.open(encoding="utf-8", newline="") as file:
        groups = dict(csv.reader(file))
    leads = {one: real for one, real in truth.items() if one.endswith("#porteur")}
    found = score(groups, truth).figures(name)
    return found if name == "projects" else found | score(groups, leads).figures("leaders")


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """The set of the size asked for, and with Splink the rows that it learns from."""
    folder = of_size(stage, Arguments(projects=PROJECTS[stage.set.name], **SCORED))
    rows = Rows(scored=stage.work / f"rows-{folder.name}", learned=stage.work / "rows-learned")
    python = stage.work / "splink" / "bin" / "python"
    if not python.exists():
        said = "Splink is left out: no environment of its own was found (README.md says how it is made)."
        yield (Peer("cis-graph", lambda: ours(folder, rows.scored), lambda: (said,)),)
        return
    ours(of_size(stage, LEARNED), rows.learned)
    yield (
        Peer("cis-graph", lambda: ours(folder, rows.scored)),
        Peer("Splink", lambda: theirs(python, rows), lambda: rows.said),
    )


BENCHMARK = Benchmark(prepare=prepare, usual=1, warm=0)
