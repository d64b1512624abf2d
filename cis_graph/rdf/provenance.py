"""Who says what, from which page, under which licence, seen when."""

from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.mapping.source import Source
from cis_graph.model.records import NO_LICENCE, Record
from cis_graph.rdf.iris import DCTERMS, FOAF, INSOC, PROV, RDF, SKOS, XSD, Iris
from cis_graph.rdf.statements import iri, statement, text, typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A state in which something was seen: a hash of it, and the time of the first harvest that had it.

    The time is an xsd:dateTime in UTC.
    """

    sha256: str
    at: str


def snapshot_lines(record: str, seen: Seen) -> Iterable[str]:
    """What there is to say of the state in which the record with this IRI was seen."""
    snapshot = snapshot_iri(record, seen.sha256)
    yield statement(snapshot, f"{RDF}type", iri(f"{INSOC}RecordSnapshot"))
    yield statement(snapshot, f"{PROV}specializationOf", iri(record))
    yield statement(snapshot, f"{PROV}generatedAtTime", typed(seen.at, "dateTime"))


def snapshot_iri(record: str, sha256: str) -> str:
    """The IRI of one state of the record with this IRI."""
    return f"{record}/v/{sha256[:12]}"


def description_lines(record: Record, iris: Iris) -> Iterable[str]:
    """Whose a record is, from which page, under which licence, and its own dates."""
    subject = iris.record(record.contributor, record.key)
    yield statement(subject, f"{RDF}type", iri(f"{INSOC}Record"))
    yield statement(subject, f"{DCTERMS}identifier", text(record.key))
    yield _licence(subject, record.licence)
    yield statement(subject, f"{PROV}wasAttributedTo", iri(iris.entity("contributor", record.contributor)))
    if record.page:
        yield statement(subject, f"{DCTERMS}source", iri(record.page))
    for predicate, date in (("modified", record.modified), ("issued", record.issued)):
        if date:
            yield statement(subject, DCTERMS + predicate, typed(date.text, XSD + date.precision.value))


def contributor_lines(source: Source, organisation: str | None, iris: Iris) -> Iterable[str]:
    """A contributor; ``organisation`` is the IRI of the actor it is."""
    subject = iris.entity("contributor", source.contributor)
    yield statement(subject, f"{RDF}type", iri(f"{INSOC}Contributor"))
    yield statement(subject, f"{SKOS}prefLabel", text(source.title, "fr"))
    yield statement(subject, f"{FOAF}homepage", iri(source.homepage))
    yield _licence(subject, source.licence)
    for note, language in ((source.note_fr, "fr"), (source.note_en, "en")):
        if note:
            yield statement(subject, f"{SKOS}editorialNote", text(note, language))
    if organisation:
        yield statement(subject, f"{PROV}actedOnBehalfOf", iri(organisation))


def _licence(subject: str, licence: str) -> str:
    predicate = "rights" if licence == NO_LICENCE else "license"
    return statement(subject, DCTERMS + predicate, iri(licence))
