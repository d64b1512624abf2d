"""The concept schemes: nothing of the first Carrefour's classifications is lost, and no label is ambiguous."""

import unicodedata
from collections import Counter

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from cis_graph.resources import ONTOLOGY

CONCEPT = "https://w3id.org/insoc/concept/"
CIS2018 = URIRef("https://w3id.org/insoc/datatype/cis2018")
CIS2019 = URIRef("https://w3id.org/insoc/datatype/cis2019")

GRAPH = Graph().parse(ONTOLOGY / "schemes.ttl", format="turtle")

# the codes of 2018: 40, among them COH, which a table of the time wrongly calls "energie"
_CODES = """
AGR AME AUT BIO CIT CLI COH COM COO COP COR CUL DEC DRO EAU ECO EDU EMP ENE EVA
FIN FOR GOU HAB HAN INS JEU LOI MEC MED MOB NUM PAR REC SAN SEN SER SPO TOU URB
"""
CODES_2018 = _CODES.split()

# the tree of 2019: theme, code, its sub-themes with their codes
TREE_2019 = {
    ("education-et-jeunesse", "EDU"): {
        "education-citoyennete": "EDC",
        "egalite-des-chances": "EGA",
        "innovation-pedagogique": "INN",
        "enfance-jeunesse-famille": "ENF",
    },
    ("emploi", "EMP"): {
        "acces-a-l-emploi": "ACE",
        "formation-professionnelle": "FOR",
        "organisation-du-travail": "ORG",
    },
    ("environnement", "ENV"): {
        "adaptation-au-changement-climatique": "ADA",
        "agriculture-durable": "AGR",
        "alimentation-durable": "ALI",
        "gestion-des-dechets": "GES",
        "energies": "ENE",
        "preservation-des-ressources-naturelles": "PRN",
    },
    ("sante", "SAN"): {"acces-a-la-sante": "ACS", "aide-a-l-autonomie": "AID", "bien-etre": "BIE", "prevention": "PRV"},
    ("solidarite", "SOL"): {
        "egalite-femmes-hommes": "EFH",
        "grande-precarite": "GRA",
        "handicap": "HAN",
        "lien-social": "LIE",
        "lutte-contre-les-discriminations": "LUT",
        "seniors": "SEN",
    },
    ("territoires", "TER"): {
        "amenagement-habitat": "AMH",
        "cooperation-territoriale": "COO",
        "initiatives-citoyennes": "INI",
        "mobilite": "MOB",
    },
    ("arts-et-culture", "ART"): {"arts-et-culture": "ART"},
    ("communication", "COM"): {"communication": "COM"},
    ("consommation-et-services-responsables", "CON"): {"consommation-et-services-responsables": "CON"},
    ("democratie", "DEM"): {"democratie": "DEM"},
    ("gouvernance", "GOU"): {"gouvernance": "GOU"},
    ("numerique", "NUM"): {"numerique": "NUM"},
    ("sport", "SPO"): {"sport": "SPO"},
    ("tourisme", "TOU"): {"tourisme": "TOU"},
    ("financement", "FIN"): {"financement": "FIN"},
    ("patrimoine", "PAT"): {"patrimoine": "PAT"},
}
ROWS_2019 = [(*theme, key, code) for theme, rows in TREE_2019.items() for key, code in rows.items()]

WORKSHOP = {
    "Méthode du co-développement": "co-developpement",
    "Méthode du design-thinking": "design-thinking",
    "Brise-glace pour créer une équipe": "brise-glace",
    "Analyse des causes": "analyse-des-causes",
    "Mener des entretiens": "entretiens",
    "Créer des personae": "personae",
    "Observations terrain": "observation",
    "Idéation - générer des idées": "ideation",
    "Fiche concept": "fiche-concept",
    "Construire son pitch": "pitch",
    "Construire un modèle économique": "modele-economique",
}


def concept(scheme: str, key: str) -> URIRef:
    """The IRI of a concept."""
    return URIRef(f"{CONCEPT}{scheme}/{key}")


