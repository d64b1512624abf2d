from dataclasses import replace

from cis_graph.model.dates import StatedDate
from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.hearing import Joined
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.participations import participation_clusters
from tests.support.making import part

KEYS = {
    NodeId(contributor, "1", node): key
    for contributor in "abc"
    for node, key in (("actor", "ruche"), ("project", "miel"))
}


def sizes(*starts: str | None) -> list[int]:
    """How many participations each cluster holds, for one told by each contributor with these starts."""
    told: dict[NodeId, Joined] = {}
    for contributor, start in zip("abc", starts, strict=False):
        one = replace(part("actor", "project"), started=StatedDate.parse(start) if start else None)
        joined = Joined.of(one)
        assert joined is not None
        told[NodeId(contributor, "1", one.node)] = joined
    ledger = Ledger({}).with_nodes([(node, "participation") for node in told], 1)
    return sorted(len(found.members) for found in participation_clusters(told, KEYS, ledger))


def test_one_role_told_twice_is_one_participation() -> None:
    """Two contributors who tell of one role of one actor in one project tell of one participation."""
    assert sizes("2017", "2017") == [2]


def test_a_start_that_one_leaves_out_is_no_difference() -> None:
    """A participation without a start is the one with the only start there is."""
    assert sizes("2017", None) == [2]


def test_two_starts_are_two_participations() -> None:
    """Two different stated starts are two participations, and one without a start joins neither."""
    assert sizes("2017", "2019", None) == [1, 1, 1]
