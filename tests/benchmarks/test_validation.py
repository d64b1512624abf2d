"""The measuring of validation: a whole set, and the same sample before two judges."""

from pathlib import Path

from benchmarks.cases.validation import of_set, ours, theirs
from benchmarks.reference.generate import Arguments, generate


def test_both_judges_find_the_same_in_the_sample(tmp_path: Path) -> None:
    """What the screen spares costs nothing in findings; the set's records are all counted."""
    folder = tmp_path / "set"
    generate(Arguments(projects=12, seed=5, profile=9), folder)
    judged = of_set(folder, tmp_path / "verdicts.db")
    found, plain = ours(judged), theirs(judged)

    assert len(judged.told) == found["all: records"]
    assert found["sample: findings"] == plain["sample: findings"] > 0
    assert set(plain) <= set(found)
