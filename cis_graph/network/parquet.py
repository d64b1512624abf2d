"""Tables as Parquet files, for R, pandas and DuckDB."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from cis_graph.network.inserting import insert


def write_parquet(path: Path, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str | None]]) -> int:
    """Writes rows of texts as a file whose columns have these names and types of DuckDB; the number of rows.

    A text that is no value of its column's type, such as an empty one, becomes NULL.
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        named = ", ".join(f'"{name}" VARCHAR' for name, _ in columns)
        connection.execute(f"CREATE TABLE rows ({named})")
        count = insert(connection, "rows", rows)
        cast = ", ".join(f'TRY_CAST("{name}" AS {type_}) AS "{name}"' for name, type_ in columns)
        chosen = f"SELECT {cast} FROM rows"  # noqa: S608 - names and types are ours
        connection.execute(f"COPY ({chosen}) TO ? (FORMAT parquet, COMPRESSION zstd)", [str(path)])
    return count
