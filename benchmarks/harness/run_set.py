"""Take a set through the stations: ``python -m benchmarks.harness.run_set SET DATA [--profile FILE] [--dumps]``."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.harness.sampling import sampled
from benchmarks.reference.mappers import mappers
from cis_graph import pipeline
from cis_graph.settings import Settings


def main() -> None:
    """Harvests, builds and publishes; with ``--profile``, writes what each station cost, with ``--dumps``, dumps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--dumps", action="store_true")
    given = parser.parse_args()
    if given.profile is None:
        _run(given.set, given.data)
    else:
        with sampled() as costs:
            _run(given.set, given.data)
        given.profile.write_text(json.dumps(costs), encoding="utf-8")
    if given.dumps:
        pipeline.dump(Settings(data=given.data))


def _run(folder: Path, data: Path) -> None:
    settings, known = Settings(data=data), mappers(folder)

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")

    if not pipeline.harvest(settings, known, say, folder / "bundle"):
        raise SystemExit("a source could not be harvested")
    pipeline.build(settings, known, say, curation=folder / "curation")
    pipeline.publish(settings)


if __name__ == "__main__":
    main()
