"""What is known of territories, asked in SPARQL of the demonstration."""

from tests.sparql.expected import Asked

REGION_82 = '?region a igeo:Region ; igeo:codeINSEE "82"'


def test_rhone_alpes_ended(asked: Asked) -> None:
    """The region Rhône-Alpes ended with 2015, lies within Auvergne-Rhône-Alpes and is replaced by it."""
    assert asked.rows(
        f"?name ?end ?next {{ {REGION_82} ; skos:prefLabel ?name ; schema:endDate ?end ; "
        "dcterms:isReplacedBy ?successor ; insoc:within ?successor . ?successor igeo:codeINSEE ?next }"
    ) == [("Rhône-Alpes", "2015-12-31", "84")]


def test_the_departements_of_rhone_alpes(asked: Asked) -> None:
    """Rhône-Alpes contains its eight départements, which are in Auvergne-Rhône-Alpes as well."""
    parts = "?part a igeo:Departement ; insoc:within ?region ; igeo:codeINSEE ?code"
    old = asked.rows(f"?code {{ {REGION_82} . {parts} }}")
    new = asked.rows(f'?code {{ ?region a igeo:Region ; igeo:codeINSEE "84" . {parts} }}')
    assert [code for (code,) in old] == ["01", "07", "26", "38", "42", "69", "73", "74"]
    assert {code for (code,) in new} == {code for (code,) in old} | {"03", "15", "43", "63"}


def test_what_an_arrondissement_of_lyon_is_within(asked: Asked) -> None:
    """Lyon 7e is within Lyon, its EPCI, its département, both regions, France, and itself."""
    assert asked.rows(
        '?kind ?code { ?place a igeo:Commune ; igeo:codeINSEE "69387" ; insoc:within ?around . '
        "?around a ?kind OPTIONAL { ?around igeo:codeINSEE ?code } FILTER(STRSTARTS(STR(?kind), STR(igeo:))) }"
    ) == [
        ("igeo:Commune", "69123"),
        ("igeo:Commune", "69387"),
        ("igeo:Departement", "69"),
        ("igeo:Intercommunalite", "200046977"),
        ("igeo:Pays", ""),
        ("igeo:Region", "82"),
        ("igeo:Region", "84"),
    ]
