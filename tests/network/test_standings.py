"""Where actors stand goes on from the tables of the last release."""

from pathlib import Path

import duckdb

from cis_graph.network.standings import standings
from cis_graph.release.network import NETWORK
from tests.support.small_network import invented_network, small_network


def test_positions_go_on_from_where_forces_left_them(tmp_path: Path) -> None:
    """Not from where actors were shown, which plays no part; and half of them move by little."""
    small = small_network(tmp_path, crowd=0)
    small.write(tmp_path)
    first, after = standings(small.parties, None), standings(small.parties, tmp_path / NETWORK)
    with duckdb.connect(str(tmp_path / NETWORK)) as tables:
        tables.execute("UPDATE actors SET x = 0, y = 0")
    moved = [key for key, one in after.items() if one.place != first[key].place]
    shown = sorted(
        abs(one.place.shown[0] - before.place.shown[0])
        for one, before in ((after[key], first[key]) for key in moved)
        if one.place and before.place
    )

    assert standings(small.parties, tmp_path / NETWORK) == after
    assert moved
    assert shown[len(shown) // 2] < 0.1


def test_tables_that_do_not_tell_where_actors_were_left_are_as_good_as_none(tmp_path: Path) -> None:
    """A release of before this was told is gone on from as from nothing."""
    parties, old = invented_network().parties, tmp_path / NETWORK
    with duckdb.connect(str(old)) as tables:
        tables.execute("CREATE TABLE pairs (tie VARCHAR)")
        tables.execute("CREATE TABLE actors AS SELECT 'a001' AS key, 0.5 AS x, 0.5 AS y")

    assert standings(parties, old) == standings(parties, None)