def plain(text: str) -> str:
    """A text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@pytest.mark.parametrize("code", CODES_2018)
def test_a_code_of_2018_leads_to_one_concept(code: str) -> None:
    """Data coded in 2018 can still be read."""
    assert len(list(GRAPH.subjects(SKOS.notation, Literal(code, datatype=CIS2018)))) == 1


def test_the_first_carrefour_had_forty_codes() -> None:
    """No code of 2018 was invented here."""
    found = {
        str(value)
        for value in GRAPH.objects(None, SKOS.notation)
        if isinstance(value, Literal) and value.datatype == CIS2018
    }
    assert sorted(found) == sorted(CODES_2018)
    assert len(CODES_2018) == 40


def test_social_cohesion_is_not_energy() -> None:
    """COH means social cohesion, whatever one table of 2018 calls it."""
    assert GRAPH.value(predicate=SKOS.notation, object=Literal("COH", datatype=CIS2018)) == concept(
        "theme", "cohesion-sociale"
    )


@pytest.mark.parametrize(("theme", "theme_code", "key", "code"), ROWS_2019)
def test_a_row_of_the_tree_of_2019_is_reachable(theme: str, theme_code: str, key: str, code: str) -> None:
    """Each sub-theme stands below its theme, or is its theme where both have one name, and both have their codes."""
    child, parent = concept("theme", key), concept("theme", theme)
    assert (child, SKOS.notation, Literal(code, datatype=CIS2019)) in GRAPH
    assert (parent, SKOS.notation, Literal(theme_code, datatype=CIS2019)) in GRAPH
    assert (parent, SKOS.topConceptOf, URIRef(f"{CONCEPT}theme")) in GRAPH
    assert child == parent or (child, SKOS.broader, parent) in GRAPH


def test_the_tree_of_2019_has_sixteen_themes_and_thirty_seven_rows() -> None:
    """The whole reference sheet is in this file; only "other" stands beside its themes."""
    tops = set(GRAPH.subjects(SKOS.topConceptOf, URIRef(f"{CONCEPT}theme")))
    assert (len(TREE_2019), len(ROWS_2019)) == (16, 37)
    assert tops == {concept("theme", theme) for theme, _ in TREE_2019} | {concept("theme", "autre")}


def test_every_concept_is_reached_from_a_top_concept() -> None:
    """Nothing hangs loose and nothing goes round in circles."""
    for node in GRAPH.subjects(RDF.type, SKOS.Concept):
        ancestors = set(GRAPH.transitive_objects(node, SKOS.broader))
        assert any((ancestor, SKOS.topConceptOf, None) in GRAPH for ancestor in ancestors), node
        for parent in GRAPH.objects(node, SKOS.broader):
            assert node not in set(GRAPH.transitive_objects(parent, SKOS.broader)), node


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_label_means_one_concept_of_its_scheme(language: str) -> None:
    """A contributor's word leads to one concept, whatever its case and accents."""
    seen = Counter[tuple[str, str]]()
    for node in set(GRAPH.subjects(RDF.type, SKOS.Concept)):
        labels = [*GRAPH.objects(node, SKOS.prefLabel), *GRAPH.objects(node, SKOS.altLabel)]
        words = {plain(str(label)) for label in labels if isinstance(label, Literal) and label.language == language}
        seen.update((str(GRAPH.value(node, SKOS.inScheme)), word) for word in words)
    assert [word for word, times in seen.items() if times > 1] == []


@pytest.mark.parametrize(("name", "key"), WORKSHOP.items())
def test_a_workshop_tool_is_found_by_the_name_facilitators_use(name: str, key: str) -> None:
    """The two methods and nine tools of collective intelligence are concepts."""
    labels = set(GRAPH.objects(concept("method", key))) & {Literal(name, lang="fr")}
    assert labels == {Literal(name, lang="fr")}


def test_funding_is_no_cooperation() -> None:
    """Two actors do not cooperate because one pays, certifies, wins, receives or watches."""
    cooperative = set(GRAPH.objects(concept("role", "cooperative"), SKOS.member))
    others = ("financeur", "labellisateur", "labellise", "laureat", "beneficiaire", "observateur", "defricheur")
    assert {concept("role", "porteur"), concept("role", "partenaire")} <= cooperative
    assert not cooperative & {concept("role", key) for key in others}
    assert all((member, RDF.type, SKOS.Concept) in GRAPH for member in cooperative)
