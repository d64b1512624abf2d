"""What the two editions of La France s'engage state, asked in SPARQL of the demonstration."""

from tests.sparql.expected import Asked

LAURELS = '?giver a insoc:Actor ; skos:prefLabel "Fondation La France s\'engage"@fr'


def test_four_disagreements_of_two_editions_and_no_more(asked: Asked) -> None:
    """The two editions of La France s'engage name three projects and one structure otherwise; the newest is kept."""
    found = asked.rows(
        "?kind ?old ?edition ?new ?newest ?kept { GRAPH ?record { ?first insoc:editionOf ?last ; a ?kind ; "
        "skos:prefLabel ?old ; insoc:edition ?edition . ?last skos:prefLabel ?new ; insoc:edition ?newest } "
        "?first insoc:describes ?thing . ?last insoc:describes ?thing . ?thing skos:prefLabel ?kept }"
    )
    assert [(kind, old, new) for kind, old, _, new, _, _ in found] == [
        ("insoc:Actor", "CAMI Sport & Cancer", "CAMI Sport et Cancer"),
        ("insoc:Project", "Déploiement de la Web@cadémie", "Déploiement de la Webacadémie"),
        ("insoc:Project", "FESTIVAL ECOMAINS #2", "FESTIVAL ECOMAINS"),
        ("insoc:Project", "Échanger et Coopérer", "Quand le handicap se dissout dans l'eau"),
    ]
    assert {(edition, newest) for _, _, edition, _, newest, _ in found} == {("V0 (CSV)", "V3 (XLSX)")}
    assert all(new == kept for _, _, _, new, _, kept in found)


def test_an_edition_is_stated_only_where_editions_disagree(asked: Asked) -> None:
    """Eight nodes state their edition, two for each disagreement."""
    assert asked.rows("(COUNT(DISTINCT ?node) AS ?n) { GRAPH ?record { ?node insoc:edition ?edition } }") == [("8",)]


def test_the_foundation_la_france_s_engage_distinguishes(asked: Asked) -> None:
    """The Fondation La France s'engage is one actor; it distinguishes the projects that it tells of, and no more."""
    assert asked.rows(f"(COUNT(DISTINCT ?giver) AS ?n) {{ {LAURELS} }}") == [("1",)]
    told = '?part prov:wasDerivedFrom/prov:wasAttributedTo/skos:prefLabel "Fondation La France s\'engage"@fr'
    assert asked.rows(f"?role {{ {LAURELS} . ?part insoc:actor ?giver ; insoc:role ?role . {told} }}") == [
        ("role:labellisateur",)
    ]
