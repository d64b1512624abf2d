"""The tables of a release, open for reading: any filter is answered by one query over the parties."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from cis_graph.model.network import (
    Drawing,
    Evidence,
    Matrix,
    Meeting,
    NetworkFilter,
    NetworkLevel,
    NetworkNode,
    NetworkTie,
    Shares,
    Shown,
    Summary,
)
from cis_graph.network import queries
from cis_graph.network.connection import connect
from cis_graph.network.measures import with_degrees
from cis_graph.network.paths import shortest
from cis_graph.network.queries import Query

_MOST_EVIDENCE = 500  # projects told of one tie
_MOST_DRAWN = 20_000  # ties in one picture


class Tables:
    """Fulfils :class:`~cis_graph.model.network.Network` over one file; safe to ask from many threads."""

    def __init__(self, path: Path) -> None:
        self._connection = connect(path)
        self._territories = {row[0]: _territory(row) for row in self._rows(queries.territories())}
        self._ids = {node.key: number for number, node in self._territories.items()}

    def shown(self, asked: NetworkFilter) -> Shown:
        """The ties a filter keeps, and their nodes."""
        rows = self._rows(queries.ties(asked, self._ids))
        ids = sorted({number for row in rows for number in row[:2]})
        nodes = self._nodes(ids, territories=asked.level is not None)
        ties = tuple(_tie(row, nodes) for row in rows)
        return Shown(asked=asked, nodes=with_degrees(nodes.values(), ties), ties=ties)

    def summary(self, asked: NetworkFilter, *, size: int, page: int, strongest: int) -> Summary:
        """One page of so many ties from the heaviest down, and the strongest nodes."""
        cut = {"size": size, "skipped": size * (page - 1), "strongest": strongest}
        (row,) = self._rows(queries.summary(asked, self._ids, **cut))
        total, count, heaviest, between, strong = (value or () for value in row)
        ends = {number for tie in (*heaviest, *between) for number in tie[:2]}
        nodes = self._nodes(sorted(ends | {number for number, *_ in strong}), territories=asked.level is not None)
        leaders = (replace(nodes[number], strength=strength, degree=degree) for number, strength, degree in strong)
        return Summary(
            asked=asked,
            ties=total or 0,
            nodes=count or 0,
            heaviest=tuple(_tie(tie, nodes) for tie in heaviest),
            between=next((_tie(tie, nodes) for tie in between), None),
            ends={nodes[number].key: nodes[number] for number in ends},
            strongest=tuple(leaders),
        )

    def matrix(self, asked: NetworkFilter, most: int) -> Matrix:
        """The strongest territories by territories; régions unless a level is asked for."""
        over = replace(asked, level=asked.level or "region")
        rows = self._rows(queries.matrix(over, self._ids, most))
        place = {row[0]: index for index, row in enumerate(rows)}
        weights = {
            (place[source], place[target]): weight
            for source, _, _, _, targets, weighed in rows
            for target, weight in zip(targets, weighed, strict=True)
        }
        nodes = tuple(replace(self._territories[row[0]], strength=row[1]) for row in rows)
        total, heaviest = rows[0][2:4] if rows else (0, 0)
        return Matrix(asked=over, nodes=nodes, weights=weights, total=total, heaviest=heaviest)

    def drawing(self, asked: NetworkFilter) -> Drawing:
        """The actors and the heaviest ties a filter keeps, for a picture that chooses years itself."""
        over = replace(asked, level=None)
        rows = self._rows(queries.drawing(over, self._ids, _MOST_DRAWN))
        ids = sorted({number for row in rows for number in row[:2]})
        nodes = self._nodes(ids, territories=False)
        place = {number: index for index, number in enumerate(ids)}
        ties: dict[tuple[int, int], tuple[Meeting, ...]] = {}
        for (source, target), found in groupby(rows, key=itemgetter(0, 1)):
            meetings = (Meeting(weight=int(row[3]), begins=row[4], ends=row[5]) for row in found)
            ties[place[source], place[target]] = tuple(meetings)
        return Drawing(asked=over, nodes=tuple(nodes.values()), ties=ties, total=rows[0][2] if rows else 0)

    def shares(self, asked: NetworkFilter) -> Shares:
        """What part of the weight of the actors' ties reaches beyond territories and types."""
        rows = self._rows(queries.shares(asked, self._ids))
        parts = [float((beyond or 0) / known) if known else None for known, beyond in rows]
        return Shares(outside_departement=parts[0], outside_region=parts[1], between_types=parts[2])

    def evidence(self, source: str, target: str, asked: NetworkFilter) -> tuple[Evidence, ...]:
        """The projects behind the tie of two actors, or of two territories; the heaviest five hundred."""
        rows = self._rows(queries.evidence(source, target, asked, self._ids, _MOST_EVIDENCE))
        return tuple(map(_evidence, rows))

    def path(self, source: str, target: str, asked: NetworkFilter) -> Shown | None:
        """A shortest way from one actor to another over the ties a filter keeps; None where there is none."""
        over = replace(asked, level=None)
        ties = shortest(source, target, lambda keys: self.shown(replace(over, actors=keys)).ties)
        if ties is None:
            return None
        met = {key for tie in ties for key in (tie.source, tie.target)}
        nodes = [node for node in self._named(sorted(met)) if node.key in met]
        return Shown(asked=over, nodes=with_degrees(nodes, ties), ties=ties)

    def labels(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The names of actors and territories by key; unknown ones are left out."""
        places = {key: self._territories[self._ids[key]].label for key in keys if key in self._ids}
        return places | {node.key: node.label for node in self._named([key for key in keys if key not in places])}

    def territories(self, level: NetworkLevel) -> tuple[NetworkNode, ...]:
        """The territories of a level that anybody works in, by name."""
        found = (node for node in self._territories.values() if node.type == level)
        return tuple(sorted(found, key=lambda node: (node.label, node.key)))

    def _nodes(self, ids: list[int], *, territories: bool) -> dict[int, NetworkNode]:
        if territories:
            return {number: self._territories[number] for number in ids}
        return {row[0]: _actor(row) for row in self._rows(queries.actors(ids))}

    def _named(self, keys: list[str]) -> list[NetworkNode]:
        return [_actor(row) for row in self._rows(queries.actors_by_key(keys))]

    def _rows(self, query: Query) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            found: list[tuple[Any, ...]] = cursor.execute(query.text, query.values).fetchall()
        return found


def _territory(row: tuple[Any, ...]) -> NetworkNode:
    _, key, level, label, latitude, longitude = row
    return NetworkNode(key=key, kind="territory", label=label, type=level, x=longitude, y=latitude)


def _actor(row: tuple[Any, ...]) -> NetworkNode:
    _, key, label, type_, x, y, community, betweenness, region = row
    return NetworkNode(key=key, kind="actor", label=label, type=type_, x=x, y=y, community=community,
                       betweenness=betweenness, region=region)  # fmt: skip


def _tie(row: tuple[Any, ...], nodes: Mapping[int, NetworkNode]) -> NetworkTie:
    source, target, weight, projects, grants, begins, ends = row
    return NetworkTie(source=nodes[source].key, target=nodes[target].key, weight=int(weight), projects=projects,
                      grants=grants, begins=begins, ends=ends)  # fmt: skip


def _evidence(row: tuple[Any, ...]) -> Evidence:
    project, label, kind, tie, weight, source, target, source_roles, target_roles, participations, *rest = row
    begins, ends, *origins = rest
    return Evidence(project=project, label=label, kind=kind, tie=tie, weight=int(weight), source=source, target=target,
                    source_roles=tuple(source_roles), target_roles=tuple(target_roles),
                    participations=tuple(sorted(participations)), begins=begins, ends=ends,
                    dated=(origins[0], origins[1]), placed=(origins[2], origins[3]))  # fmt: skip
