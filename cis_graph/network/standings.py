"""Where each actor stands in the whole of cooperation, computed once a release."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

import duckdb

from cis_graph.model.ties import Party, cooperating, millionths
from cis_graph.network.betweenness import betweenness
from cis_graph.network.communities import communities
from cis_graph.network.connection import connect
from cis_graph.network.graph import Graph
from cis_graph.network.layout import Point, positions
from cis_graph.network.measures import Standing

_MOST = 20_000  # the heaviest ties, by which actors are placed, grouped and measured


def standings(parties: Iterable[Party], last: Path | None) -> Mapping[str, Standing]:
    """The standing of every actor that cooperates; positions start from where the ``last`` release left them."""
    keys, graph = _graph(parties)
    number = {key: index for index, key in enumerate(keys)}
    before = {number[key]: point for key, point in _left(last).items() if key in number}
    places = positions(graph, before)
    groups = communities(graph)
    between = betweenness(graph)
    return {
        key: Standing(place=places[index], community=keys[groups[index]], betweenness=between[index])
        for index, key in enumerate(keys)
    }


def _graph(parties: Iterable[Party]) -> tuple[list[str], Graph]:
    """The actors that cooperate, in order of key, and their heaviest ties."""
    weights: dict[tuple[str, str], int] = {}
    for _, found in groupby((one for one in parties if one.side == "cooperates"), key=lambda party: party.project):
        partners = list(found)
        share = millionths(len(partners) - 1)
        for one, other in cooperating(partners):
            pair = (one.actor, other.actor)
            weights[pair] = weights.get(pair, 0) + share
    heaviest = sorted(weights, key=lambda pair: (-weights[pair], pair))[:_MOST]
    keys = sorted({key for pair in weights for key in pair})
    number = {key: index for index, key in enumerate(keys)}
    ties = [(number[one], number[other], weights[one, other] / 1e6) for one, other in sorted(heaviest)]
    return keys, Graph.of(len(keys), ties)


def _left(tables: Path | None) -> Mapping[str, Point]:
    """Where forces left each actor; nowhere where tables are of before this was told."""
    if tables is None:
        return {}
    with connect(tables) as connection:
        try:
            rows = connection.execute("SELECT key, left_x, left_y FROM actors WHERE left_x IS NOT NULL").fetchall()
        except duckdb.BinderException:
            return {}
    return {key: (x, y) for key, x, y in rows}
