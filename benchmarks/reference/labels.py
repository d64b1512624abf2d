"""What a set's contributors mean by their labels, written as people would have decided it."""

import csv
import shutil
from pathlib import Path

from benchmarks.reference.dice import Dice
from benchmarks.reference.habits import Habits
from benchmarks.reference.topics import SCHEMES
from cis_graph.resources import CURATION

KNOWN = 0.95  # of the labels of themes, audiences and methods; the others are left to be found or suggested
_COLUMNS = ("label", "scheme", "concept", "by", "date", "why")
_NEEDED = frozenset({"role", "actor-type"})


def write_curation(folder: Path, contributors: tuple[Habits, ...], seed: int) -> None:
    """A ``curation`` folder with a table for each contributor, and what the project knows of others' labels."""
    (folder / "labels").mkdir(parents=True)
    shutil.copy(CURATION / "known-labels.csv", folder / "known-labels.csv")
    for habits in contributors:
        dice = Dice(seed, "labels", habits.name)
        with (folder / "labels" / f"{habits.name}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(_COLUMNS)
            for scheme, concepts in SCHEMES.items():
                for concept, wordings in concepts.items():
                    for text in dict.fromkeys(wordings):
                        if scheme in _NEEDED or dice.chance(KNOWN):
                            table.writerow((text, scheme, concept, "generator", "2026-11-22", "as generated"))
