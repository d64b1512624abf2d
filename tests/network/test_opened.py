from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from cis_graph.entities.parties import parties
from cis_graph.errors import ReleaseFault
from cis_graph.model.network import NetworkFilter
from cis_graph.model.ties import cooperating, millionths
from cis_graph.network.opened import Tables
from cis_graph.release.network import NETWORK
from tests.support.small_network import SmallNetwork, random_filters

HOSTILE = ("'; DROP TABLE parties; --", '" OR 1=1', "$actors", "%", "\x00", "é" * 10_000, "region-84' OR '1'='1")
FIELDS = ("territories", "themes", "audiences", "methods", "roles", "types", "actors", "contributors", "kinds")


def test_the_tables_agree_with_the_rule(network: SmallNetwork) -> None:
    """Without a filter, every pair that cooperates by the rule has a tie of its projects' weight, and no other has."""
    by_project: dict[str, list[object]] = {}
    found = parties(network.entities, network.house.schemes.cooperative_roles)
    for party in found:
        if party.side == "cooperates":
            by_project.setdefault(party.project, []).append(party)
    weights: Counter[tuple[str, str]] = Counter()
    for partners in by_project.values():
        for one, other in cooperating(partners):  # type: ignore[arg-type]
            weights[one.actor, other.actor] += millionths(len(partners) - 1)

    shown = network.tables.shown(NetworkFilter())
    assert {(tie.source, tie.target): tie.weight for tie in shown.ties} == weights
    assert {node.key for node in shown.nodes} == {key for pair in weights for key in pair}


@pytest.mark.parametrize("asked", random_filters(30, seed=4), ids=str)
def test_what_is_shown_is_a_part_of_the_whole(network: SmallNetwork, asked: NetworkFilter) -> None:
    """A filter takes ties away and makes none heavier."""
    whole = network.tables.shown(NetworkFilter(tie=asked.tie, level=asked.level))
    weights = {(tie.source, tie.target): tie.weight for tie in whole.ties}

    for tie in network.tables.shown(asked).ties:
        assert tie.weight <= weights[tie.source, tie.target]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_finds_nothing(network: SmallNetwork, field: str, value: str) -> None:
    """A value is only ever compared: nothing is found, nothing breaks, everything is still there."""
    shown = network.tables.shown(NetworkFilter(**{field: (value,)}))  # type: ignore[arg-type]

    assert (shown.nodes, shown.ties) == ((), ())
    assert network.tables.evidence(value, value, NetworkFilter()) == ()
    assert network.tables.path(value, "a000", NetworkFilter()) is None
    assert network.tables.shown(NetworkFilter()).ties


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "ATTACH '/tmp/other.duckdb'",
        "COPY parties TO '/tmp/parties.csv'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 8",
        "SET enable_external_access = true",
        "DELETE FROM parties",
    ],
)
def test_the_tables_are_shut_in(network: SmallNetwork, statement: str) -> None:
    """Even a query of an attacker could read no file, load no extension, write nothing and change no setting."""
    with pytest.raises(duckdb.Error):
        network.tables._connection.execute(statement)


def test_threads_and_memory_are_bounded(network: SmallNetwork) -> None:
    """Two threads and half a gigabyte, whatever the machine has."""
    (row,) = network.tables._connection.execute(
        "SELECT current_setting('threads'), current_setting('memory_limit')"
    ).fetchall()

    assert row == (2, "488.2 MiB")


def test_the_same_entities_give_the_same_rows(network: SmallNetwork, tmp_path: Path) -> None:
    """Two builds hold the same rows in the same order."""
    network.write(tmp_path)
    again = Tables(tmp_path / NETWORK)
    for table in ("actors", "projects", "territories", "parties", "pairs", "key_lists", "area_lists"):
        one, other = (tables._connection.table(table).fetchall() for tables in (network.tables, again))
        assert one
        assert one == other


def test_territories_cooperate_inside_and_across(network: SmallNetwork) -> None:
    """A tie within a région is a tie of the région with itself; both ends of every tie are of the level asked for."""
    shown = network.tables.shown(NetworkFilter(level="region"))

    assert any(tie.source == tie.target for tie in shown.ties)
    assert any(tie.source < tie.target for tie in shown.ties)
    assert {node.type for node in shown.nodes} == {"region"}
    assert "region-82" not in {node.key for node in shown.nodes}


