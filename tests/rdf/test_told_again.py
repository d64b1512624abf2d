"""Records read back from RDF."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from cis_graph.errors import SourceFault
from cis_graph.harvest.told_records import mapped_rdf
from cis_graph.mapping.run import Mapped
from cis_graph.model.findings import Fate
from cis_graph.rdf.documents import record_document
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.quads import Context
from tests.support.golden import expected, folders, mapper_of

IRIS = Iris("https://carrefour.example/")
GOOD = """
@prefix insoc: <https://w3id.org/insoc/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://carrefour.example/id/record/rtes/un> .
<#projet> a insoc:Project ; skos:prefLabel "Un jardin"@fr ; insoc:theme <https://w3id.org/insoc/concept/theme/sante> .
"""


def mapped(text: str) -> Mapped:
    """The records of Turtle handed over by RTES."""
    (folder,) = (folder for folder in folders() if folder.name == "rtes")
    return mapped_rdf(mapper_of(folder).source, "test.ttl", text.encode(), "ttl", IRIS)


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_record_told_in_rdf_and_read_back_says_the_same(folder: Path) -> None:
    """Every statement of every mapper's golden records is there again, and none beside."""
    triples = expected(folder)
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE)
    assert data is not None
    again = mapped_rdf(mapper_of(folder).source, "golden.ttl", data, "ttl", IRIS)

    documents = (record_document(record, IRIS) for record in again.records)
    assert triples == {quad.triple for quad in Context().quads(documents, IRIS.base)}
    assert () == again.findings


def test_a_good_record_needs_three_lines() -> None:
    """A class, a label and a theme make a record."""
    (record,) = mapped(GOOD).records

    assert ("rtes", "un", "Un jardin") == (record.contributor, record.key, record.projects[0].label)


@pytest.mark.parametrize(
    "more",
    [
        "<#projet> <http://xmlns.com/foaf/0.1/mbox> <mailto:a@b.example> .",
        "<#x> a insoc:Thing .",
        "<#x> a insoc:Actor .",
        "<#x> a insoc:Participation ; insoc:actor <https://elsewhere.example/#a> .",
        "<#projet> insoc:theme [ skos:prefLabel 'x' ] . [] a insoc:Project .",
        "<https://carrefour.example/id/record/ruches/1#a> a insoc:Actor ; skos:prefLabel 'x' .",
    ],
)
def test_what_a_record_cannot_say_sets_it_aside(more: str) -> None:
    """A property, a class or a node that records do not have is named; nothing is left out without a word."""
    found = mapped(GOOD + more)

    assert {Fate.RECORD_REJECTED} == {one.fate for one in found.findings}
    assert 0 == found.account.lost


@pytest.mark.parametrize(
    "more",
    [
        "<#projet> <https://schema.org/startDate> '2019-02-31' .",
        "<#a> a insoc:Actor ; skos:prefLabel 'x' ; insoc:siret '1' .",
        "<#projet> insoc:method <https://elsewhere.example/x> .",
        "<#projet> skos:altLabel 'A garden'@en .",
    ],
)
def test_a_value_that_fails_its_check_is_refused_alone(more: str) -> None:
    """The record goes on without it."""
    found = mapped(GOOD + more)

    assert [Fate.VALUE_REFUSED] == [one.fate for one in found.findings]
    assert 1 == len(found.records)


@pytest.mark.parametrize("text", ["", "<", "<https://x.example/> a <https://x.example/> .", "\x00"])
def test_what_tells_of_no_record_is_a_fault_of_the_whole(text: str) -> None:
    """Broken RDF, and RDF of something else, say where the fault is."""
    with pytest.raises(SourceFault, match=r"test\.ttl"):
        mapped(text)
