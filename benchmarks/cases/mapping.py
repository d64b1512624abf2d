"""How many records and triples a second mapping and RDF make of a set's registers, beside morph-kgc where there is one.

Both read the same CSV (UTF-8, commas; a table of projects, a table of who takes part in them) in one process and write
their triples to a file; imports do not count. morph-kgc runs ``peers/register.rml.ttl``, which has our classes and
properties, without what RML has no words for: checking identifiers and dates, cutting lists, cleaning texts, a report
of what was refused, a state of each record. What we resolve besides, places and concepts, is told apart, not counted.
Its environment is its own: ``python3 -m venv data/benchmarks/morph-kgc``, then its ``pip install morph-kgc==2.10.0``.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.stage import Stage
from benchmarks.mapped_registers import figures, registers

PEER = Path(__file__).parents[1] / "peers" / "with_morph_kgc.py"


def ours(folder: Path, place: Path) -> Figures:
    """The project's own stations, in a process of their own."""
    told = place / "ours.json"
    arguments = [sys.executable, "-m", "benchmarks.mapped_registers", str(folder), str(place), str(told)]
    subprocess.run(arguments, check=True)
    found: Figures = json.loads(told.read_text(encoding="utf-8"))
    return found


def theirs(python: Path, place: Path, said: set[str]) -> Figures:
    """morph-kgc on the files that we read; ``said`` gets its version."""
    arguments = [str(python), str(PEER), str(place), str(place / "theirs.nt")]
    told = json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)
    said.add(f"morph-kgc {told['version']}, in an environment of its own, one process")
    return figures(told["records"], told["triples"], told["cpu"], told["peak"])


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """The registers of the set as plain CSV."""
    folder, place = stage.generated(), stage.fresh("registers")
    list(registers(folder, place))
    python = stage.work / "morph-kgc" / "bin" / "python"
    if not python.exists():
        alone = "morph-kgc is left out: no environment of its own was found (README.md says how it is made)."
        yield (Peer("cis-graph", lambda: ours(folder, place), lambda: (alone,)),)
        return
    said = set[str]()
    yield (
        Peer("cis-graph", lambda: ours(folder, place)),
        Peer("morph-kgc", lambda: theirs(python, place, said), lambda: tuple(said)),
    )


BENCHMARK = Benchmark(prepare=prepare, usual=3, rounds={"M": 1, "L": 1, "XL": 1}, warm=1)
