from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.concepts.accepted import COLUMNS, Accepted, AcceptedLog, replayed
from cis_graph.concepts.tables import ACCEPTED, LabelTables
from cis_graph.concepts.words import Words
from cis_graph.errors import ReleaseFault
from cis_graph.model.records import Label

ONE = Accepted(
    contributor="clairiere",
    text="Le vélo, #1",
    scheme="theme",
    concept="mobilite",
    means=True,
    by="Alix",
    date="2026-01-01",
    why="said so",
)
TABLES = {("clairiere", "theme", "le-velo-1"): ("sante",)}
CONCEPTS = {"theme": frozenset({"sante", "mobilite"})}
WORDS = {("theme", "sante"): Words(french="Santé", english="Health")}
GOOD = dict(
    zip(
        COLUMNS,
        (
            "rdfs literal",
            "clairiere",
            "Vélo",
            "skos:closeMatch",
            "concept:theme/mobilite",
            "",
            "",
            "Alix",
            "2026-01-01",
            "x",
        ),
        strict=True,
    )
)


def written(folder: Path, *rows: dict[str, str]) -> Path:
    """A table written by hand."""
    lines = ["\t".join(COLUMNS), *("\t".join(row.values()) for row in rows)]
    (folder / ACCEPTED).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / ACCEPTED


def test_what_is_accepted_is_kept_once(tmp_path: Path) -> None:
    """Neither what the tables say already nor what was accepted before is written again."""
    log = AcceptedLog(tmp_path / ACCEPTED)

    assert log.record([ONE, replace(ONE, concept="sante")], TABLES) == (ONE,)
    assert log.record([replace(ONE, text="LE VELO 1")], TABLES) == ()
    assert log.read() == (ONE,)


def test_a_label_means_what_its_contributor_says_and_what_was_accepted() -> None:
    """What is accepted comes after what the tables say; what is taken back is gone, from either."""
    both = ("sante", "mobilite")
    back = replace(ONE, concept="sante", means=False)

    assert replayed(TABLES, [ONE]) == {ONE.place: both}
    assert replayed(TABLES, [ONE, back]) == {ONE.place: ("mobilite",)}
    assert replayed(TABLES, [back]) == {}
    assert replayed(TABLES, [back, replace(back, means=True), ONE]) == {ONE.place: both}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.booleans())))
def test_the_last_line_on_a_concept_wins(said: list[tuple[str, str, bool]]) -> None:
    """Whatever was said before, in whatever order of other labels."""
    every = [replace(ONE, text=text, concept=concept, means=means) for text, concept, means in said]
    known = replayed({}, every)
    last = {(one.place, one.concept): one.means for one in every}

    assert {(place, concept) for place, concepts in known.items() for concept in concepts} == {
        pair for pair, means in last.items() if means
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject_type", "owl class"),
        ("predicate_id", "owl:sameAs"),
        ("object_id", "theme/mobilite"),
        ("object_id", "concept:mobilite"),
        ("predicate_modifier", "Perhaps"),
        ("author_label", ""),
        ("comment", ""),
    ],
)
def test_a_line_that_does_not_say_all_is_refused(tmp_path: Path, field: str, value: str) -> None:
    """A table that was written by hand is believed only where it is whole."""
    assert AcceptedLog(written(tmp_path, GOOD)).read()[0].place == ("clairiere", "theme", "velo")

    with pytest.raises(ReleaseFault, match=ACCEPTED):
        AcceptedLog(written(tmp_path, GOOD | {field: value})).read()


def test_tables_find_what_was_accepted(tmp_path: Path) -> None:
    """The next build believes it, for its contributor alone."""
    written(tmp_path, GOOD)
    labels = LabelTables(tmp_path / "none", tmp_path).labels(CONCEPTS, WORDS)
    label = Label(text="VÉLO", scheme="theme")

    assert [(one.label.concept, one.how) for one in labels.find("clairiere", label)] == [("mobilite", "table")]
    assert labels.find("verger", label) == ()


def test_a_concept_that_is_gone_is_told_with_the_way_out(tmp_path: Path) -> None:
    """An edition of the schemes may drop one: the build stops and says which command takes it back."""
    tables = LabelTables(tmp_path / "none", tmp_path)
    gone = GOOD | {"object_id": "concept:theme/diligences"}
    written(tmp_path, gone)
    with pytest.raises(ReleaseFault, match='cis-graph label clairiere "velo" theme/diligences --not'):
        tables.labels(CONCEPTS, WORDS)

    written(tmp_path, gone, gone | {"predicate_modifier": "Not"})
    assert tables.labels(CONCEPTS, WORDS).known == {}


def test_the_files_of_tables_are_of_what_a_build_stands_on(tmp_path: Path) -> None:
    """What was accepted is among them, there or not."""
    assert tmp_path / ACCEPTED in LabelTables(tmp_path / "none", tmp_path).files()
