"""Tables for R, pandas and DuckDB: what the graph says, and what the data dictionary tells."""

import re
from pathlib import Path

import duckdb
import pyoxigraph as ox

from cis_graph.release.opened import STORE
from cis_graph.release.tables import TABLES, write_tables
from tests.support.small_release import fixture_store

GUIDE = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")


def tables(folder: Path) -> Path:
    """The tables of the fixture."""
    (folder / "release").mkdir()
    store = ox.Store(str(folder / "release" / STORE))
    store.extend(fixture_store(2))
    store.flush()
    del store
    place = folder / "tables"
    place.mkdir()
    write_tables(folder / "release", place)
    return place


def asked(query: str) -> duckdb.DuckDBPyRelation:
    """The answer of a query that has one."""
    answer = duckdb.sql(query)
    assert answer is not None
    return answer


def test_each_table_has_the_columns_that_the_dictionary_tells(tmp_path: Path) -> None:
    """Their names and types are those of the files."""
    place = tables(tmp_path)
    for name, columns in TABLES.items():
        found = asked(f"SELECT * FROM '{place / name}.parquet' LIMIT 0")  # noqa: S608 - a path of this test
        assert list(zip(found.columns, map(str, found.types), strict=True)) == list(columns)
        assert f"`{name}`" in GUIDE
        assert all(f"`{column}`" in GUIDE for column, _ in columns)


def test_the_rows_are_what_the_graph_says(tmp_path: Path) -> None:
    """A project once, with its kind and its days; each actor and participation."""
    place = tables(tmp_path)
    count = {name: asked(f"SELECT count(*) FROM '{place / name}.parquet'").fetchall()[0][0] for name in TABLES}  # noqa: S608
    store = fixture_store(2)
    expected = len(
        list(
            store.quads_for_pattern(
                None,
                ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
                ox.NamedNode("https://w3id.org/insoc/ontology#Actor"),
                ox.DefaultGraph(),
            )
        )
    )
    assert count["actors"] == expected
    assert min(count.values()) > 0
    (row,) = asked(f"SELECT count(DISTINCT project), count(*) FROM '{place / 'projects'}.parquet'").fetchall()  # noqa: S608
    assert row[0] == row[1]


def test_the_guide_runs(tmp_path: Path) -> None:
    """The Python of the guide answers on these tables."""
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    place = tables(tmp_path)
    scope: dict[str, object] = {}
    exec(code.replace("http://127.0.0.1:8000/data", str(place)), scope)  # noqa: S102 - our own guide
    most = scope["most"]
    assert isinstance(most, duckdb.DuckDBPyRelation)
    assert most.columns == ["label", "projects"]
    assert most.fetchall()
