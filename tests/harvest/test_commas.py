import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.harvest.commas import mended
from cis_graph.mapping.tables import CsvFile

FILE = CsvFile(name="x", amount="sum", prose=frozenset({"who", "what", "how"}))
HEADER = ("no", "who", "what", "sum", "kind", "how", "end")
WORDS = st.text(st.characters(codec="ascii", categories=["Lu", "Ll"]), min_size=1, max_size=5)


def row(line: str) -> list[str]:
    """The row that these cells become under the header."""
    return list(mended(FILE, [HEADER, line.split(",")])[1])


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("1,A,b,24 975,00,x,h,z", ["1", "A", "b", "24 975,00", "x", "h", "z"]),
        ("1,A,b,24\xa0975,00,x,h,z", ["1", "A", "b", "24\xa0975,00", "x", "h", "z"]),
        ("1,A,b,24975,00,x,h,z", ["1", "A", "b", "24975,00", "x", "h", "z"]),
        ("1,A, the fair,b,9,00,x,h,z", ["1", "A, the fair", "b", "9,00", "x", "h", "z"]),
        ("1,A,b, c, d,9,00,x,h,z", ["1", "A", "b, c, d", "9,00", "x", "h", "z"]),
        ("1,A,b,9,00,x,h 20,00 %, then,z", ["1", "A", "b", "9,00", "x", "h 20,00 %, then", "z"]),
        ("1,A, o,b, c,9,00,x,h, i,z", ["1", "A, o", "b, c", "9,00", "x", "h, i", "z"]),
        ("1,A,b, c,900,x,h,z", ["1", "A", "b, c", "900", "x", "h", "z"]),
    ],
)
def test_a_row_with_too_many_cells_is_put_together(line: str, cells: list[str]) -> None:
    """An amount has its cents again, and prose its commas."""
    assert row(line) == cells


@pytest.mark.parametrize(
    "line",
    [
        "1,2,A,b,9,00,x,h,z",  # a cell too many where nothing was declared
        "1,A,b,c,9,00,x,h,z",  # a comma of prose without its blank, in one of two columns
        "1,A,b,-9,00,x,h,z",
        "1,A,b,9,000,x,h,z",
        "1,A,b,1,234,56,x,h,z",  # a comma for thousands: 1 or 1,234
    ],
)
def test_what_does_not_fit_in_one_way_stays(line: str) -> None:
    """A row that fits in no way, or in two, is left as it came."""
    assert row(line) == line.split(",")


def test_rows_that_fit_are_never_touched() -> None:
    """Only a row with too many cells is looked at: an amount beside a number stays two cells."""
    assert row("1,A,b,9,00,h,z") == ["1", "A", "b", "9", "00", "h", "z"]
    assert row("1,A,b") == ["1", "A", "b"]


def test_nothing_is_mended_where_nothing_is_declared() -> None:
    """A file without a declared quirk keeps its surplus."""
    rows = [HEADER, ["1", "A", "b", "24 975", "00", "x", "h", "z"]]
    assert mended(CsvFile(name="x"), rows) == rows
    assert mended(FILE, []) == []


@given(
    st.lists(WORDS, min_size=1, max_size=3),
    st.lists(WORDS, min_size=1, max_size=3),
    st.integers(min_value=0, max_value=10**9),
    st.lists(WORDS, min_size=1, max_size=3),
)
def test_what_was_not_quoted_is_read_as_if_it_were(who: list[str], what: list[str], euros: int, how: list[str]) -> None:
    """Names, objects and conditions with commas before blanks, and an amount with cents, come back whole."""
    cells = ["1", ", ".join(who), ", ".join(what), f"{euros},00", "x", ", ".join(how), "z"]
    assert row(",".join(cells)) == cells