def test_an_arrondissement_counts_for_its_commune(network: SmallNetwork) -> None:
    """Among communes stands Lyon, never one of its arrondissements; a filter may still ask for one."""
    keys = {node.key for node in network.tables.shown(NetworkFilter(level="commune")).nodes}

    assert "commune-69123" in keys
    assert "commune-69387" not in keys
    assert network.tables.shown(NetworkFilter(territories=("commune-69387",))).ties


def test_funding_has_a_direction(network: SmallNetwork) -> None:
    """Money goes from source to target; added to cooperation it has no direction any more."""
    funding = network.tables.shown(NetworkFilter(tie="funding"))
    everything = network.tables.shown(NetworkFilter(tie="all"))

    assert funding.directed
    assert any(tie.source > tie.target for tie in funding.ties)
    assert all(tie.source < tie.target for tie in everything.ties)
    assert {tuple(sorted((tie.source, tie.target))) for tie in funding.ties} <= {
        (tie.source, tie.target) for tie in everything.ties
    }


def test_grants_only_fund(network: SmallNetwork) -> None:
    """No cooperation rests on a grant, and funding counts grants apart from projects."""
    assert not network.tables.shown(NetworkFilter(kinds=("grant",))).ties
    funding = network.tables.shown(NetworkFilter(tie="funding", kinds=("grant",))).ties

    assert funding
    assert all(tie.grants and not tie.projects for tie in funding)


def test_a_tie_without_a_date_is_left_out_of_a_period(network: SmallNetwork) -> None:
    """With from or to, only ties that have a time are kept, and their time touches the period."""
    asked = NetworkFilter(begins=date(2018, 1, 1), ends=date(2018, 12, 31))
    shown = network.tables.shown(asked)

    assert 0 < len(shown.ties) < len(network.tables.shown(NetworkFilter()).ties)
    for tie in shown.ties:
        assert tie.begins or tie.ends
        assert not tie.begins or tie.begins <= date(2018, 12, 31)


def test_evidence_adds_up_to_the_tie(network: SmallNetwork) -> None:
    """The projects behind a tie weigh together what the tie weighs, seen from either end."""
    for asked in (NetworkFilter(), NetworkFilter(tie="all"), NetworkFilter(themes=("sante",))):
        tie = max(network.tables.shown(asked).ties, key=lambda tie: tie.projects)
        evidence = network.tables.evidence(tie.target, tie.source, asked)
        assert sum(one.weight for one in evidence) == tie.weight
        assert len({one.project for one in evidence}) == tie.projects + tie.grants


def test_a_way_leads_from_one_to_the_other(network: SmallNetwork) -> None:
    """Each step of the way is a tie, and no shorter way exists."""
    way = network.tables.path("a002", "a040", NetworkFilter())
    assert way is not None
    here = "a002"
    for tie in way.ties:
        assert here in {tie.source, tie.target}
        here = tie.target if here == tie.source else tie.source
    assert here == "a040"
    assert set(way.ties) <= set(network.tables.shown(NetworkFilter()).ties)
    assert network.tables.path("a002", "nobody", NetworkFilter()) is None


def test_a_damaged_file_is_a_fault(tmp_path: Path) -> None:
    """Tables that cannot be read are said to be so, with their name."""
    (tmp_path / NETWORK).write_bytes(b"no tables")

    with pytest.raises(ReleaseFault, match=NETWORK):
        Tables(tmp_path / NETWORK)


def test_tables_of_an_earlier_version_say_what_to_do(tmp_path: Path) -> None:
    """A release that was built before its tables had pairs is told apart from one that is damaged."""
    duckdb.connect(str(tmp_path / NETWORK)).close()

    with pytest.raises(ReleaseFault, match="build and publish a release anew"):
        Tables(tmp_path / NETWORK)


