"""The harness: peers in turn, ratios round by round, results as files."""

import json
import os
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from statistics import median, stdev

import pytest

from benchmarks.harness.benchmark import Benchmark, Figures, Peer, load, names
from benchmarks.harness.machine import machine, versions
from benchmarks.harness.processes import MIB, cpu_seconds, memory
from benchmarks.harness.report import RESULTS, markdown, result, write
from benchmarks.harness.rounds import Summary, in_turn, ratios, summaries
from benchmarks.harness.sampling import OTHER, sampled
from benchmarks.harness.timing import command
from cis_graph.processes import forked
from cis_graph.rdf.windows import by_subject
from cis_graph.territories.gazetteer import Gazetteer

MEASURED: dict[str, list[Figures]] = {
    "ours": [{"wall, s": 2.0}, {"wall, s": 4.0}, {"wall, s": 3.0}],
    "theirs": [{"wall, s": 1.0}, {"wall, s": 2.0}, {"wall, s": 3.0}],
}


def test_peers_run_in_turn_and_change_places() -> None:
    """What slows the machine down slows both: A B, B A, A B; rounds to get warm are not counted."""
    order: list[str] = []

    def peer(name: str) -> Peer:
        def run() -> Figures:
            order.append(name)
            return {"runs": float(len(order))}

        return Peer(name, run)

    measured = in_turn((peer("a"), peer("b")), rounds=3, warm=1)

    assert [*"ba", *"ab", *"ba", *"ab"] == order
    assert [3.0, 6.0, 7.0] == [one["runs"] for one in measured["a"]]


def test_ratios_are_taken_round_by_round() -> None:
    """The median of the rounds' ratios, not the ratio of medians."""
    found = ratios(MEASURED)["theirs"]["wall, s"]

    assert (2.0, 1.0, 2.0) == (found.median, found.least, found.most)


def test_there_are_as_many_rounds_as_it_takes_to_be_sure() -> None:
    """Ratios that agree end it, those that do not go on to the most there may be, and no more are run than asked."""

    def rounds(figures: list[float], most: int) -> int:
        following = cycle(figures)
        steady, other = Peer("a", lambda: {"s": next(following)}), Peer("b", lambda: {"s": 1.0})
        return len(in_turn((steady, other), rounds=5, warm=0, most=most)["a"])

    assert rounds([1.0, 1.01, 1.02], 30) == 5
    assert rounds([1.0, 3.0], 30) == 30
    assert 5 < rounds([1.0, 1.1, 1.2], 30) < 30
    assert rounds([1.0, 3.0], 0) == 5


def test_doubt_is_the_standard_error_of_the_median() -> None:
    """Of normal values it is what their medians differ by from sample to sample; of few values it is not told."""
    dice = random.Random(1)
    samples = [[dice.gauss(10, 1) for _ in range(25)] for _ in range(2_000)]
    told = median(Summary.of(values).doubt for values in samples)

    assert stdev(map(median, samples)) / 10 == pytest.approx(told, rel=0.1)
    assert Summary.of([1.0, 2.0, 3.0, 4.0]).doubt == 0


def test_the_spread_is_a_share_of_the_median() -> None:
    """From 2 to 4 around 3 is two thirds."""
    assert pytest.approx(2 / 3) == summaries(MEASURED)["ours"]["wall, s"].spread


def test_results_are_written_as_json_and_as_a_table(tmp_path: Path) -> None:
    """The table has every peer and figure; the JSON every round."""
    found = result(
        name="places",
        sentence="How long.",
        set_name="S",
        projects=1_000,
        machine=machine(),
        versions=versions(),
        measured=MEASURED,
    )
    text = write(found, tmp_path).read_text(encoding="utf-8")

    assert "| wall, s | 3 (67%) | 2 (100%) | 2 (1 to 2) |" in text
    assert MEASURED == json.loads((tmp_path / "S" / "places.json").read_text(encoding="utf-8"))["rounds"]


def test_a_ratio_is_told_with_its_doubt(tmp_path: Path) -> None:
    """Where there were rounds enough to tell, the table says how far the next run may be from this one."""
    ours = [{"wall, s": value} for value in (2.0, 2.1, 2.2, 2.0, 2.1)]
    measured: dict[str, list[Figures]] = {"ours": [*ours], "theirs": [{"wall, s": 1.0}] * 5}
    found = result(
        name="places", sentence="How long.", set_name="S", projects=1, machine=machine(), versions={}, measured=measured
    )

    assert "| 2.1 ± 4% (2 to 2.2) |" in write(found, tmp_path).read_text(encoding="utf-8")


