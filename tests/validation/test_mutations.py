"""Ways to break a good record, one thing at a time, and how grave each is."""

from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from cis_graph.resources import ONTOLOGY
from cis_graph.validation.validate import validate_batches

PREFIXES = """
@prefix insoc: <https://w3id.org/insoc/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix locn: <http://www.w3.org/ns/locn#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix t: <https://w3id.org/insoc/concept/theme/> .
@prefix r: <https://w3id.org/insoc/concept/role/> . @prefix a: <https://w3id.org/insoc/concept/actor-type/> .
@prefix u: <https://w3id.org/insoc/concept/audience/> . @prefix x: <https://carrefour.example/id/> .
@prefix : <https://carrefour.example/id/record/x/1#> .
"""
TEXT = "Un jardin ouvert aux habitants du quartier, avec des ateliers animés chaque semaine par les bénévoles du lieu."
GOOD = f"""{PREFIXES}
<https://carrefour.example/id/record/x/1> a insoc:Record ; prov:wasAttributedTo <https://carrefour.example/id/contributor/x> ;
  dcterms:identifier "1" ; dcterms:license <https://spdx.org/licenses/etalab-2.0> ; dcterms:source <https://x.example/1> ;
  dcterms:modified "2025-01-01"^^xsd:date .
:p a insoc:Project ; skos:prefLabel "Jardin partagé"@fr ; dcterms:description "{TEXT}"@fr ; insoc:theme t:agriculture-durable ;
  insoc:audience u:habitants ; insoc:territory <https://carrefour.example/id/territory/commune-69123> ; schema:startDate "2019"^^xsd:gYear .
:o a insoc:Actor ; skos:prefLabel "Association du jardin"@fr ; insoc:actorType a:association ; insoc:siren "123456782" ;
  insoc:rna "W691234567" ; locn:address :o-address .
:o-address a locn:Address ; locn:postCode "69007" ; locn:postName "Lyon" .
:x a insoc:Participation ; insoc:actor :o ; insoc:project :p ; insoc:role r:porteur ; schema:startDate "2019-05"^^xsd:gYearMonth .
"""
REFERENCE = """
@prefix insoc: <https://w3id.org/insoc/ontology#> .
<https://carrefour.example/id/territory/commune-69123> a insoc:Territory .
<https://carrefour.example/id/contributor/x> a insoc:Contributor .
<https://carrefour.example/id/contributor/y> a insoc:Contributor .
"""
LICENCE = "dcterms:license <https://spdx.org/licenses/etalab-2.0> ; "


@dataclass(frozen=True, slots=True)
class Mutation:
    """``old`` in the good record becomes ``new``; ``expected`` are the violations and warnings it must give."""

    name: str
    old: str
    new: str
    expected: frozenset[str]
    more: str = ""


def breaks(name: str, old: str, new: str, *expected: str, more: str = "") -> Mutation:
    """A mutation that must give exactly ``expected``, each as ``violation rule`` or ``warning rule``."""
    return Mutation(name, old, new, frozenset(expected), more)


