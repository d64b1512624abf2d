"""The measuring of matching: shares of pairs and things, from a set's files to its figures."""

import csv
from pathlib import Path

import pytest

from benchmarks.matched_set import COLUMNS, measured
from benchmarks.matching import score
from benchmarks.reference.generate import Arguments, generate


def test_shares_are_of_pairs_and_of_things() -> None:
    """Of the pairs ab, cd that are true, ab and bc are found: half are right, half are found."""
    found = score({"a": 1, "b": 1, "c": 1, "d": 2}, {"a": 1, "b": 1, "c": 2, "d": 2})

    assert (found.precision, found.recall) == (1 / 3, 1 / 2)
    assert found.f1 == pytest.approx(0.4)
    assert found.b_precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.figures("projects")["projects: recall, %"] == 50


def test_a_set_is_matched_from_its_files(tmp_path: Path) -> None:
    """Every share lies between chance and certainty, and the rows for another engine are those that were scored."""
    folder, rows = tmp_path / "set", tmp_path / "rows"
    generate(Arguments(projects=40, seed=5, profile=9), folder)
    found = measured(folder, rows)

    assert found["projects: precision, %"] > 80
    assert found["leaders: recall, %"] > 50
    for kind, name in (("project", "projects"), ("actor", "actors")):
        with (rows / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            told = list(csv.DictReader(file))
        assert tuple(told[0]) == COLUMNS
        assert len(told) == found[name] == len({row["unique_id"] for row in told})
