from pathlib import Path

import pytest

from cis_graph.errors import ReleaseFault
from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.decisions import COLUMNS, Decision, load_decisions
from cis_graph.resources import CURATION

GOOD = {
    "subject_id": "a/1#x",
    "predicate_id": "skos:exactMatch",
    "object_id": "b/é/2#y",
    "predicate_modifier": "",
    "mapping_justification": "semapv:ManualMappingCuration",
    "author_label": "curator",
    "mapping_date": "2026-01-01",
    "comment": "one house",
}


def table(folder: Path, *rows: dict[str, str]) -> Path:
    """A table of decisions on disk."""
    path = folder / "decisions.sssom.tsv"
    lines = ["# a note", "\t".join(COLUMNS), *("\t".join(row[column] for column in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_line_is_a_decision_with_who_when_and_why(tmp_path: Path) -> None:
    """Each line keeps its pair, its answer and its author; a record's key may hold a slash."""
    (same, different) = load_decisions(table(tmp_path, GOOD, GOOD | {"predicate_modifier": "Not"}))

    assert same == Decision(
        first=NodeId("a", "1", "x"),
        second=NodeId("b", "é/2", "y"),
        same=True,
        by="curator",
        date="2026-01-01",
        why="one house",
    )
    assert not different.same


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject_id", "a/1"),
        ("object_id", "#x"),
        ("predicate_id", "owl:sameAs"),
        ("predicate_modifier", "Maybe"),
        ("author_label", ""),
        ("mapping_date", ""),
        ("comment", ""),
    ],
)
def test_a_line_that_does_not_say_all_is_refused(tmp_path: Path, field: str, value: str) -> None:
    """Without a pair, a known answer, who, when and why there is no decision."""
    with pytest.raises(ReleaseFault, match=r"decisions\.sssom\.tsv"):
        load_decisions(table(tmp_path, GOOD | {field: value}))


def test_other_columns_are_refused(tmp_path: Path) -> None:
    """A table with other columns is not guessed at."""
    path = tmp_path / "decisions.sssom.tsv"
    path.write_text("subject_id\tobject_id\n", encoding="utf-8")

    with pytest.raises(ReleaseFault, match="columns"):
        load_decisions(path)


def test_no_table_is_no_decision(tmp_path: Path) -> None:
    """A project without decisions has none."""
    assert load_decisions(tmp_path / "none.tsv") == ()


def test_the_kept_decisions_can_be_read() -> None:
    """The project's own table is well formed."""
    assert all(decision.by and decision.why for decision in load_decisions(CURATION / "decisions.sssom.tsv"))