def test_remarks_stand_below_the_table(tmp_path: Path) -> None:
    """What a number cannot say is listed line by line, and kept in the JSON."""
    found = result(
        name="places", sentence="How long.", set_name="S", projects=1, machine=machine(), versions={}, measured=MEASURED
    ) | {"remarks": ["a = b"]}
    text = write(found, tmp_path).read_text(encoding="utf-8")

    assert text.index("| wall, s |") < text.index("\n- a = b\n")
    assert json.loads((tmp_path / "S" / "places.json").read_text(encoding="utf-8"))["remarks"] == ["a = b"]


def test_results_do_not_name_the_machine() -> None:
    """Cores, memory and processor, never a host."""
    assert os.uname().nodename not in json.dumps(machine()).split('"')


@pytest.mark.parametrize("path", sorted(RESULTS.glob("*/*.json")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_committed_table_is_that_of_its_figures(path: Path) -> None:
    """No table was written by hand, and its benchmark is still there."""
    found = json.loads(path.read_text(encoding="utf-8"))

    assert markdown(found) == path.with_suffix(".md").read_text(encoding="utf-8")
    assert path.stem in names()


@pytest.mark.parametrize("name", names())
def test_every_benchmark_says_what_it_measures(name: str) -> None:
    """A file is one benchmark and begins with one sentence on what it measures, beside what."""
    benchmark, sentence = load(name)

    assert isinstance(benchmark, Benchmark)
    assert sentence.endswith(".")
    assert 40 < len(sentence) < 250


def test_a_command_that_fails_is_not_measured() -> None:
    """A figure of a run that did nothing would be a good one."""
    with pytest.raises(Exception, match="exit status 3"):
        command([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_command_is_measured_with_what_it_started() -> None:
    """Processor time of a child's child counts too."""
    inner = "import time\\nend = time.process_time() + 0.3\\nwhile time.process_time() < end: pass"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '''{inner}'''], check=True)"

    assert command([sys.executable, "-c", code])["CPU, s"] >= 0.3


def test_the_memory_of_a_command_is_that_of_all_its_processes() -> None:
    """What two of them hold at once is added up."""
    holding = "held = bytearray(60_000_000); import time; time.sleep(2)"
    code = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {holding!r}])\n{holding}"

    assert 110 < command([sys.executable, "-c", code])["peak of all processes, MiB"] < 200


def test_a_process_that_is_gone_costs_nothing() -> None:
    """A worker may end while it is looked at."""
    assert (0.0, 0.0) == (cpu_seconds(2**22 + 1), memory(2**22 + 1))


def test_a_moment_belongs_to_the_station_at_work() -> None:
    """Reading the gazetteer is resolving; what stands outside of the house is neither."""
    with sampled() as costs:
        Gazetteer.load()
        until = time.monotonic() + 20
        while OTHER not in costs and time.monotonic() < until:  # a busy machine looks seldom
            time.sleep(0.01)

    assert costs["resolve"]["wall"] > 0
    assert costs[OTHER]["peak"] > 1


def test_what_is_looked_at_may_fork() -> None:
    """Looking needs no thread: beside one, the pipeline forks no process and shares no memory."""
    before = threading.active_count()

    with sampled():
        assert threading.active_count() == before


def test_pages_that_processes_share_count_once() -> None:
    """A forked process that only reads holds nothing of its own."""
    held, before = bytearray(b"x") * (64 * MIB), memory()

    def read(_: None) -> int:
        return sum(held[::4096])

    with forked(1, read) as ask:
        ask(None).result()

        assert memory() < before + 48
    assert len(held) == 64 * MIB


def test_a_forked_process_is_looked_at_too() -> None:
    """What it does is of the station that does it, and takes none of the main thread's time."""

    def read(_: None) -> None:
        until = time.process_time() + 1
        while time.process_time() < until:
            Gazetteer.load()

    with sampled() as costs, forked(1, read) as ask:
        ask(None).result()

    assert costs["resolve"]["CPU"] > 0.5
    assert costs["resolve"]["wall"] == 0


def test_what_another_thread_spends_is_its_own_station_s() -> None:
    """A thread that reads RDF does so, whatever the main thread waits for."""
    lines = [b"<urn:%d> <urn:p> <urn:o> .\n" % number for number in range(100_000)]
    with sampled() as costs, ThreadPoolExecutor(1, "RDF") as thread:
        until = time.monotonic() + 20
        while costs.get("RDF", {}).get("CPU", 0.0) <= 0 and time.monotonic() < until:
            thread.submit(lambda: sum(1 for _ in by_subject(lines))).result()

    assert costs["RDF"]["CPU"] > 0
    assert costs["RDF"]["wall"] == 0
