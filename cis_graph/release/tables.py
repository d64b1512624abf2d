"""A release's entities as Parquet tables, beside its dumps."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cis_graph.network.parquet import write_parquet
from cis_graph.release.opened import STORE
from cis_graph.resources import SPARQL
from cis_graph.store.embedded import EmbeddedStore

_KEY, _DAY = "VARCHAR", "DATE"
TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "projects": (
        ("project", _KEY),
        ("label", "VARCHAR"),
        ("description", "VARCHAR"),
        ("kind", _KEY),
        ("begins", _DAY),
        ("ends", _DAY),
        ("themes", "VARCHAR"),
        ("territories", "VARCHAR"),
    ),
    "actors": (("actor", _KEY), ("label", "VARCHAR"), ("type", _KEY), ("territories", "VARCHAR")),
    "participations": (
        ("participation", _KEY),
        ("actor", _KEY),
        ("project", _KEY),
        ("role", _KEY),
        ("begins", _DAY),
        ("ends", _DAY),
    ),
    "ties": (("one", _KEY), ("other", _KEY), ("weight", "DOUBLE"), ("projects", "INTEGER")),
    "territories": (("territory", _KEY), ("label", "VARCHAR"), ("within", "VARCHAR")),
}


def write_tables(release: Path, folder: Path) -> None:
    """Writes ``{table}.parquet`` for each table into a folder; nothing where the release has no store."""
    if not (release / STORE).exists():
        return
    store = EmbeddedStore(release / STORE)
    for name, columns in TABLES.items():
        write_parquet(folder / f"{name}.parquet", columns, _rows(store, name, columns))


def _rows(store: EmbeddedStore, name: str, columns: Sequence[tuple[str, str]]) -> Iterator[list[str | None]]:
    query = (SPARQL / "tables" / f"{name}.rq").read_text(encoding="utf-8")
    for row in store.rows(query, {}):
        yield [row[column].value if column in row else None for column, _ in columns]
