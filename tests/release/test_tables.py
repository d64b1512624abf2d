"""Tables for R, pandas and DuckDB: what the graph says, and what the data dictionary tells."""

import csv
import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest

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


def guide(language: str) -> str:
    """The program of the guide in a language."""
    (code,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return str(code)


def most_in_python(place: Path) -> duckdb.DuckDBPyRelation:
    """What the Python of the guide answers on the tables of a folder."""
    scope: dict[str, object] = {}
    exec(guide("python").replace("http://127.0.0.1:8000/data", str(place)), scope)  # noqa: S102 - our own guide
    most = scope["most"]
    assert isinstance(most, duckdb.DuckDBPyRelation)
    return most


def test_the_guide_runs(tmp_path: Path) -> None:
    """The Python of the guide answers on these tables."""
    most = most_in_python(tables(tmp_path))
    assert most.columns == ["label", "projects"]
    assert most.fetchall()


def test_the_guide_of_r_answers_as_that_of_python(tmp_path: Path) -> None:
    """The same actors with as many projects, where R and what the guide loads are installed."""
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed")
    packages = re.findall(r"library\((\w+)\)", guide("r"))
    for package in packages:
        asked_for = f'quit(status = !requireNamespace("{package}", quietly = TRUE))'
        if subprocess.run([program, "-e", asked_for], capture_output=True, check=False).returncode:
            pytest.skip(f"R has no package {package}")
    place = tables(tmp_path)
    script = tmp_path / "guide.R"
    script.write_text(f'{guide("r")}\nwrite.csv(most, "most.csv", row.names = FALSE)\n', encoding="utf-8")
    subprocess.run([program, "--encoding=UTF-8", str(script)], cwd=place, check=True)
    with (place / "most.csv").open(encoding="utf-8") as file:
        columns, *rows = csv.reader(file)
    assert columns == ["label", "projects"]
    assert sorted(rows) == sorted([label, str(projects)] for label, projects in most_in_python(place).fetchall())
