"""Run benchmarks and write their results: ``python -m benchmarks [--set S|M|L|XL] [--only NAME]``."""

import argparse
import sys
import traceback
from pathlib import Path

from benchmarks.harness.benchmark import load, names
from benchmarks.harness.machine import machine, versions
from benchmarks.harness.report import RESULTS, markdown, result, write
from benchmarks.harness.rounds import in_turn
from benchmarks.harness.stage import Stage
from benchmarks.reference.sets import NAMED

WORK = Path("data") / "benchmarks"


def main() -> None:
    """Runs what was asked for, one benchmark after the other; one that fails does not keep the others from running."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--set", choices=NAMED, default="S", help="the reference set to measure on")
    parser.add_argument("--only", choices=names(), action="append", help="this benchmark; may be repeated")
    parser.add_argument("--rounds", type=int, help="how many, instead of the benchmark's own number")
    parser.add_argument("--work", type=Path, default=WORK, help="where sets and releases are kept from run to run")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where results are written")
    given = parser.parse_args()
    stage = Stage(set=NAMED[given.set], work=given.work.resolve())
    failed = []
    for name in given.only or names():
        try:
            run(name, stage, given.results, given.rounds)
        except Exception:  # noqa: BLE001 - whatever it is, the others do not depend on it
            failed.append(name)
            sys.stderr.write(f"{name} failed:\n{traceback.format_exc()}\n")
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


def run(name: str, stage: Stage, results: Path, rounds: int | None) -> None:
    """Runs one benchmark and writes what it found."""
    benchmark, sentence = load(name)
    with benchmark.prepare(stage) as peers:
        if not peers:  # it has said why
            return
        before = machine()
        wanted = rounds or benchmark.rounds.get(stage.set.name, benchmark.usual)
        measured = in_turn(peers, wanted, benchmark.warm, 0 if rounds else benchmark.most)
        remarks = [remark for peer in peers for remark in peer.remarks()]
    found = result(
        name=name,
        sentence=sentence,
        set_name=stage.set.name,
        projects=stage.set.arguments.projects,
        machine=before,
        versions=versions(),
        measured=measured,
    )
    found["remarks"] = remarks
    write(found, results)
    sys.stdout.write(f"{markdown(found)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
