from dataclasses import replace

import pyoxigraph as ox
import pytest

from cis_graph.mapping.source import Source
from cis_graph.mapping.tables import CsvFile
from cis_graph.model.dates import StatedDate
from cis_graph.model.records import NO_LICENCE, Record
from cis_graph.rdf.iris import DCTERMS, INSOC, PROV, RDF, SKOS, XSD, Iris
from cis_graph.rdf.provenance import Seen, contributor_lines, description_lines, snapshot_lines
from tests.support.making import LICENCE, record

IRIS = Iris("https://carrefour.example/")
SEEN = Seen(sha256="ab" * 32, at="2026-01-02T03:04:05Z")
SOURCE = Source(
    slug="clairiere-projets",
    contributor="clairiere",
    title='La « Clairière » "verte"',
    homepage="https://clairiere.example/",
    licence=LICENCE,
    data=(CsvFile(name="x.csv"),),
    at_least=1,
)


def record_lines(one: Record) -> list[str]:
    """What there is to say of a record and of the state in which it was seen."""
    return [*description_lines(one, IRIS), *snapshot_lines(IRIS.record(one.contributor, one.key), SEEN)]


def said(lines: list[str]) -> set[tuple[str, str, str]]:
    """Lines as subject, predicate and object, parsed."""
    quads = ox.parse(input="\n".join(lines), format=ox.RdfFormat.N_QUADS)
    return {(str(quad.subject), quad.predicate.value, str(quad.object)) for quad in quads}


def test_a_record_says_whose_it_is_and_when_it_was_seen() -> None:
    """Identifier, licence and contributor of the record; time of its snapshot."""
    iri = IRIS.record("a", "é/1")
    snapshot = f"<{iri}/v/abababababab>"

    assert said(record_lines(record("a", "é/1"))) == {
        (f"<{iri}>", f"{RDF}type", f"<{INSOC}Record>"),
        (f"<{iri}>", f"{DCTERMS}identifier", '"é/1"'),
        (f"<{iri}>", f"{DCTERMS}license", f"<{LICENCE}>"),
        (f"<{iri}>", f"{PROV}wasAttributedTo", f"<{IRIS.entity('contributor', 'a')}>"),
        (snapshot, f"{RDF}type", f"<{INSOC}RecordSnapshot>"),
        (snapshot, f"{PROV}specializationOf", f"<{iri}>"),
        (snapshot, f"{PROV}generatedAtTime", f'"2026-01-02T03:04:05Z"^^<{XSD}dateTime>'),
    }


def test_dates_and_the_page_of_a_record_are_told_where_known() -> None:
    """A page is a source; dates keep their precision."""
    one = replace(
        record("a"), page="https://a.example/1", modified=StatedDate.parse("2020-05"), issued=StatedDate.parse("2019")
    )
    found = {(name, value) for _, name, value in said(record_lines(one))}

    assert (f"{DCTERMS}source", "<https://a.example/1>") in found
    assert (f"{DCTERMS}modified", f'"2020-05"^^<{XSD}gYearMonth>') in found
    assert (f"{DCTERMS}issued", f'"2019"^^<{XSD}gYear>') in found


def test_no_licence_is_no_licence() -> None:
    """Where none is stated, the rights statement says so and no licence is claimed."""
    names = {name: value for _, name, value in said(record_lines(replace(record("a"), licence=NO_LICENCE)))}

    assert names[f"{DCTERMS}rights"] == f"<{NO_LICENCE}>"
    assert f"{DCTERMS}license" not in names


def test_a_page_that_is_no_iri_is_an_error() -> None:
    """Nothing breaks out of its line."""
    with pytest.raises(ValueError, match="IRI"):
        record_lines(replace(record("a"), page="https://a.example/> . <urn:x"))


def test_a_contributor_is_told_with_its_notes_and_the_actor_it_is() -> None:
    """Title and notes keep their language; the organisation behind it is linked where it is known."""
    noted = replace(SOURCE, note_fr="Adresse inconnue.", note_en="Address unknown.")
    subject = f"<{IRIS.entity('contributor', 'clairiere')}>"
    found = said(list(contributor_lines(noted, "https://carrefour.example/id/actor/abc", IRIS)))

    assert (subject, f"{SKOS}prefLabel", '"La « Clairière » \\"verte\\""@fr') in found
    assert {value for _, name, value in found if name == f"{SKOS}editorialNote"} == {
        '"Adresse inconnue."@fr',
        '"Address unknown."@en',
    }
    assert (subject, f"{PROV}actedOnBehalfOf", "<https://carrefour.example/id/actor/abc>") in found


def test_a_contributor_whose_actor_is_unknown_has_none() -> None:
    """Nobody is put behind a source without a word from it."""
    assert f"{PROV}actedOnBehalfOf" not in {name for _, name, _ in said(list(contributor_lines(SOURCE, None, IRIS)))}
