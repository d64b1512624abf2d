"""Network tables of any size without a release: as many projects as a set has, generated where they are kept."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from cis_graph.network.lists import Lists
from cis_graph.network.sql import sql
from cis_graph.network.tables import write_pairs
from cis_graph.territories.gazetteer import Gazetteer

_LEVELS = ("region", "departement", "epci", "commune")
_ACTORS = 0.6  # for each project, as in the reference sets

_FILL = """
INSERT INTO area_lists SELECT id, members FROM shared;
INSERT INTO territories SELECT id, key, level, key, 46.0, 2.0 FROM places;
INSERT INTO actors
SELECT id, format('a{:08d}', id), format('Acteur {}', id), types[1], types, 0.0, 0.0, '', 0.0, ''
FROM (
    SELECT range AS id,
        [['association'], ['entreprise'], ['fondation'], ['commune', 'collectivite']][1 + range % 4] AS types
    FROM range($actors)
);
INSERT INTO projects
SELECT id, format('p{:08d}', id), format('Projet {}', id), 'project',
    [['sante'], ['emploi'], ['mobilite'], ['lien-social'], []][1 + (hash(id) % 5)::BIGINT], [], [],
    n, 0, CASE WHEN n > 1 THEN round(1000000 / (n - 1)) ELSE 0 END, 0
FROM (SELECT range AS id, CASE
        WHEN hash(range, 7) % 1000 = 0 THEN 300 WHEN hash(range, 7) % 1000 < 4 THEN 99
        WHEN hash(range, 7) % 2 = 0 THEN 2 + hash(range, 8) % 3 ELSE 1 END AS n
      FROM range($projects));
INSERT INTO key_lists VALUES (0, ['alpha']), (1, ['porteur']), (2, ['partenaire']);
INSERT INTO parties
SELECT (row_number() OVER () - 1)::INTEGER, project, actor, 'cooperates', turn = 0, [role],
    [format('t{}-{}', project, turn)], make_date(2008 + (hash(project) % 14)::INTEGER, 1, 1), NULL, 'project', 'actor',
    CASE WHEN turn = 0 THEN 1 ELSE 2 END, 0, areas, region, departement, epci, commune
FROM (
    SELECT id AS project, turn, CASE WHEN turn = 0 THEN 'porteur' ELSE 'partenaire' END AS role,
        ((hash(id, 1) % $actors + CASE WHEN hash(id, turn, 2) % 5 = 0 THEN hash(id, turn, 3) >> 8 ELSE turn * 7 END)
            % $actors)::INTEGER AS actor
    FROM (SELECT id, unnest(range(partners)) AS turn FROM projects)
)
JOIN communes ON communes.number = (actor::BIGINT * (SELECT count(*) FROM communes)) // $actors
;
"""


def write_generated(path: Path, projects: int) -> None:
    """Writes the tables of so many projects, half of them with two to four partners, some with 99 and 300.

    Neighbours by number live near each other and mostly work together, as actors of one département do. Here and there
    an actor is party to a project twice, which a release does not have: it adds to what a query must do.
    """
    gazetteer = Gazetteer.load()
    territories = gazetteer.territories
    keys = sorted(key for key, one in territories.items() if one.level in _LEVELS)
    ids = {key: number for number, key in enumerate(keys)}
    lists, communes = Lists[int](), []
    for number, key in enumerate(key for key in keys if territories[key].level == "commune"):
        areas = sorted(area for area in gazetteer.containers(key) if area in ids)
        levels = [[ids[area] for area in areas if territories[area].level == level] for level in _LEVELS]
        communes.append((number, lists.number(ids[area] for area in areas), *map(lists.number, levels)))
    sizes = {"projects": projects, "actors": round(projects * _ACTORS)}
    with duckdb.connect(str(path), config={"threads": 2}) as connection:
        connection.execute(sql("schema"))
        _load(
            connection,
            "places(id INTEGER, key VARCHAR, level VARCHAR)",
            [(ids[k], k, territories[k].level) for k in keys],
        )
        columns = ", ".join(f"{name} INTEGER" for name in ("areas", *_LEVELS))
        _load(connection, f"communes(number INTEGER, {columns})", communes)
        _load(connection, "shared(id INTEGER, members INTEGER[])", list(lists.rows()))
        for statement in filter(str.strip, _FILL.split(";\n")):
            connection.execute(statement, {name: size for name, size in sizes.items() if f"${name}" in statement})
        write_pairs(connection)
        connection.execute("CHECKPOINT")


def _load(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """A temporary table with these rows."""
    connection.execute(f"CREATE TEMP TABLE {table}")
    marks = ", ".join("unnest(?)" for _ in rows[0])
    name = table.partition("(")[0]
    connection.execute(f"INSERT INTO {name} SELECT {marks}", [list(column) for column in zip(*rows, strict=True)])
