"""The JSON-LD context: every key gives its triple, for two parsers alike."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Dataset
from rdflib.compare import to_isomorphic

from cis_graph.resources import ONTOLOGY

BASE = "https://carrefour.example/"
RECORD = f"{BASE}id/record/exemple/1"
INSOC = "https://w3id.org/insoc/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "insoc": INSOC,
    "locn": "http://www.w3.org/ns/locn#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
}
CONTEXT = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]

TYPES = {
    **{
        name: f"insoc:{name}"
        for name in (
            "Actor",
            "Contributor",
            "Event",
            "Participation",
            "Programme",
            "Project",
            "Record",
            "RecordSnapshot",
        )
    },
    "Address": "locn:Address",
    "Geometry": "geo:Geometry",
}
TEXTS = {
    "label": "skos:prefLabel",
    "alternativeLabel": "skos:altLabel",
    "description": "dcterms:description",
    "lesson": "insoc:lesson",
    "outcome": "insoc:outcome",
    "recommendation": "insoc:recommendation",
    "keyword": "schema:keywords",
}
LINKS = {
    "homepage": "foaf:homepage",
    "territory": "insoc:territory",
    "theme": "insoc:theme",
    "audience": "insoc:audience",
    "method": "insoc:method",
    "actorType": "insoc:actorType",
    "role": "insoc:role",
    "kind": "insoc:kind",
    "address": "locn:address",
    "geometry": "geo:hasGeometry",
    "partOf": "dcterms:isPartOf",
    "actor": "insoc:actor",
    "project": "insoc:project",
    "programme": "insoc:underProgramme",
    "operatedBy": "insoc:operatedBy",
    "editionOf": "insoc:editionOf",
    "licence": "dcterms:license",
    "rights": "dcterms:rights",
    "source": "dcterms:source",
    "attributedTo": "prov:wasAttributedTo",
    "snapshotOf": "prov:specializationOf",
    "revisionOf": "prov:wasRevisionOf",
}
STRINGS = {
    "siren": "insoc:siren",
    "siret": "insoc:siret",
    "rna": "insoc:rna",
    "fullAddress": "locn:fullAddress",
    "thoroughfare": "locn:thoroughfare",
    "postCode": "locn:postCode",
    "postName": "locn:postName",
    "edition": "insoc:edition",
    "identifier": "dcterms:identifier",
}
TYPED = {
    "statedPartnerCount": ("insoc:statedPartnerCount", 60, "60", f"{XSD}nonNegativeInteger"),
    "statedProjectCount": ("insoc:statedProjectCount", 300, "300", f"{XSD}nonNegativeInteger"),
    "yearlyBudget": ("insoc:yearlyBudget", "2500000", "2500000", f"{XSD}decimal"),
    "yearlySupport": ("insoc:yearlySupport", "1800000.50", "1800000.50", f"{XSD}decimal"),
    "amount": ("insoc:amount", "390000.00", "390000.00", f"{XSD}decimal"),
    "latitude": ("schema:latitude", "45.7640", "45.7640", f"{XSD}decimal"),
    "longitude": ("schema:longitude", "4.8357", "4.8357", f"{XSD}decimal"),
    "wkt": ("geo:asWKT", "POINT(4.8357 45.7640)", "POINT(4.8357 45.7640)", f"{PREFIXES['geo']}wktLiteral"),
    "generatedAt": ("prov:generatedAtTime", "2026-11-21T20:00:00Z", "2026-11-21T20:00:00Z", f"{XSD}dateTime"),
}
DATES = {
    "startDate": "schema:startDate",
    "endDate": "schema:endDate",
    "modified": "dcterms:modified",
    "issued": "dcterms:issued",
}


def expanded(name: str) -> str:
    """The IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def document(**fields: Any) -> str:
    """One record with one node, the context inlined."""
    node = {"id": f"{RECORD}#node", **fields}
    return json.dumps({"@context": CONTEXT, "@graph": [{"id": RECORD, "@graph": [node]}]})


