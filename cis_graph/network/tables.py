"""The tables of a release: who is party to what, closed over territories and concepts, in one DuckDB file."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from cis_graph.model.network import NetworkThings
from cis_graph.model.ties import CROWD, Party, millionths
from cis_graph.network.inserting import insert
from cis_graph.network.lists import Lists
from cis_graph.network.measures import Standing
from cis_graph.network.sql import sql

_LEVELS = ("region", "departement", "epci", "commune")
_NOWHERE = (None, None)


@dataclass(frozen=True, slots=True)
class _Ids:
    actors: Mapping[str, int]
    projects: Mapping[str, int]
    territories: Mapping[str, int]


def write_tables(
    path: Path, parties: Sequence[Party], things: NetworkThings, standings: Mapping[str, Standing]
) -> None:
    """Writes the tables; the same parties and things give the same rows in the same order."""
    ids = _Ids(*(_numbered(one.key for one in rows) for rows in (things.actors, things.projects, things.territories)))
    keys, areas = Lists[str](), Lists[int]()
    tables = {
        "actors": _actors(things, ids, standings, _regions(parties, things)),
        "projects": _projects(parties, things, ids),
        "territories": _territories(things, ids),
        "parties": _parties(parties, things, ids, keys, areas),
        "key_lists": keys.rows(),  # these two are known when all parties are written
        "area_lists": areas.rows(),
    }
    with duckdb.connect(str(path), config={"threads": 1}) as connection:
        connection.execute(sql("schema"))
        for table, rows in tables.items():
            insert(connection, table, rows)
        write_pairs(connection)
        connection.execute("CHECKPOINT")


def write_pairs(connection: duckdb.DuckDBPyConnection) -> None:
    """Joins parties that are written into pairs, each in order of project and actors."""
    kinds = [sql("joined", tie=kind, met=sql(kind, crowd=str(CROWD))) for kind in ("cooperation", "funding")]
    connection.execute(sql("pairs", kinds=" UNION ALL ".join(kinds)))


def _numbered(keys: Iterable[str]) -> Mapping[str, int]:
    return {key: number for number, key in enumerate(sorted(keys))}


def _regions(parties: Iterable[Party], things: NetworkThings) -> Mapping[str, str]:
    """The région in which each actor is party to most projects, the smaller key among equals."""
    regions = {one.key for one in things.territories if one.level == "region"}
    around = {one.key: one.around & regions for one in things.territories}
    held: dict[str, Counter[str]] = {}
    for party in parties:
        held.setdefault(party.actor, Counter()).update({area for key in party.territories for area in around[key]})
    return {actor: min(counts, key=lambda area: (-counts[area], area)) for actor, counts in held.items() if counts}


def _actors(
    things: NetworkThings, ids: _Ids, standings: Mapping[str, Standing], regions: Mapping[str, str]
) -> Iterable[tuple[Any, ...]]:
    for one in sorted(things.actors, key=lambda actor: actor.key):
        held = standings.get(one.key, Standing())
        shown, left = held.place or _NOWHERE
        yield (ids.actors[one.key], one.key, one.label, one.type, list(one.types), *(shown or _NOWHERE),
               held.community, held.betweenness, regions.get(one.key, ""), *(left or _NOWHERE))  # fmt: skip


def _projects(parties: Sequence[Party], things: NetworkThings, ids: _Ids) -> Iterable[tuple[Any, ...]]:
    sides = Counter((party.project, party.side) for party in parties)
    for one in sorted(things.projects, key=lambda project: project.key):
        partners, payees = sides[one.key, "cooperates"], sides[one.key, "receives"]
        yield (ids.projects[one.key], one.key, one.label, one.kind, list(one.themes), list(one.audiences),
               list(one.methods), partners, payees, millionths(partners - 1), millionths(payees))  # fmt: skip


def _territories(things: NetworkThings, ids: _Ids) -> Iterable[tuple[Any, ...]]:
    for one in sorted(things.territories, key=lambda territory: territory.key):
        yield (ids.territories[one.key], one.key, one.level, one.label, one.latitude, one.longitude)


def _parties(
    parties: Sequence[Party], things: NetworkThings, ids: _Ids, keys: Lists[str], lists: Lists[int]
) -> Iterable[tuple[Any, ...]]:
    around = {one.key: one.around for one in things.territories}
    levels = {one.key: one.level for one in things.territories}
    for number, party in enumerate(parties):
        areas = sorted({area for key in party.territories for area in around[key]})
        wide = sorted({broad for role in party.roles for broad in things.roles.get(role, (role,))})
        yield (
            number, ids.projects[party.project], ids.actors[party.actor], party.side, party.leads, list(party.roles),
            list(party.participations), party.begins, party.ends, party.dated, party.placed,
            keys.number(wide), keys.number(party.contributors), lists.number(ids.territories[area] for area in areas),
            *(lists.number(ids.territories[area] for area in areas if levels[area] == level) for level in _LEVELS),
        )  # fmt: skip
