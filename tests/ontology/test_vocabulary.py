"""The ontology: small, in two languages, free to use, and the only source of its own terms."""

import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from cis_graph.resources import ONTOLOGY, SHAPES
from cis_graph.validation.shapes import load_shapes
from cis_graph.validation.validate import validate_batches

CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
NAMESPACE = "https://w3id.org/insoc/ontology#"
INSOC = Graph().parse(ONTOLOGY / "insoc.ttl", format="turtle")
TERMS = {str(term) for term in INSOC.subjects(RDFS.isDefinedBy) if str(term).startswith(NAMESPACE)}
FILES = sorted({*ONTOLOGY.glob("*.ttl"), *SHAPES.glob("*.ttl")} - {ONTOLOGY / "dataset.ttl"})  # that one tells of data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_given_to_all(path: Path) -> None:
    """Ontology, concepts and shapes are CC0 and say so."""
    assert CC0 in set(Graph().parse(path, format="turtle").objects(None, DCTERMS.license))


@pytest.mark.parametrize("path", [*FILES, ONTOLOGY / "context.jsonld"], ids=lambda path: path.name)
def test_every_term_in_use_is_declared(path: Path) -> None:
    """No file uses an insoc term that the ontology does not define."""
    used = set(re.findall(r"\binsoc:([A-Za-z]+)", path.read_text(encoding="utf-8")))
    assert {NAMESPACE + name for name in used} <= TERMS


@pytest.mark.parametrize("term", sorted(TERMS))
def test_a_term_has_a_label_and_a_definition_in_french_and_english(term: str) -> None:
    """A reader of either language knows what a term means."""
    for predicate in (RDFS.label, SKOS.definition):
        values = INSOC.objects(URIRef(term), predicate)
        assert {"fr", "en"} == {value.language for value in values if isinstance(value, Literal)}


def test_the_ontology_stays_small() -> None:
    """Fourteen classes and forty-one properties; everything else is reused."""
    kinds = [
        sum((URIRef(term), RDF.type, kind) in INSOC for term in TERMS)
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    ]
    assert kinds == [14, 22, 19]


def test_a_project_is_no_actor() -> None:
    """Projects and organisations are disjoint, and no alignment makes one the other."""
    project, actor = URIRef(f"{NAMESPACE}Project"), URIRef(f"{NAMESPACE}Actor")
    alignments = Graph().parse(ONTOLOGY / "alignments.ttl", format="turtle")
    both = INSOC + alignments
    assert (project, OWL.disjointWith, actor) in INSOC
    above = set(both.transitive_objects(project, RDFS.subClassOf)) & set(
        both.transitive_objects(actor, RDFS.subClassOf)
    )
    assert above == set()


def test_the_concept_schemes_keep_the_shapes_of_reference_data() -> None:
    """The shipped concepts break no rule, not even a warning."""
    ntriples = Graph().parse(ONTOLOGY / "schemes.ttl", format="turtle").serialize(format="nt", encoding="utf-8")
    assert list(validate_batches([ntriples], stubs=b"", shapes="reference", processes=1)) == []
    assert "concept-label-english" in load_shapes("reference").rules
