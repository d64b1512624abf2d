from datetime import date

import duckdb
import pytest

from cis_graph.network.inserting import insert


@pytest.mark.parametrize(
    "text", ['a "quoted" \\ text', "\u2028\u2029", "\x00\x01\x1f", "😀", "'); DROP TABLE kept; --"]
)
def test_a_hostile_text_is_a_value_as_it_stands(text: str) -> None:
    """Alone and in a list, whatever it would mean as JSON or SQL."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE kept (one VARCHAR, many VARCHAR[])")
        insert(connection, "kept", [(text, [text])])
        assert connection.execute("SELECT * FROM kept").fetchall() == [(text, [text])]


def test_values_keep_their_kind_and_nothing_else_is_put_in() -> None:
    """Numbers to the last digit, days, truth, lists and nothing, in the order of the rows over several batches."""
    rows = [(n, 0.1 + n, date(2026, 11, 24), n % 2 == 0, [n, None], None) for n in range(10_001)]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE kept (a BIGINT, b DOUBLE, c DATE, d BOOLEAN, e INTEGER[], f VARCHAR)")
        assert insert(connection, "kept", rows) == 10_001
        assert connection.execute("SELECT * FROM kept").fetchall() == rows
