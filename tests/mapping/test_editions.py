from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from cis_graph.mapping.editions import Told, better_spelled, one_name, paired, same_words
from cis_graph.mapping.source import Numbered


@dataclass(frozen=True)
class Row:
    """A row of either edition."""

    key: str
    name: str


def tell(first: list[Row], newest: list[Row]) -> list[tuple[str, tuple[int, ...], bool]]:
    """What is paired: the key, the rows' numbers, and whether both editions have it."""
    tables = [[Numbered(number, row) for number, row in enumerate(rows, 1)] for rows in (first, newest)]
    units = paired(*tables, group=lambda row: (row.key, row.name), is_same=lambda one, other: one.name == other.name)
    return [(unit.content.key, unit.rows, len(unit.content.editions) == 2) for unit in units]


def test_rows_are_paired_by_number_and_name() -> None:
    """The newest edition's row of a number goes with the first one's rows of that key if they are the same thing."""
    first = [Row("1", "a"), Row("1", "a"), Row("2", "b"), Row("2", "z"), Row("x", "c")]
    newest = [Row("", "a"), Row("", "other"), Row("", "d")]
    assert tell(first, newest) == [
        ("1", (1, 2, 1), True),
        ("2", (3,), False),
        ("2", (4,), False),
        ("x", (5,), False),
        ("2", (2,), False),
        ("3", (3,), False),
    ]


ROWS = st.lists(st.builds(Row, st.sampled_from("123é"), st.sampled_from("abc")), max_size=8)


@given(ROWS, ROWS)
def test_no_row_is_lost_or_used_twice(first: list[Row], newest: list[Row]) -> None:
    """Each row of both editions is part of one pair."""
    assert sum(len(rows) for _, rows, _ in tell(first, newest)) == len(first) + len(newest)


def test_the_newest_edition_comes_first() -> None:
    """The editions of a thing are told newest first, and the one that is missing is left out."""
    assert Told(key="1", first=("old", "older"), newest="new").editions == ("new", "old")
    assert Told(key="1", first=(), newest="new").editions == ("new",)


@given(st.text(), st.text())
def test_agreement_goes_both_ways(one: str, other: str) -> None:
    """Two names agree or not whichever comes first, and every name agrees with itself."""
    assert same_words(one, other) == same_words(other, one)
    assert same_words(one, one)


def test_letters_and_digits_make_a_name() -> None:
    """Case, accents, blanks, entities and punctuation do not tell names apart; letters and digits do."""
    assert same_words("Économie &amp; Cie !", "ECONOMIE  cie")
    assert not same_words("Ecomains #2", "Ecomains")
    assert not same_words("Sport & Cancer", "Sport et Cancer")


def test_the_better_spelling_has_its_marks() -> None:
    """Commas win over none, quotation marks around a name do not, and of equals the newer wins."""
    assert better_spelled("Vivez les", "Vivez, les !") == "Vivez, les !"
    assert better_spelled("Job dans la Ville", "« Job dans la Ville »") == "Job dans la Ville"
    assert better_spelled("Réseau", "réseau") == "Réseau"


def test_another_name_stays_beside() -> None:
    """Two spellings of a name give one; two names give both."""
    assert one_name("Vivez les", "Vivez, les") == ("Vivez, les", None)
    assert one_name("Festival", "Festival 2") == ("Festival", "Festival 2")
