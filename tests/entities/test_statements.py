from dataclasses import replace

from cis_graph.entities.merge import Entity
from cis_graph.entities.statements import Led, entity_documents, link_lines, source_lines, tombstone_lines
from cis_graph.model.nodes import KINDS, NodeId, Thing
from cis_graph.model.records import Address
from cis_graph.rdf.iris import DCTERMS, INSOC, OWL, PROV, XSD, Iris
from tests.support.making import actor, part, project

IRIS = Iris("https://carrefour.example/")
ID = f"{IRIS.base}id"
FIRST, SECOND = NodeId("a", "1", "actor"), NodeId("b", "é/2", "actor")


def entity(value: Thing, key: str, *members: NodeId) -> Entity:
    """An entity under its key."""
    return Entity(kind=KINDS[type(value)], key=key, value=value, members=members)


def test_entities_are_told_under_their_canonical_iris() -> None:
    """A participation points to the IRIs of entities, each under its own kind."""
    known = [entity(actor("y"), "ay"), entity(project("x"), "px"), entity(part("ay", "px"), "t")]
    documents = {document["id"]: document for document in entity_documents(known, IRIS)}

    assert set(documents) == {f"{ID}/actor/ay", f"{ID}/project/px", f"{ID}/participation/t"}
    told = documents[f"{ID}/participation/t"]
    assert (told["actor"], told["project"]) == (f"{ID}/actor/ay", f"{ID}/project/px")


def test_an_address_is_a_hash_of_its_actor() -> None:
    """The address of an entity has no page of its own."""
    one = replace(actor("y"), address=Address(full="1 rue Haute"))
    documents = {document["id"]: document for document in entity_documents([entity(one, "ay")], IRIS)}

    assert documents[f"{ID}/actor/ay"]["address"] == f"{ID}/actor/ay#address"
    assert documents[f"{ID}/actor/ay#address"]["fullAddress"] == "1 rue Haute"


def test_every_record_an_entity_comes_from_is_named() -> None:
    """Two nodes of one record are one source."""
    one = Led("actor", "ay", (FIRST, NodeId("a", "1", "other"), SECOND))

    assert list(source_lines([one], IRIS)) == [
        f"<{ID}/actor/ay> <{PROV}wasDerivedFrom> <{ID}/record/a/1> .",
        f"<{ID}/actor/ay> <{PROV}wasDerivedFrom> <{ID}/record/b/%C3%A9%2F2> .",
    ]


def test_every_node_describes_its_entity_and_every_other_key_leads_to_it() -> None:
    """The canonical key has no replacement, the others have."""
    one = Led("actor", "first", (FIRST, SECOND))

    assert set(link_lines([one], {FIRST: "first", SECOND: "second"}, IRIS)) == {
        f"<{ID}/record/a/1#actor> <{INSOC}describes> <{ID}/actor/first> .",
        f"<{ID}/record/b/%C3%A9%2F2#actor> <{INSOC}describes> <{ID}/actor/first> .",
        f"<{ID}/actor/second> <{DCTERMS}isReplacedBy> <{ID}/actor/first> .",
    }


def test_what_is_withdrawn_is_said_to_be() -> None:
    """A key is never forgotten."""
    line = f'<{ID}/project/gone> <{OWL}deprecated> "true"^^<{XSD}boolean> .'

    assert line in set(tombstone_lines([("project", "gone")], IRIS))
