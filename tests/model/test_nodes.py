from hypothesis import given
from hypothesis import strategies as st

from cis_graph.model.dates import StatedDate
from cis_graph.model.nodes import KINDS, NodeId, things
from cis_graph.model.records import Event, Programme
from tests.support.making import actor, part, project, record

WORDS = st.text(max_size=6)


def test_every_node_of_a_record_has_its_id() -> None:
    """Projects, actors, programmes, participations and events are all there, under the record's name."""
    one = record("a", "1", project("x"), actor("y"), part("actor", "project"))

    assert [str(node) for node, _ in things(one)] == ["a/1#project", "a/1#actor", "a/1#part-actor-project-partenaire"]
    assert [KINDS[type(thing)] for _, thing in things(one)] == ["project", "actor", "participation"]


def test_every_class_of_things_has_a_kind() -> None:
    """A kind is a word of the addresses, and no two classes share one."""
    made = (project("x"), actor("y"), part("a", "b"), Programme(node="p", label="p"))
    event = Event(node="e", label="e", started=StatedDate.parse("2020"))

    assert {type(thing) for thing in (*made, event)} == set(KINDS)
    assert len(set(KINDS.values())) == len(KINDS)


def test_a_record_without_nodes_has_none() -> None:
    """Nothing told is nothing known."""
    assert list(things(record("a"))) == []


@given(st.lists(st.builds(NodeId, WORDS, WORDS, WORDS)))
def test_ids_are_in_order_of_contributor_record_and_node(nodes: list[NodeId]) -> None:
    """The order of ids does not depend on where they were met."""
    expected = sorted((node.contributor, node.record, node.node) for node in nodes)

    assert expected == [(node.contributor, node.record, node.node) for node in sorted(nodes)]
