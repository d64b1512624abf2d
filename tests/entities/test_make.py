import pytest

from cis_graph.entities.make import make_entities
from cis_graph.model.nodes import NodeId, things
from tests.support.making import actor, part, project, record

RECORDS = (
    record("a", "1", actor("Clairière"), project("Jardin"), part("actor", "project")),
    record("b", "1", actor("La Clairière")),
)


def test_every_cluster_is_one_entity_by_kind_and_key() -> None:
    """Nodes of two records in one cluster are one actor; participations point to the entities."""
    keys = {node: f"k-{node}" for one in RECORDS for node, _ in things(one)} | {
        NodeId("b", "1", "actor"): "k-a/1#actor"
    }
    clusters: dict[str, list[NodeId]] = {}
    for node, key in keys.items():
        clusters.setdefault(key, []).append(node)
    entities = make_entities(RECORDS, reversed(clusters.items()), keys)

    assert [(entity.kind, entity.key) for entity in entities] == [
        ("actor", "k-a/1#actor"),
        ("participation", "k-a/1#part-actor-project-partenaire"),
        ("project", "k-a/1#project"),
    ]
    assert entities[0].records == (("a", "1"), ("b", "1"))
    assert entities[1].value.actor == "k-a/1#actor"  # type: ignore[union-attr]


def test_no_cluster_is_no_entity() -> None:
    """An empty release has no entity."""
    assert make_entities((), (), {}) == ()


def test_a_cluster_of_which_somebody_is_missing_is_a_fault() -> None:
    """An entity that half of its records tell would be wrong, and nobody would know."""
    keys = dict.fromkeys([NodeId("b", "1", "actor"), NodeId("c", "1", "actor")], "k")

    with pytest.raises(KeyError, match="members of k"):
        make_entities(RECORDS[1:], [("k", tuple(keys))], keys)
