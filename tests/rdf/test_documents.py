from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest

from cis_graph.model.dates import StatedDate
from cis_graph.model.places import Place
from cis_graph.model.records import Address, Event, Label, Programme, Project
from cis_graph.rdf.documents import node_documents, record_document
from cis_graph.rdf.iris import DCTERMS, INSOC, SCHEMA, SKOS, XSD, Iris
from cis_graph.rdf.quads import Context
from tests.support.making import actor, part, project, record

IRIS = Iris("https://carrefour.example/")
CONTEXT = Context()
RECORD = "https://carrefour.example/id/record/a/1"


def triples(*nodes: Any, key: str = "1") -> set[tuple[str, str, str]]:
    """What a record of these nodes says, N-Triples terms without the record's IRI."""
    quads = list(CONTEXT.quads([record_document(record("a", key, *nodes), IRIS)], IRIS.base))
    assert {str(quad.graph_name) for quad in quads} <= {f"<{IRIS.record('a', key)}>"}
    return {(str(quad.subject).replace(RECORD, ""), quad.predicate.value, str(quad.object)) for quad in quads}


def objects(nodes: tuple[Any, ...], predicate: str) -> set[str]:
    """The objects of one predicate."""
    return {obj for _, each, obj in triples(*nodes) if each == predicate}


def test_a_record_is_one_graph_of_its_own_nodes() -> None:
    """Every node of a record is a hash in the record's graph."""
    found = triples(project("Jardin", "commune-69123"), actor("Clairière"), part("actor", "project"))

    assert {subject for subject, _, _ in found} == {"<#project>", "<#actor>", "<#part-actor-project-partenaire>"}
    assert ("<#project>", f"{SKOS}prefLabel", '"Jardin"@fr') in found
    assert ("<#project>", f"{INSOC}territory", f"<{IRIS.base}id/territory/commune-69123>") in found


@pytest.mark.parametrize(("text", "datatype"), [("2017", "gYear"), ("2020-06", "gYearMonth"), ("2025-07-25", "date")])
def test_a_date_keeps_its_precision(text: str, datatype: str) -> None:
    """A year is said to be a year."""
    one = replace(project("Jardin"), started=StatedDate.parse(text))

    assert objects((one,), f"{SCHEMA}startDate") == {f'"{text}"^^<{XSD}{datatype}>'}


@pytest.mark.parametrize(
    ("amount", "text"), [("0", "0"), ("1E+6", "1000000"), ("0.000000010", "0.000000010"), ("12.50", "12.50")]
)
def test_an_amount_is_a_decimal_without_exponent(amount: str, text: str) -> None:
    """xsd:decimal knows no exponent."""
    one = replace(part("actor", "project"), amount=Decimal(amount))

    assert objects((project("x"), actor("y"), one), f"{INSOC}amount") == {f'"{text}"^^<{XSD}decimal>'}


def test_what_is_unresolved_or_empty_is_not_said() -> None:
    """A label without a concept, a place without a territory, an empty list: none makes a statement."""
    one = Project(
        node="project", label="x", description="", places=(Place(text="?"),), themes=(Label(text="?", scheme="theme"),)
    )

    assert {predicate.rsplit("#")[-1] for _, predicate, _ in triples(one)} == {"type", "prefLabel"}


def test_zero_is_said() -> None:
    """No partner is a statement, and not the absence of one."""
    one = replace(project("x"), stated_partner_count=0)

    assert objects((one,), f"{INSOC}statedPartnerCount") == {f'"0"^^<{XSD}nonNegativeInteger>'}


def test_an_address_is_a_node_beside_its_actor() -> None:
    """The actor points to it, and its parts are said of it."""
    one = replace(actor("y"), address=Address(full="1 rue Haute, 69007 Lyon", town="Lyon"))
    documents = list(node_documents(one, "actor", lambda name: f"urn:{name}", IRIS))

    assert [document["id"] for document in documents] == ["urn:actor-address", "urn:actor"]
    assert documents[0] == {
        "id": "urn:actor-address",
        "type": "Address",
        "fullAddress": "1 rue Haute, 69007 Lyon",
        "postName": "Lyon",
    }
    assert documents[1]["address"] == "urn:actor-address"


def test_an_actor_keeps_its_sources_words() -> None:
    """Keywords of an actor are French texts, each once."""
    one = replace(actor("y"), keywords=("formation", "recherche"))

    assert objects((one,), f"{SCHEMA}keywords") == {'"formation"@fr', '"recherche"@fr'}


def test_every_kind_of_node_has_its_class_and_its_links() -> None:
    """A programme has an operator, an event its actors and projects, a part of a project its whole."""
    one = replace(
        record("a", "1", actor("y"), project("x"), replace(project("part", node="small"), part_of="project")),
        programmes=(Programme(node="call", label="Appel", operator="actor"),),
        events=(
            Event(
                node="fair",
                label="Foire",
                started=StatedDate.parse("2020"),
                actors=("actor",),
                projects=("project", "small"),
            ),
        ),
    )
    quads = CONTEXT.quads([record_document(one, IRIS)], IRIS.base)
    said = {
        (q.subject.value.partition("#")[2], q.predicate.value, str(q.object))
        for q in quads
        if isinstance(q.subject, ox.NamedNode)
    }

    assert ("call", f"{INSOC}operatedBy", f"<{RECORD}#actor>") in said
    assert ("small", f"{DCTERMS}isPartOf", f"<{RECORD}#project>") in said
    assert {obj for node, predicate, obj in said if (node, predicate) == ("fair", f"{INSOC}project")} == {
        f"<{RECORD}#project>",
        f"<{RECORD}#small>",
    }


@pytest.mark.parametrize("key", ["../x", "é", "#", "/", "a b", '"', "\n", "<script>", "x> <urn:y", "?a=b", "%23"])
def test_a_hostile_local_id_never_leaves_its_graph(key: str) -> None:
    """A key that looks like a path, a fragment or markup names one graph, and only its own nodes are in it."""
    quads = list(CONTEXT.quads([record_document(record("a", key, project("x", node=key)), IRIS)], IRIS.base))

    assert {quad.graph_name for quad in quads} == {ox.NamedNode(IRIS.record("a", key))}
    assert {quad.subject for quad in quads} == {ox.NamedNode(IRIS.node("a", key, key))}


@pytest.mark.parametrize("text", ["<b>x</b>", 'a "b"', "a\nb", "\u202eabc", "\x00", "@id", "{}", "http://x/", "fr"])
def test_a_hostile_text_is_a_text(text: str) -> None:
    """Whatever a label holds, it is a French literal."""
    assert objects((project(text),), f"{SKOS}prefLabel") == {str(ox.Literal(text, language="fr"))}
