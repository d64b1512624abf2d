"""What it costs to hold a set's records to the shapes: all of them, again unchanged, one alone; beside plain pySHACL.

All records are judged on two processes; their processor seconds by two are what they take on two cores that do nothing
else. Verdicts are remembered, so the same records again are looked up. One record is judged as a push of it would be,
in a process that has its words and shapes. pySHACL runs the shapes as they are written on a sample of the records,
beside the same types of what they cite; we judge the same sample in one process, and both must find the same.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.processes import cpu_seconds
from benchmarks.harness.stage import Stage
from benchmarks.reference.mappers import mappers
from cis_graph.concepts.tables import LabelTables
from cis_graph.harvest.reading import read
from cis_graph.intake.ground import Ground
from cis_graph.mapping.run import run
from cis_graph.pipeline import project_house
from cis_graph.rdf.reference import stub_lines
from cis_graph.rdf.told import Told, say, tell
from cis_graph.validation.judge import judge, stubs_of
from cis_graph.validation.records import sort_out
from cis_graph.validation.shapes import Shapes, load_shapes
from cis_graph.validation.verdicts import Verdicts

SAMPLE = 400
ALONE = 50  # records judged one by one
PROCESSES = 2
_AT = "2026-11-22T00:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Records in RDF, the types of all that they may cite, and where verdicts are remembered."""

    told: Sequence[Told]
    ground: Ground
    stubs: bytes
    cache: Path

    @property
    def sample(self) -> bytes:
        """Some records from the whole of the set."""
        some = self.told[:: max(1, len(self.told) // SAMPLE)][:SAMPLE]
        return b"\n".join(map(_text, some))


def of_set(folder: Path, cache: Path) -> Judged:
    """The records of a generated set, mapped, resolved and told."""
    ground = Ground.of(project_house("https://carrefour.example/"), LabelTables(folder / "curation"))
    house, told, known = ground.house, list[Told](), mappers(folder)
    for mapper in known:
        source, bundle = mapper.source, folder / "bundle" / mapper.source.slug
        tables = tuple(read(file, (bundle / file.name).read_bytes()) for file in source.data)
        records = [ground.resolution.resolve(one, source.slug)[0] for one in run(mapper, tables).records]
        spoken = say(records, house.context, house.iris)
        told += [tell(one, said, source, house.iris, _AT) for one, said in zip(records, spoken, strict=True)]
    contributors = sorted({mapper.source.contributor for mapper in known})
    stubs = stub_lines(house.vocabulary, house.gazetteer.territories, contributors, house.iris)
    return Judged(told=told, ground=ground, stubs=stubs, cache=cache)


def ours(judged: Judged) -> Figures:
    """The screen, and pySHACL for what it does not clear."""
    judged.cache.unlink(missing_ok=True)
    count = len(judged.told)
    first = _cost(lambda: _all(judged))
    again = _cost(lambda: _all(judged))
    return {
        **_of_sample(judged, load_shapes("records")),
        "all: records": count,
        "all: findings": first.findings,
        "all: CPU s": first.cpu,
        "all: wall, s": first.wall,
        "all: CPU ms a record": 1_000 * first.cpu / count,
        "all: s on two cores, by CPU": first.cpu / 2,
        "30,000 records: s on two cores, by CPU": first.cpu / 2 * 30_000 / count,
        "again, unchanged: CPU s": again.cpu,
        "one record: CPU ms, median": _one_by_one(judged),
    }


def theirs(judged: Judged) -> Figures:
    """Plain pySHACL, on the shapes as they are written."""
    shapes = load_shapes("records")
    return _of_sample(judged, replace(shapes, engine=shapes.graph, screen=None))


def _of_sample(judged: Judged, shapes: Shapes) -> Figures:
    stubs, sample = stubs_of(judged.stubs), judged.sample
    cost = _cost(lambda: len(judge(sample, stubs=stubs, shapes=shapes)))
    count = min(SAMPLE, len(judged.told))
    return {
        "sample: records": count,
        "sample: findings": cost.findings,
        "sample: CPU ms a record": 1_000 * cost.cpu / count,
    }


@dataclass(frozen=True, slots=True)
class _Cost:
    findings: int
    cpu: float
    wall: float


def _cost(work: Callable[[], int]) -> _Cost:
    """What some work finds, and what it costs in this process and in those it starts."""
    cpu, wall = cpu_seconds(os.getpid()), time.perf_counter()
    found = work()
    return _Cost(found, cpu_seconds(os.getpid()) - cpu, time.perf_counter() - wall)


def _all(judged: Judged) -> int:
    with Verdicts.opened(judged.cache, judged.stubs) as verdicts:
        return len(sort_out(judged.told, judged.stubs, PROCESSES, verdicts).findings)


def _one_by_one(judged: Judged) -> float:
    taken: list[float] = []
    for one in judged.told[:: max(1, len(judged.told) // ALONE)][:ALONE]:
        started = time.process_time()
        sort_out((one,), judged.ground.stubs((_text(one),), one.source.contributor), 1)
        taken.append(1_000 * (time.process_time() - started))
    return median(taken)


def _text(told: Told) -> bytes:
    return "\n".join(told.statements | told.provenance).encode()


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """The records of the set in RDF."""
    judged = of_set(stage.generated(), stage.fresh("verdicts.db"))
    yield Peer("cis-graph", lambda: ours(judged)), Peer("pySHACL alone", lambda: theirs(judged))


BENCHMARK = Benchmark(prepare=prepare, usual=3, rounds={"M": 1, "L": 1, "XL": 1}, warm=0)
