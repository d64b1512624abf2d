from pathlib import Path

import pytest

from cis_graph.errors import ReleaseFault
from cis_graph.reconciliation.weights import Answer, Weights

FILE = """
prior: -2.0
bounds: {same: 1.0, unsure: -1.0, size: 10000, rise: 0.5}
questions:
  name: {same: 4.0, other: -3.0}
"""


def weights(folder: Path, text: str = FILE) -> Weights:
    """Weights of one question, from a file."""
    path = folder / "w.yaml"
    path.write_text(text, encoding="utf-8")
    return Weights.load(path, ["name"])


def test_a_score_is_the_prior_and_what_each_level_weighs(tmp_path: Path) -> None:
    """A level that nobody learned weighs nothing."""
    found = weights(tmp_path)

    assert found.score(["name"], ["same"]) == 2.0
    assert found.score(["name"], ["never-seen"]) == -2.0


def test_there_are_three_answers(tmp_path: Path) -> None:
    """Same from one bound on, unsure from another, different below."""
    found = weights(tmp_path)

    assert [found.answer(score, 10_000) for score in (1.0, 0.0, -1.5)] == [
        Answer.SAME,
        Answer.UNSURE,
        Answer.DIFFERENT,
    ]


def test_the_threshold_rises_with_the_corpus(tmp_path: Path) -> None:
    """The more things, the more chance resemblances; a small set is judged like one of five thousand."""
    found = weights(tmp_path)

    assert found.threshold(1_000_000) > found.threshold(10_000) == 1.0
    assert found.threshold(3) == found.threshold(5_000)


@pytest.mark.parametrize("text", ["", "prior: x", "[1, 2]", "prior: 1\nbounds: {}\nquestions: {}", ": :", "\x00"])
def test_a_damaged_file_is_refused(tmp_path: Path, text: str) -> None:
    """What does not read as weights stops the build and says which file."""
    with pytest.raises(ReleaseFault, match="holds no weights"):
        weights(tmp_path, text)


def test_a_file_that_answers_other_questions_is_refused(tmp_path: Path) -> None:
    """Weights of an older set of questions are not used by mistake."""
    with pytest.raises(ReleaseFault, match="the questions are"):
        weights(tmp_path, FILE.replace("name:", "title:"))
