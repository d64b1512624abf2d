from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cis_graph.model.nodes import KINDS, NodeId, Thing
from cis_graph.reconciliation.clusters import Cluster, cluster
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.links import Link, Marks
from tests.support.making import actor, nodes_of, project, record

NAMES = "abcdef"
NODES = nodes_of(*(record(name, "1", actor(name)) for name in NAMES))


def node(name: str, what: str = "actor") -> NodeId:
    """The node of a contributor's only record."""
    return NodeId(name, "1", what)


def decide(first: str, second: str, *, same: bool) -> Decision:
    """A person's answer on the actors of two contributors."""
    return Decision(first=node(first), second=node(second), same=same, by="curator", date="2026-01-01", why="known")


def ledger_of(nodes: dict[NodeId, Thing]) -> Ledger:
    """A ledger that saw all nodes in its first build."""
    return Ledger({}).with_nodes([(one, KINDS[type(thing)]) for one, thing in nodes.items()], 1)


def kinds_of(nodes: dict[NodeId, Thing]) -> dict[NodeId, type[Thing]]:
    """What each node is."""
    return {node: type(thing) for node, thing in nodes.items()}


def marks_in(nodes: dict[NodeId, Thing]) -> Callable[[NodeId], Marks]:
    """The RNA of each actor, which only it has."""

    def marks(one: NodeId) -> Marks:
        rna = getattr(nodes[one], "rna", None)
        return Marks(exclusive={"rna": rna} if rna else {}, signs={}, against={})

    return marks


def clusters(
    *pairs: str, decisions: tuple[Decision, ...] = (), nodes: dict[NodeId, Thing] | None = None
) -> tuple[Cluster, ...]:
    """The clusters that links between contributors' actors give (``ab`` joins a and b)."""
    known = NODES if nodes is None else nodes
    found = [Link(node(pair[0]), node(pair[1]), "rule") for pair in pairs]
    return cluster(kinds_of(known), found, decisions, marks_in(known), ledger_of(known))


def groups(found: tuple[Cluster, ...]) -> set[str]:
    """The contributors of each cluster, as one word."""
    return {"".join(sorted(member.contributor for member in one.members)) for one in found}


def test_links_join_all_they_reach() -> None:
    """Three nodes joined by two links are one cluster, the others stay alone."""
    assert groups(clusters("ab", "bc")) == {"abc", "d", "e", "f"}


@given(st.permutations(["ab", "bc", "de", "ef", "ad"]))
def test_the_order_of_links_plays_no_part(pairs: list[str]) -> None:
    """The same links in any order give the same clusters."""
    assert clusters(*pairs) == clusters("ab", "ad", "bc", "de", "ef")


def test_a_decision_joins_what_no_rule_joins() -> None:
    """A person's `same` wins over the rules' silence, and stays as the reason."""
    found = clusters(decisions=(decide("a", "b", same=True),))

    assert "ab" in groups(found)
    assert {link.reason for one in found for link in one.links} == {"decision"}


def test_a_decision_keeps_apart_what_a_rule_joins() -> None:
    """A person's `different` wins over a link, also through others."""
    assert "abc" not in groups(clusters("ab", "bc", decisions=(decide("a", "c", same=False),)))


def test_a_later_decision_replaces_an_earlier_one() -> None:
    """Who changes their mind is heard: the last line on a pair counts, whichever node it names first."""
    decisions = (decide("a", "b", same=True), decide("b", "a", same=False))

    assert groups(clusters("ab", decisions=decisions)) == set(NAMES)


def test_a_conflict_between_members_keeps_clusters_apart() -> None:
    """An association with another RNA does not join through a third that has none."""
    nodes = nodes_of(
        record("a", "1", actor("x", rna="W691234567")),
        record("b", "1", actor("x")),
        record("c", "1", actor("x", rna="W691234568")),
    )

    assert groups(clusters("ab", "bc", nodes=nodes)) == {"ab", "c"}


def test_an_actor_and_a_project_never_merge() -> None:
    """Not even a decision makes an organisation a project."""
    nodes = nodes_of(record("a", "1", actor("x")), record("b", "1", project("x", node="actor")))

    assert groups(clusters("ab", decisions=(decide("a", "b", same=True),), nodes=nodes)) == {"a", "b"}


def test_the_oldest_member_names_the_cluster() -> None:
    """The canonical key is that of the node seen first, however keys sort."""
    ledger = Ledger({}).with_nodes([(node("b"), "actor")], 1).with_nodes([(one, "actor") for one in NODES], 2)
    (found,) = (
        one
        for one in cluster(kinds_of(NODES), [Link(node("a"), node("b"), "rule")], (), marks_in(NODES), ledger)
        if len(one.members) == 2
    )

    assert found.key == ledger.entries[node("b")].key
    assert found.members == (node("b"), node("a"))


def test_a_link_to_a_node_that_is_gone_is_left_aside() -> None:
    """A decision on a withdrawn record waits for its return and breaks nothing."""
    assert groups(clusters("az", decisions=(decide("a", "z", same=True),))) == set(NAMES)
