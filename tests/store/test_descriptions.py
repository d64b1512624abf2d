import pyoxigraph as ox
import pytest

from cis_graph.rdf.iris import INSOC, PREFIXES
from cis_graph.store.descriptions import merged, told
from cis_graph.store.embedded import EmbeddedStore, make_store

TURTLE = """
<urn:actor> a insoc:Actor ; skos:prefLabel "Clairière"@fr ; locn:address <urn:actor#address> ; insoc:territory <urn:here> .
<urn:actor#address> locn:fullAddress "1 rue" .
<urn:here> skos:prefLabel "Ici"@fr ; insoc:within <urn:there> .
<urn:project> skos:prefLabel "Jardin"@fr ; insoc:theme <urn:theme> .
<urn:role> skos:prefLabel "porteur"@fr .
<urn:theme> skos:prefLabel "santé"@fr .
<urn:part> insoc:actor <urn:actor> ; insoc:project <urn:project> ; insoc:role <urn:role> .
<urn:stranger> skos:prefLabel "Autre"@fr ; insoc:cooperatesWith <urn:actor> .
<urn:record#actor> insoc:describes <urn:actor> .
<urn:record> {
  <urn:record#actor> skos:prefLabel "La Clairière"@fr .
  <urn:record#part> insoc:actor <urn:record#actor> ; insoc:project <urn:record#project> .
  <urn:record#project> skos:prefLabel "Le jardin"@fr .
}
<urn:other> { <urn:record#actor> skos:prefLabel "Not this record's to say"@fr . }
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    """A store with one actor, its participation and what one record tells of them."""
    folder = tmp_path_factory.mktemp("store")
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    quads = ox.parse(input=prefixes + TURTLE, format=ox.RdfFormat.TRIG)
    (folder / "all.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    make_store(folder / "store", [folder / "all.nq"])
    return EmbeddedStore(folder / "store")


def subjects(quads: list[ox.Quad]) -> set[str]:
    """The local names of the subjects."""
    return {str(quad.subject).strip("<>").removeprefix("urn:") for quad in quads}


def test_a_thing_is_told_with_its_parts_its_joins_and_their_names(store: EmbeddedStore) -> None:
    """An actor comes with its address, its participations, and the names of what these point to."""
    assert subjects(merged(store, "urn:actor")) == {"actor", "actor#address", "part", "here", "project", "role"}


def test_what_is_pointed_to_is_only_named(store: EmbeddedStore) -> None:
    """Of the territory there is the name and not where it lies."""
    about = [quad for quad in merged(store, "urn:actor") if str(quad.subject) == "<urn:here>"]

    assert [str(quad.object) for quad in about] == ['"Ici"@fr']


def test_merged_values_are_of_the_default_graph(store: EmbeddedStore) -> None:
    """What a record says stays in the record's graph."""
    assert {str(quad.graph_name) for quad in merged(store, "urn:actor")} == {"DEFAULT"}


def test_nobody_is_told_nothing_of(store: EmbeddedStore) -> None:
    """An unknown IRI has no description, and neither has one that is only pointed at."""
    assert merged(store, "urn:nobody") == []
    assert merged(store, "urn:there") == []
    assert told(store, "urn:nobody") == []


def test_what_a_record_says_stands_in_its_own_graph(store: EmbeddedStore) -> None:
    """The record's nodes and their joins are told from that record's graph alone."""
    said = told(store, "urn:actor")

    assert {str(quad.graph_name) for quad in said} == {"<urn:record>"}
    assert subjects(said) == {"record#actor", "record#part"}
    assert f"<{INSOC}actor>" in {str(quad.predicate) for quad in said}
