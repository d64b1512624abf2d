from dataclasses import replace

from cis_graph.mapping.source import Mapper, Numbered, Unit
from tests.pipeline.conftest import GOOD, MAPPER, Desk


def test_every_row_and_record_ends_in_one_place(desk: Desk) -> None:
    """Rows: read = blank + in records + set aside. Records: alone + with others + set aside."""
    blank = dict.fromkeys(GOOD, "")
    namesake = GOOD | {"N°": "2"}
    secret = GOOD | {"N°": "3", "Nom": "Miel", "Description": "Écrivez à qui@ruches.example."}
    alone = GOOD | {"N°": "4", "Nom": "Essaim"}
    desk.hand_over(GOOD, blank, namesake, GOOD | {"N°": ""}, secret, alone, GOOD)
    (account,) = desk.publish().accounts("ruches")
    rows = account.rows

    assert (rows.read, rows.blank, rows.in_records, rows.rejected, rows.lost) == (7, 1, 4, 2, 0)
    assert (account.records, account.alone, account.together, account.rejected) == (4, 1, 2, 1)
    assert [("1", 1, ("ruches",), ("ruches/2",)), ("2", 1, ("ruches",), ("ruches/1",))] == [
        (one.record, one.others, one.contributors, one.records) for one in account.merged
    ]


def test_a_mapper_that_loses_a_row_is_noticed(desk: Desk) -> None:
    """Rows that a mapper drops without a word raise an alarm with their number."""

    def first_only(tables: tuple[tuple[Numbered, ...], ...]) -> list[Unit]:
        return [Unit((one,), one.row) for one in tables[0][:1]]

    desk.mapper = Mapper(replace(MAPPER.source), MAPPER.rows, MAPPER.to_record, first_only)
    desk.hand_over(GOOD, GOOD | {"N°": "2"})
    (finding,) = (one for one in desk.publish().findings("ruches") if one.rule == "lignes-sans-suite")

    assert finding.value == "1"
