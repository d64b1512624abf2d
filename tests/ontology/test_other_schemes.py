"""Our concepts in the schemes of others: each IRI and each code is one that the other scheme has."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from cis_graph.concepts.labels import Labels
from cis_graph.model.records import Label, Scheme
from cis_graph.rdf.schemes import load_schemes
from cis_graph.resources import CURATION, ONTOLOGY
from tools.make_data_inclusion_labels import COLUMNS, rows

SHARED = Path(__file__).parents[3] / "shared" / "data"
ESS = "http://purl.org/essglobal/standard/"
OWN = Graph().parse(ONTOLOGY / "schemes.ttl", format="turtle")
OTHERS = Graph().parse(ONTOLOGY / "other-schemes.ttl", format="turtle")
LABELS = Labels.load(CURATION / "labels", load_schemes().keys, words=load_schemes().words)
NOTATIONS = [(str(node), code) for node, code in OTHERS.subject_objects(SKOS.notation) if isinstance(code, Literal)]


def matches() -> Iterator[tuple[URIRef, URIRef]]:
    """Every concept of ours with what it matches."""
    for way in (SKOS.exactMatch, SKOS.closeMatch, SKOS.narrowMatch, SKOS.broadMatch, SKOS.relatedMatch):
        yield from ((URIRef(str(ours)), URIRef(str(theirs))) for ours, theirs in (OWN + OTHERS).subject_objects(way))


def test_only_concepts_of_ours_are_aligned() -> None:
    """What another scheme is aligned to is a concept, and each datatype of a code is declared."""
    declared = set(OTHERS.subjects(RDF.type, RDFS.Datatype))
    header = set(OTHERS.subjects(RDF.type, OWL.Ontology))

    assert set(OTHERS.subjects()) - declared - header <= set(OWN.subjects(RDF.type, SKOS.Concept))
    assert {code.datatype for _, code in NOTATIONS} == declared


def test_a_code_is_the_notation_of_one_concept() -> None:
    """A code of data·inclusion never means two things."""
    assert [code for code, count in Counter(code for _, code in NOTATIONS).items() if count > 1] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the schemes of others are not here")
def test_a_match_is_a_concept_of_essglobal() -> None:
    """No IRI of ESSGLOBAL was made up."""
    named = [str(theirs).removeprefix(ESS).split("/") for _, theirs in matches() if str(theirs).startswith(ESS)]
    known = {
        (path.stem, key)
        for path in (SHARED / "essglobal-vocab").glob("*.skos")
        for key in re.findall(r'rdf:about="([^"]+)"', path.read_text(encoding="utf-8"))
    }

    assert named
    assert {(scheme, key) for scheme, key in named} <= known


@pytest.mark.skipif(not SHARED.is_dir(), reason="the schemes of others are not here")
def test_a_notation_is_a_code_of_data_inclusion() -> None:
    """No code was made up, and the table of labels is the one the tool makes."""
    folder = SHARED / "data-inclusion-referentials"
    codes = {row["value"] for path in folder.glob("v?/*.csv") for row in _read(path)}

    assert {str(code) for _, code in NOTATIONS} <= codes
    assert [dict(zip(COLUMNS, row, strict=True)) for row in rows(folder)] == _read(
        CURATION / "labels" / "data-inclusion.csv"
    )


@pytest.mark.parametrize(("iri", "code"), NOTATIONS)
def test_a_code_resolves_to_its_concept(iri: str, code: Literal) -> None:
    """Data coded by data·inclusion can be read."""
    scheme, key = iri.rpartition("/concept/")[2].split("/")

    assert key in {
        found.concept for found in LABELS.resolve("data-inclusion", Label(text=str(code), scheme=_scheme(scheme)))
    }


def test_a_label_of_data_inclusion_resolves_for_all() -> None:
    """Words that only data·inclusion uses mean the same wherever they are met."""
    said = (("Soutien aux aidants", "theme"), ("personnes-exilees", "audience"), ("Municipalités", "actor-type"))

    assert [("dependance",), ("migrants",), ("commune",)] == [
        tuple(found.concept for found in LABELS.resolve("anybody", Label(text=text, scheme=_scheme(scheme))))
        for text, scheme in said
    ]


def _scheme(name: str) -> Scheme:
    schemes: dict[str, Scheme] = {"theme": "theme", "audience": "audience", "actor-type": "actor-type"}
    return schemes[name]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
