import threading
from pathlib import Path

import pytest

from cis_graph.errors import ReleaseFault
from cis_graph.sssom import SAID, Table

COLUMNS = ("subject_id", "object_id", *SAID)
ROW = {"subject_id": "a", "object_id": "b", "author_label": "Alix", "mapping_date": "2026-01-01", "comment": "why not"}


def table(folder: Path) -> Table:
    """A table of a folder, that need not be there."""
    return Table(folder / "curation" / "some.sssom.tsv", COLUMNS, "# a title\n")


def write(at: Table, *rows: dict[str, str]) -> None:
    """What a writer does."""
    with at.alone():
        at.replace(rows)


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    """Quotes, tabs, line ends and signs that begin a comment elsewhere break no line; blanks are one blank."""
    write(table(tmp_path), ROW, ROW | {"object_id": 'the "b"\t of\r\n\u2028 # c', "comment": "  é  "})

    assert table(tmp_path).rows() == (ROW, ROW | {"object_id": 'the "b" of # c', "comment": "é"})


def test_no_file_is_no_row(tmp_path: Path) -> None:
    """Nobody has decided anything yet."""
    assert table(tmp_path).rows() == ()


@pytest.mark.parametrize("missing", SAID)
def test_a_row_says_who_when_and_why(tmp_path: Path, missing: str) -> None:
    """The row is shown, so that whoever wrote it by hand finds it."""
    write(table(tmp_path), ROW | {missing: ""})

    with pytest.raises(ReleaseFault, match=r"some\.sssom\.tsv: a b .*say who, when and why"):
        table(tmp_path).rows()


@pytest.mark.parametrize("text", ["", "subject_id\n", "# a title\nobject_id\tsubject_id\n"])
def test_other_columns_are_not_guessed_at(tmp_path: Path, text: str) -> None:
    """The file says which it has and which it must have."""
    at = table(tmp_path)
    at.path.parent.mkdir()
    at.path.write_text(text, encoding="utf-8")

    with pytest.raises(ReleaseFault, match="columns are"):
        at.rows()


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    """What one reads and then writes, no other has written over meanwhile."""

    def add(number: int) -> None:
        at = table(tmp_path)
        with at.alone():
            at.replace([*at.rows(), ROW | {"subject_id": str(number)}])

    writers = [threading.Thread(target=add, args=(number,)) for number in range(20)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()

    assert {row["subject_id"] for row in table(tmp_path).rows()} == set(map(str, range(20)))
