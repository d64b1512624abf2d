"""Write a set: ``python -m benchmarks.reference S DIR``, or another of its kind (``--projects``, ``--seed``, …)."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.reference.generate import fingerprint, generate
from benchmarks.reference.sets import NAMED


def main() -> int:
    """The exit code: 1 where a named set differs from what its hashes say."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reference", description=__doc__)
    parser.add_argument("set", choices=NAMED)
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--projects", type=int, help="how many instead of the set's")
    parser.add_argument("--seed", type=int, help="another world; never learn on the seed that is scored")
    parser.add_argument("--profile", type=int, help="contributors of other habits")
    parser.add_argument("--changed", type=float, default=0.0, help="share of records that tell more (0.01)")
    given = parser.parse_args()
    named = NAMED[given.set]
    chosen = {name: value for name in ("projects", "seed", "profile", "changed") if (value := getattr(given, name))}
    counts = generate(replace(named.arguments, **chosen), given.folder)
    sums = fingerprint(given.folder)
    sys.stdout.write(f"{counts.total()} records of {len(counts)} contributors\n{sums}\n")
    return 0 if chosen or named.hashes in ({}, sums) else 1


if __name__ == "__main__":
    raise SystemExit(main())
