"""What the platform itself maintains, as statements: territories, concept schemes, ontology."""

from collections.abc import Iterable
from decimal import Decimal

from cis_graph.rdf.iris import DCTERMS, GEO, IGEO, INSOC, RDF, SCHEMA, SKOS, Iris
from cis_graph.rdf.quads import turtle_lines
from cis_graph.rdf.statements import iri, statement, text, typed
from cis_graph.resources import ONTOLOGY
from cis_graph.territories.gazetteer import Gazetteer, Territory

_INSEE_CLASSES = {
    "commune": "Commune",
    "epci": "Intercommunalite",
    "departement": "Departement",
    "region": "Region",
    "ancienne-region": "Region",
    "pays": "Pays",
}
_FILES = ("insoc.ttl", "alignments.ttl", "schemes.ttl", "other-schemes.ttl")


def vocabulary_lines() -> set[str]:
    """The ontology, its alignments and the concept schemes."""
    return set().union(*(turtle_lines(ONTOLOGY / name) for name in _FILES))


def territory_lines(gazetteer: Gazetteer, iris: Iris) -> Iterable[str]:
    """Every territory with its direct containers, official code and point."""
    for territory in gazetteer.territories.values():
        yield from description(territory, iris)


def containment_lines(gazetteer: Gazetteer, iris: Iris) -> Iterable[str]:
    """The reflexive and transitive closure of ``insoc:within``; direct links apart."""
    for key, territory in gazetteer.territories.items():
        subject = iris.entity("territory", key)
        for container in sorted(gazetteer.containers(key) - set(territory.within)):
            yield statement(subject, f"{INSOC}within", iri(iris.entity("territory", container)))


def description(territory: Territory, iris: Iris) -> Iterable[str]:
    """One territory."""
    subject = iris.entity("territory", territory.key)
    yield statement(subject, f"{RDF}type", iri(f"{INSOC}Territory"))
    yield statement(subject, f"{RDF}type", iri(IGEO + _INSEE_CLASSES[territory.level]))
    yield statement(subject, f"{SKOS}prefLabel", text(territory.name, "fr"))
    if territory.code:
        yield statement(subject, f"{IGEO}codeINSEE", text(territory.code))
    for container in territory.within:
        yield statement(subject, f"{INSOC}within", iri(iris.entity("territory", container)))
    if territory.ended:
        yield statement(subject, f"{SCHEMA}endDate", typed(territory.ended, "date"))
    if territory.replaced_by:
        yield statement(subject, f"{DCTERMS}isReplacedBy", iri(iris.entity("territory", territory.replaced_by)))
    if territory.latitude is not None and territory.longitude is not None:
        yield from _point(subject, territory.latitude, territory.longitude)


def _point(subject: str, latitude: float, longitude: float) -> Iterable[str]:
    geometry = f"{subject}#point"
    yield statement(subject, f"{GEO}hasGeometry", iri(geometry))
    yield statement(geometry, f"{RDF}type", iri(f"{GEO}Geometry"))
    yield statement(geometry, f"{GEO}asWKT", typed(f"POINT({longitude} {latitude})", f"{GEO}wktLiteral"))
    yield statement(subject, f"{SCHEMA}latitude", typed(_decimal(latitude), "decimal"))
    yield statement(subject, f"{SCHEMA}longitude", typed(_decimal(longitude), "decimal"))


def _decimal(number: float) -> str:
    return format(Decimal(str(number)), "f")  # xsd:decimal knows no exponent


def stub_lines(vocabulary: Iterable[str], territories: Iterable[str], contributors: Iterable[str], iris: Iris) -> bytes:
    """The types and schemes of all that records may cite, as N-Triples: concepts, territories, contributors."""
    concepts = (line for line in vocabulary if f" <{RDF}type> " in line or f" <{SKOS}inScheme> " in line)
    places = (statement(iris.entity("territory", key), f"{RDF}type", iri(f"{INSOC}Territory")) for key in territories)
    tellers = (
        statement(iris.entity("contributor", slug), f"{RDF}type", iri(f"{INSOC}Contributor")) for slug in contributors
    )
    return "\n".join(sorted({*concepts, *places, *tellers})).encode("utf-8")
