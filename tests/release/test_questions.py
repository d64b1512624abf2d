"""Open questions, written packed and read again."""

import gzip
import json
from pathlib import Path

import pytest

from cis_graph.errors import ReleaseFault
from cis_graph.model.decisions import Question, Reason, Side
from cis_graph.model.nodes import NodeId
from cis_graph.release.information import REPORT
from cis_graph.release.questions import read_questions, told, write_questions


def side(name: str) -> Side:
    """One side of a question."""
    node = NodeId("verger", f"é\u2028{name}", "project")
    return Side(key=name, node=node, members=(node, NodeId("clairiere", name, "project")))


ASKED = tuple(
    Question(
        kind="project",
        one=side(f"a{number}"),
        other=side(f"b{number}"),
        score=-0.5,
        threshold=2.0,
        value=1.25,
        reasons=(Reason(question="name", level="near", weight=1.5),),
    )
    for number in range(3)
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder of a release."""
    (tmp_path / REPORT).mkdir()
    return tmp_path


def test_questions_are_read_as_they_were_written(place: Path) -> None:
    """In their order, whatever characters their names hold."""
    write_questions(place, ASKED)

    assert read_questions(place) == ASKED


def test_an_older_release_is_read_too(place: Path) -> None:
    """Before they were packed, questions stood in a plain file."""
    lines = "".join(f"{json.dumps(told(one), ensure_ascii=False)}\n" for one in ASKED)
    (place / REPORT / "questions.ndjson").write_text(lines, encoding="utf-8")

    assert read_questions(place) == ASKED


DAMAGED = {
    "not packed": b"no gzip",
    "cut": gzip.compress(b"{}\n")[:-9],
    "incomplete": gzip.compress(b'{"name": 1}\n'),
    "something else": gzip.compress(b"[1]\n"),
}


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_told(place: Path, damaged: bytes) -> None:
    """Whether it is cut, not packed, or says something else."""
    (place / REPORT / "questions.ndjson.gz").write_bytes(damaged)

    with pytest.raises(ReleaseFault, match="damaged"):
        read_questions(place)
