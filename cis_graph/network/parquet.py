"""Tables as Parquet files, for R, pandas and DuckDB."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import duckdb

_BATCH = 10_000  # rows handed over at once


def write_parquet(path: Path, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str | None]]) -> int:
    """Writes rows of texts as a file whose columns have these names and types of DuckDB; the number of rows.

    A text that is no value of its column's type, such as an empty one, becomes NULL.
    """
    remaining, count = iter(rows), 0
    with duckdb.connect(config={"threads": 1}) as connection:
        named = ", ".join(f'"{name}" VARCHAR' for name, _ in columns)
        connection.execute(f"CREATE TABLE rows ({named})")
        while batch := list(islice(remaining, _BATCH)):
            marks = ", ".join("unnest(?)" for _ in columns)
            values = [list(column) for column in zip(*batch, strict=True)]
            connection.execute(f"INSERT INTO rows SELECT {marks}", values)
            count += len(batch)
        cast = ", ".join(f'TRY_CAST("{name}" AS {type_}) AS "{name}"' for name, type_ in columns)
        chosen = f"SELECT {cast} FROM rows"  # noqa: S608 - names and types are ours
        connection.execute(f"COPY ({chosen}) TO ? (FORMAT parquet, COMPRESSION zstd)", [str(path)])
    return count