LABEL = '"Jardin partagé"@fr'
FRENCH = "warning label-french"
START = '"2019"^^xsd:gYear'
MUTATIONS = (
    breaks("a good record", LABEL, LABEL),
    breaks("no label", f"skos:prefLabel {LABEL} ; ", "", "violation label-missing", FRENCH),
    breaks("a label without language", LABEL, '"Jardin partagé"', "violation label-language", FRENCH),
    breaks("two French labels", LABEL, f'{LABEL} , "Le jardin"@fr', "violation label-one-per-language"),
    breaks("an English label only", LABEL, '"Shared garden"@en', FRENCH),
    breaks("an unknown theme", "t:agriculture-durable", "t:nonsense", "violation theme-known"),
    breaks("a theme as text", "t:agriculture-durable", '"agriculture"', "violation theme-known"),
    breaks("an audience as theme", "t:agriculture-durable", "u:seniors", "violation theme-known"),
    breaks("no theme", "insoc:theme t:agriculture-durable ;", "", "warning theme-missing"),
    breaks("an unknown territory", "commune-69123", "commune-99999", "violation territory-known"),
    breaks("no territory", "insoc:territory <https://carrefour.example/id/territory/commune-69123> ;", "", "warning territory-missing"),
    breaks("a date in words", START, '"printemps 2019"', "violation start-date-form"),
    breaks("a thirteenth month", START, '"2019-13"^^xsd:gYearMonth', "violation start-date-form"),
    breaks("a year with a letter", START, '"20x8"^^xsd:gYear', "violation start-date-form"),
    breaks("a thirtieth of February", START, '"2019-02-30"^^xsd:date', "violation start-date-form"),
    breaks("two start dates", START, f'{START} , "2020"^^xsd:gYear', "violation start-date-single"),
    breaks("an e-mail in a text", "par les", "(prenom.nom@exemple.fr) par les", "violation email-in-text"),
    breaks("a phone in a text", "par les", "(+33 6 09 00 00 00) par les", "violation phone-in-text"),
    breaks("a phone with dots", "par les", "(06.09.00.00.00) par les", "violation phone-in-text"),
    breaks("a phone with hyphens", "par les", "(06-09-00-00-00) par les", "violation phone-in-text"),
    breaks("a phone with no-break spaces", "par les", "(06\u00a009\u00a000\u00a000\u00a000) par les", "violation phone-in-text"),
    breaks("a year and a count", "par les", "en 2018, 6 000 fois, le 01-02-2019 10 h, pour 450 000 euros, par les"),
    breaks("a mailbox", "a:association", "a:association ; foaf:mbox <mailto:a@b.fr>", "violation contact-details"),
    breaks("a SIREN with spaces", '"123456782"', '"123 456 782"', "violation siren-form"),
    breaks("an RNA without W", '"W691234567"', '"691234567"', "violation rna-form"),
    breaks("a Corsican RNA", '"W691234567"', '"W2A1234567"'),
    breaks("an RNA of Réunion", '"W691234567"', '"W9R1234567"'),
    breaks("a postcode of four digits", '"69007"', '"6900"', "violation postcode-form"),
    breaks("an actor without type", "insoc:actorType a:association ;", "", "warning actor-type-missing"),
    breaks("a role as actor type", "a:association", "r:porteur", "violation actor-type-known"),
    breaks("a participation without actor", "insoc:actor :o ; ", "", "violation participation-actor-single"),
    breaks(
        "a participation with two actors",
        "insoc:actor :o ;",
        "insoc:actor :o , :o2 ;",
        "violation participation-actor-single",
        "violation label-length",
        more=':o2 a insoc:Actor ; skos:prefLabel "B"@fr , "Bis"@en ; insoc:actorType a:commune .',
    ),
    breaks("a participation without role", "insoc:role r:porteur ; ", "", "violation participation-role-single"),
    breaks("two roles", "r:porteur", "r:porteur , r:financeur", "violation participation-role-single"),
    breaks("an unknown role", "r:porteur", "r:chef", "violation participation-role-known"),
    breaks("a negative amount", "r:porteur", "r:porteur ; insoc:amount -5.0", "violation amount-form"),
    breaks("an integer amount", "r:porteur", "r:porteur ; insoc:amount 5", "violation amount-form"),
    breaks("an amount that is no number", "r:porteur", 'r:porteur ; insoc:amount "NaN"^^xsd:decimal', "violation amount-form"),
    breaks("an amount", "r:porteur", "r:porteur ; insoc:amount 390000.00"),
    breaks("a claim to cooperate", "insoc:rna", "insoc:cooperatesWith :o ; insoc:rna", "violation reserved-property"),
    breaks("a claim to be the same", "insoc:rna", "owl:sameAs :p ; insoc:rna", "violation reserved-property"),
    breaks(
        "a project without IRI",
        ":p a insoc:Project",
        '[] a insoc:Project ; insoc:theme t:sante ; insoc:territory <https://carrefour.example/id/territory/commune-69123> ; skos:prefLabel "Sans IRI"@fr . :p a insoc:Project',
        "violation node-is-iri",
        "warning description-short",
        "warning actor-missing",
    ),
    breaks("no licence", LICENCE, "", "violation record-licence"),
    breaks("no source page", "dcterms:source <https://x.example/1> ;", "", "warning record-source-missing"),
    breaks("two contributors", "/contributor/x> ;", "/contributor/x> , x:contributor\\/y ;", "violation record-contributor-single"),
    breaks("a short description", TEXT, "Un jardin.", "warning description-short"),
    breaks("markup in a text", "par les", "<script>alert(1)</script> par les", "warning text-markup"),
    breaks("a project nobody joins", "insoc:project :p ;", "insoc:project :q ;", "violation participation-project-known", "warning actor-missing"),
    breaks("a script as homepage", "insoc:rna", "foaf:homepage <javascript:alert(1)> ; insoc:rna", "violation homepage-address"),
)  # fmt: skip


def ntriples(turtle: str) -> bytes:
    """Turtle as N-Triples."""
    return ox.serialize(ox.parse(input=turtle, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b""


STUBS = ntriples(REFERENCE + (ONTOLOGY / "schemes.ttl").read_text(encoding="utf-8"))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_breaking_one_thing_gives_exactly_its_rule(mutation: Mutation) -> None:
    """What is grave sets a record aside, what is not lets it be published, and nothing else is complained of."""
    assert mutation.old in GOOD
    batch = ntriples(GOOD.replace(mutation.old, mutation.new) + mutation.more)
    results = validate_batches([batch], stubs=STUBS, shapes="records", processes=1)
    found = {f"{result.severity} {result.rule}" for result in results if result.severity != "info"}
    assert found == mutation.expected