def test_positions_start_from_the_last_release(network: SmallNetwork, tmp_path: Path) -> None:
    """A build after a build moves nobody far: half of the actors stay within a tenth of the picture."""
    assert network.tables.shown(NetworkFilter()).nodes
    network.write(tmp_path, before=network.folder)
    before, after = (
        {node.key: (node.x or 0, node.y or 0) for node in tables.shown(NetworkFilter()).nodes}
        for tables in (network.tables, Tables(tmp_path / NETWORK))
    )
    moves = sorted(abs(before[key][0] - after[key][0]) + abs(before[key][1] - after[key][1]) for key in before)

    assert moves[len(moves) // 2] < 0.2


def test_an_actor_has_the_region_it_works_in_most(network: SmallNetwork) -> None:
    """The région most of its projects are in, the smaller key among equals; none where no place of it is known."""
    held: dict[str, Counter[str]] = {}
    for party in parties(network.entities, network.house.schemes.cooperative_roles):
        around = {area for key in party.territories for area in network.house.gazetteer.containers(key)}
        regions = {area for area in around if network.house.gazetteer.territories[area].level == "region"}
        held.setdefault(party.actor, Counter()).update(regions)
    nodes = network.tables.shown(NetworkFilter(tie="all")).nodes

    assert any(node.region for node in nodes)
    for node in nodes:
        assert held[node.key][node.region] == max(held[node.key].values(), default=0)


def test_a_drawing_holds_the_heaviest_ties(network: SmallNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more ties than one can draw, the heaviest are drawn, and how many there are is told."""
    monkeypatch.setattr("cis_graph.network.opened._MOST_DRAWN", 10)
    ties = network.tables.shown(NetworkFilter()).ties
    drawing = network.tables.drawing(NetworkFilter())
    weights = sorted((sum(one.weight for one in met) for met in drawing.ties.values()), reverse=True)

    assert drawing.total == len(ties)
    assert weights == sorted((tie.weight for tie in ties), reverse=True)[:10]
    assert len(drawing.nodes) == len({end for ends in drawing.ties for end in ends})


@pytest.mark.parametrize("asked", random_filters(60, seed=7), ids=str)
def test_what_a_page_tells_is_a_cut_of_what_is_shown(network: SmallNetwork, asked: NetworkFilter) -> None:
    """Counts, one page of ties and the strongest nodes are those of the whole, cut where it is asked."""
    shown = network.tables.shown(asked)
    heaviest = sorted(shown.ties, key=lambda tie: (-tie.weight, tie.source, tie.target))
    strongest = sorted(shown.nodes, key=lambda node: (-node.strength, node.key))
    summary = network.tables.summary(asked, size=5, page=2, strongest=4)

    assert (summary.ties, summary.nodes) == (len(shown.ties), len(shown.nodes))
    assert summary.heaviest == tuple(heaviest[5:10])
    assert summary.between == next((tie for tie in heaviest if tie.source != tie.target), None)
    assert summary.strongest == tuple(strongest[:4])
    assert summary.ends.keys() >= {end for tie in summary.heaviest for end in (tie.source, tie.target)}


@pytest.mark.parametrize("asked", random_filters(60, seed=8), ids=str)
def test_a_matrix_is_a_cut_of_what_is_shown(network: SmallNetwork, asked: NetworkFilter) -> None:
    """The strongest territories with every tie among them, of how many, and the weight of the heaviest of all."""
    over = replace(asked, level=asked.level or "region")
    shown = network.tables.shown(over)
    strongest = sorted(shown.nodes, key=lambda node: (-node.strength, node.key))[:3]
    matrix = network.tables.matrix(asked, 3)
    keys = [node.key for node in matrix.nodes]

    assert keys == sorted(node.key for node in strongest)
    assert [node.strength for node in matrix.nodes] == [
        node.strength for node in sorted(strongest, key=lambda n: n.key)
    ]
    assert {(keys[one], keys[other]): weight for (one, other), weight in matrix.weights.items()} == {
        (tie.source, tie.target): tie.weight for tie in shown.ties if tie.source in keys and tie.target in keys
    }
    assert matrix.total == len(shown.nodes)
    assert matrix.heaviest == max((tie.weight for tie in shown.ties), default=0)