def objects(key: str, value: Any, predicate: str) -> set[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    """What a key's value becomes, read from the record's named graph."""
    quads = list(ox.parse(input=document(**{key: value}), format=ox.RdfFormat.JSON_LD, base_iri=BASE))
    assert {(str(quad.graph_name), quad.predicate.value) for quad in quads} == {(f"<{RECORD}>", expanded(predicate))}
    return {quad.object for quad in quads}


@pytest.mark.parametrize(("key", "predicate"), TEXTS.items())
def test_a_text_keeps_its_language(key: str, predicate: str) -> None:
    """Texts are maps from a language to one text or several."""
    expected = {ox.Literal("Un", language="fr"), ox.Literal("Deux", language="fr"), ox.Literal("One", language="en")}
    assert expected == objects(key, {"fr": ["Un", "Deux"], "en": "One"}, predicate)


@pytest.mark.parametrize(("key", "predicate"), LINKS.items())
def test_a_link_is_an_iri_absolute_or_below_the_base(key: str, predicate: str) -> None:
    """Links may be written in full or from the base of the data."""
    expected = {ox.NamedNode("https://exemple.example/"), ox.NamedNode(f"{BASE}id/territory/region-84")}
    assert expected == objects(key, ["https://exemple.example/", "id/territory/region-84"], predicate)


@pytest.mark.parametrize(("key", "predicate"), STRINGS.items())
def test_an_identifier_is_a_plain_string(key: str, predicate: str) -> None:
    """A code that starts with a zero keeps it."""
    assert {ox.Literal("012345678")} == objects(key, "012345678", predicate)


@pytest.mark.parametrize(("key", "facts"), TYPED.items())
def test_a_number_has_its_datatype(key: str, facts: tuple[str, Any, str, str]) -> None:
    """Decimals are given as text, since JSON numbers would come out as doubles."""
    predicate, value, lexical, datatype = facts
    assert {ox.Literal(lexical, datatype=ox.NamedNode(datatype))} == objects(key, value, predicate)


@pytest.mark.parametrize(("key", "predicate"), DATES.items())
@pytest.mark.parametrize(("text", "datatype"), [("2017", "gYear"), ("2020-06", "gYearMonth"), ("2025-07-25", "date")])
def test_a_date_is_as_precise_as_stated(key: str, predicate: str, text: str, datatype: str) -> None:
    """A year stays a year."""
    expected = {ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))}
    assert expected == objects(key, {"@value": text, "@type": f"xsd:{datatype}"}, predicate)


@pytest.mark.parametrize(("name", "expected"), TYPES.items())
def test_a_type_is_a_word_of_the_vocabulary(name: str, expected: str) -> None:
    """Types are written without a prefix."""
    quads = ox.parse(input=document(type=name), format=ox.RdfFormat.JSON_LD, base_iri=BASE)
    assert [ox.NamedNode(expanded(expected))] == [quad.object for quad in quads]


def test_every_key_of_the_context_is_tested() -> None:
    """A key added to the context must be added to this file."""
    tested = TYPES.keys() | TEXTS.keys() | LINKS.keys() | STRINGS.keys() | TYPED.keys() | DATES.keys()
    assert tested | PREFIXES.keys() | {"@version", "id", "type"} == CONTEXT.keys()


def test_a_key_the_context_lacks_gives_no_triple() -> None:
    """Without a default vocabulary an unknown key cannot pass for a property."""
    assert "@vocab" not in CONTEXT
    assert "@base" not in CONTEXT
    assert list(ox.parse(input=document(them="x"), format=ox.RdfFormat.JSON_LD, base_iri=BASE)) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib warns of its own calls
def test_two_parsers_read_the_same_graphs() -> None:
    """Two parsers, pyoxigraph and rdflib, agree on every key at once, named graph by named graph."""
    fields: dict[str, Any] = {"type": list(TYPES)}
    fields |= {key: {"fr": ["Un", "Deux"], "en": "One"} for key in TEXTS}
    fields |= dict.fromkeys(LINKS, "id/territory/region-84")
    fields |= dict.fromkeys(STRINGS, "012345678")
    fields |= {key: value for key, (_, value, _, _) in TYPED.items()}
    fields |= {key: {"@value": "2020-06", "@type": "xsd:gYearMonth"} for key in DATES}
    text = document(**fields)
    quads = ox.serialize(ox.parse(input=text, format=ox.RdfFormat.JSON_LD, base_iri=BASE), format=ox.RdfFormat.N_QUADS)
    expected = Dataset().parse(data=text, format="json-ld", publicID=BASE)
    actual = Dataset().parse(data=quads or b"", format="nquads")
    assert {str(graph.identifier) for graph in expected.graphs() if graph} == {RECORD}
    record = next(graph.identifier for graph in expected.graphs() if graph)
    assert to_isomorphic(expected.graph(record)) == to_isomorphic(actual.graph(record))
