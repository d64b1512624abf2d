"""What the sources state, asked in SPARQL of the demonstration: one fact a test."""

import pytest

from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.decisions import load_decisions
from cis_graph.resources import CURATION
from tests.sparql.expected import Asked

PROJECT = '?project a insoc:Project ; skos:prefLabel "Le Centsept"@fr'
ASSOCIATION = '?association a insoc:Actor ; skos:prefLabel "Le Centsept"@fr'
RESEARCH = (
    '?research a insoc:Project ; skos:prefLabel ?name FILTER(STRSTARTS(?name, "Recherche-action pour capitaliser"))'
)
FOUNDATION = '?foundation a insoc:Actor ; skos:prefLabel "Fondation Crédit Coopératif"@fr'

COMPANIES = {
    "AG2R La Mondiale", "Bouygues Immobilier", "Caisse d'Épargne", "EDF", "Enedis", "Grand Lyon Habitat", "Keolis",
    "Lyon Métropole Habitat", "Malakoff Médéric Humanis", "Sanofi", "Veolia",
}  # fmt: skip
ASSOCIATIONS = {
    "ATD Quart Monde", "CRESS", "Croix-Rouge", "Envie", "Les Petits Frères des Pauvres", "LiliSmart", "Léo Lagrange",
    "Mineka", "Mouves",
}  # fmt: skip
AUTHORITIES = {"Décines-Charpieu", "Métropole de Lyon", "Saint-Priest", "Ville de Lyon"}
PUBLIC_SERVICES = {"CAF", "CPAM", "Pôle emploi"}
NODES = {
    NodeId(page, "le-centsept", "fondation-credit-cooperatif") for page in ("fondation-credit-cooperatif", "la-fonda")
}


def test_150_projects_and_180_actors(asked: Asked) -> None:
    """The demonstration tells of at least 150 projects and 180 actors."""
    ((projects, actors),) = asked.rows(
        "(COUNT(DISTINCT ?project) AS ?projects) (COUNT(DISTINCT ?actor) AS ?actors) "
        "{ { ?project a insoc:Project } UNION { ?actor a insoc:Actor } }"
    )
    assert int(projects) >= 150
    assert int(actors) >= 180


def test_le_centsept_is_one_project_told_by_two(asked: Asked) -> None:
    """Le Centsept the project is one entity, told by La Fonda and by the Fondation Crédit Coopératif."""
    found = asked.rows(f"?project ?who {{ {PROJECT} ; prov:wasDerivedFrom/prov:wasAttributedTo/skos:prefLabel ?who }}")
    assert [who for _, who in found] == ["Fondation Crédit Coopératif", "La Fonda"]
    assert len({project for project, _ in found}) == 1


def test_the_association_is_no_project(asked: Asked) -> None:
    """Le Centsept the association is an entity of its own, which leads the project."""
    assert asked.rows(f"(COUNT(*) AS ?n) {{ {ASSOCIATION} }}") == [("1",)]
    assert asked.rows(f"?association {{ {ASSOCIATION} ; a insoc:Project }}") == []
    assert asked.rows(
        f"?role {{ {PROJECT} . {ASSOCIATION} . ?part insoc:actor ?association ; insoc:project ?project ; "
        "insoc:role ?role FILTER(?role = role:porteur) }"
    ) == [("role:porteur",)]


def test_the_association_is_one_actor_told_by_two(asked: Asked) -> None:
    """Le Centsept the association is told by both pages, the one in capitals and the one not."""
    assert asked.rows(f"?who {{ {ASSOCIATION} ; prov:wasDerivedFrom/prov:wasAttributedTo/skos:prefLabel ?who }}") == [
        ("Fondation Crédit Coopératif",),
        ("La Fonda",),
    ]


def test_the_action_research_is_a_part_of_the_project(asked: Asked) -> None:
    """The recherche-action that the foundation supports is a third entity, a part of the project, told by one."""
    found = asked.rows(
        f"?whole ?who {{ {RESEARCH} . ?research dcterms:isPartOf/skos:prefLabel ?whole ; "
        "prov:wasDerivedFrom/prov:wasAttributedTo/skos:prefLabel ?who }"
    )
    assert found == [("Le Centsept", "Fondation Crédit Coopératif")]


@pytest.mark.parametrize(
    ("property_", "told", "kept"),
    [
        ("schema:startDate", {"Fondation Crédit Coopératif": "2013", "La Fonda": "2017"}, "2013"),
        ("insoc:statedPartnerCount", {"Fondation Crédit Coopératif": "40", "La Fonda": "60"}, "40"),
    ],
)
def test_the_pages_disagree(asked: Asked, property_: str, told: dict[str, str], kept: str) -> None:
    """Seven years before June 2020 or 2017, more than 40 or more than 60: each is kept, and the later page is shown."""
    found = asked.rows(
        f"?who ?value {{ {PROJECT} . ?node insoc:describes ?project . GRAPH ?record {{ ?node {property_} ?value }} "
        "?record prov:wasAttributedTo/skos:prefLabel ?who }"
    )
    assert found == sorted(told.items())
    assert asked.rows(f"?value {{ {PROJECT} ; {property_} ?value }}") == [(kept,)]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("entreprise", COMPANIES),
        ("association", ASSOCIATIONS),
        ("collectivite", AUTHORITIES),
        ("service-public", PUBLIC_SERVICES),
    ],
)
def test_the_partners_of_each_kind(asked: Asked, kind: str, names: set[str]) -> None:
    """The page of La Fonda names eleven companies, nine associations, four collectivités and three public services."""
    found = asked.rows(
        f"?partner {{ {PROJECT} . ?part insoc:project ?project ; insoc:role role:partenaire ; insoc:actor ?actor . "
        f"?actor skos:prefLabel ?partner ; insoc:actorType/skos:broader* actor-type:{kind} }}"
    )
    assert {partner for (partner,) in found} == names


def test_27_named_partners(asked: Asked) -> None:
    """The partners are the 27 that are named and no others, all since 2017."""
    found = asked.rows(
        f"?partner ?since {{ {PROJECT} . ?part insoc:project ?project ; insoc:role role:partenaire ; "
        "insoc:actor/skos:prefLabel ?partner ; schema:startDate ?since }"
    )
    assert len(found) == 27
    assert {partner for partner, _ in found} == COMPANIES | ASSOCIATIONS | AUTHORITIES | PUBLIC_SERVICES
    assert {since for _, since in found} == {"2017"}


def test_the_metropole_asked_for_it_in_2014(asked: Asked) -> None:
    """The Métropole de Lyon, a partner, asked for the project in 2014."""
    assert asked.rows(
        f"?who ?since {{ {PROJECT} . ?part insoc:project ?project ; insoc:role role:initiateur ; "
        "insoc:actor/skos:prefLabel ?who ; schema:startDate ?since }"
    ) == [("Métropole de Lyon", "2014")]


def test_five_labs_and_two_new_ones(asked: Asked) -> None:
    """Seven labs are parts of the project; two of them start in 2020, the five others without a stated year."""
    labs = asked.rows(
        f"?label ?since {{ {PROJECT} . ?lab dcterms:isPartOf ?project ; insoc:method method:laboratoire-thematique ; "
        "skos:prefLabel ?label OPTIONAL { ?lab schema:startDate ?since } }"
    )
    assert labs == [
        ("Labo accès numérique à la santé", ""),
        ("Labo aidants & dépendance", ""),
        ("Labo handicap psychique et emploi", "2020"),
        ("Labo lutte contre la pauvreté", ""),
        ("Labo précarité énergétique", "2020"),
        ("Labo prévention santé", ""),
        ("Labo économie circulaire et BTP", ""),
    ]


def test_what_the_pages_count(asked: Asked) -> None:
    """Five labs since 2017 and two new ones in 2020 by La Fonda, seven labs by the foundation."""
    assert asked.rows(f"?outcome {{ {PROJECT} ; insoc:outcome ?outcome }}") == [
        ("2 nouveaux labos en 2020, dont un avec La Fonda",),
        ("5 labos thématiques lancés depuis 2017",),
        ("7 labos thématiques menés",),
    ]


def test_one_lab_with_la_fonda(asked: Asked) -> None:
    """La Fonda is a partner of one lab, the new one on fuel poverty."""
    assert asked.rows(
        f"?lab ?role {{ {PROJECT} . ?part insoc:project ?one ; insoc:role ?role ; insoc:actor/skos:prefLabel "
        '"La Fonda"@fr . ?one dcterms:isPartOf* ?project ; skos:prefLabel ?lab }'
    ) == [("Labo précarité énergétique", "role:partenaire")]


def test_the_label_since_october_2019(asked: Asked) -> None:
    """Le Centsept holds the label Fabrique à Initiative since October 2019."""
    assert asked.rows(
        f"?who ?programme ?since {{ {PROJECT} . ?part insoc:project ?project ; insoc:role role:labellise ; "
        "insoc:actor/skos:prefLabel ?who ; insoc:underProgramme/skos:prefLabel ?programme ; schema:startDate ?since }"
    ) == [("Le Centsept", "Fabrique à Initiative", "2019-10")]


def test_the_call_of_the_ademe(asked: Asked) -> None:
    """In 2020 the association is laureate of a call of the ADEME, which funds the project from 2020 to 2022."""
    assert asked.rows(
        f"?who ?role ?from ?to ?operator {{ {PROJECT} . ?part insoc:project ?project ; insoc:role ?role ; "
        "insoc:actor/skos:prefLabel ?who ; schema:startDate ?from ; insoc:underProgramme ?programme . "
        '?programme skos:prefLabel "Appel à projets national de l\'ADEME"@fr ; insoc:operatedBy/skos:prefLabel '
        "?operator OPTIONAL { ?part schema:endDate ?to } }"
    ) == [
        ("ADEME", "role:financeur", "2020", "2022", "ADEME"),
        ("Le Centsept", "role:laureat", "2020", "", "ADEME"),
    ]


def test_funding_is_no_cooperation(asked: Asked) -> None:
    """The ADEME funds the project and cooperates with nobody in it: not with Veolia, which is only there."""
    pair = '?ademe skos:prefLabel "ADEME"@fr . ?veolia skos:prefLabel "Veolia"@fr .'
    assert asked.rows(
        f"?role {{ {pair} {PROJECT} . ?part insoc:actor ?ademe ; insoc:project ?project ; insoc:role ?role }}"
    )
    assert asked.rows(f"?ademe {{ {pair} ?ademe insoc:cooperatesWith ?veolia }}") == []


def test_the_foundation_supports_and_funds(asked: Asked) -> None:
    """The Fondation Crédit Coopératif supports Le Centsept, and funds its recherche-action since June 2020."""
    assert asked.rows(
        f"?role ?whole ?since {{ {FOUNDATION} . ?part insoc:actor ?foundation ; insoc:role ?role ; insoc:project ?one "
        "OPTIONAL { ?one dcterms:isPartOf/skos:prefLabel ?whole } OPTIONAL { ?part schema:startDate ?since } "
        '?one (dcterms:isPartOf?)/skos:prefLabel "Le Centsept"@fr }'
    ) == [("role:financeur", "Le Centsept", "2020-06"), ("role:soutien", "", "")]


def test_the_foundation_is_one_actor_by_a_decision(asked: Asked) -> None:
    """The Fondation Crédit Coopératif of the two pages is one actor, as somebody decided."""
    found = asked.rows(f"?foundation ?node {{ {FOUNDATION} . ?node insoc:describes ?foundation }}")
    assert len({foundation for foundation, _ in found}) == 1
    (decision,) = (one for one in load_decisions(CURATION / "decisions.sssom.tsv") if {one.first, one.second} == NODES)
    assert decision.same
    named = {f"id/record/{node.contributor}/{node.record}#{node.node}" for node in NODES}
    assert named <= {node for _, node in found}


def test_the_methods_of_the_project(asked: Asked) -> None:
    """Le Centsept works by design thinking, collective intelligence and thematic labs."""
    assert asked.rows(f"?method {{ {PROJECT} ; insoc:method ?method }}") == [
        ("method:design-thinking",),
        ("method:intelligence-collective",),
        ("method:laboratoire-thematique",),
    ]


def test_the_site(asked: Asked) -> None:
    """The site that La Fonda gives is the project's and the association's."""
    for thing in (PROJECT, ASSOCIATION):
        assert asked.rows(f"?site {{ {thing} ; foaf:homepage ?site }}") == [("https://www.lecentsept.fr/",)]


def test_the_address(asked: Asked) -> None:
    """The association has its seat at 107 rue de Marseille, in the seventh arrondissement of Lyon."""
    assert asked.rows(
        f"?full ?street ?postcode ?town {{ {ASSOCIATION} ; locn:address ?address . ?address locn:fullAddress ?full ; "
        "locn:thoroughfare ?street ; locn:postCode ?postcode ; locn:postName ?town }"
    ) == [("107 rue de Marseille, 69007 Lyon", "107 rue de Marseille", "69007", "Lyon")]


def test_the_arrondissement(asked: Asked) -> None:
    """69007 is read as the arrondissement 69387, whose area is within the commune of Lyon."""
    assert asked.rows(
        f"?code ?outer {{ {ASSOCIATION} ; insoc:territory ?place . ?place a igeo:Commune ; igeo:codeINSEE ?code ; "
        "insoc:within ?around . ?around a igeo:Commune ; igeo:codeINSEE ?outer FILTER(?around != ?place) }"
    ) == [("69387", "69123")]
    assert asked.rows(f'?association {{ {ASSOCIATION} ; insoc:inArea/igeo:codeINSEE "69123" }}') != []


def test_two_methods_and_nine_tools(asked: Asked) -> None:
    """The recherche-action spreads two methods and nine tools, and is itself a method."""
    tools = asked.rows(
        f"?label {{ {RESEARCH} . ?research insoc:method ?tool . ?tool skos:broader method:outil-d-animation ; "
        'skos:prefLabel ?label FILTER(LANG(?label) = "fr") }'
    )
    assert [tool for (tool,) in tools] == [
        "Analyse des causes", "Brise-glace", "Entretiens", "Fiche concept", "Idéation", "Modèle économique",
        "Observation de terrain", "Personae", "Pitch",
    ]  # fmt: skip
    assert asked.rows(
        f"?method {{ {RESEARCH} . ?research insoc:method ?method "
        "FILTER NOT EXISTS { ?method skos:broader method:outil-d-animation } }"
    ) == [("method:co-developpement",), ("method:design-thinking",), ("method:recherche-action",)]


def test_the_convention_of_june_2020(asked: Asked) -> None:
    """The recherche-action starts with its convention: June 2020, whose first day is derived."""
    assert asked.rows(f"?start ?day {{ {RESEARCH} . ?research schema:startDate ?start ; insoc:beginsOn ?day }}") == [
        ("2020-06", "2020-06-01")
    ]


def test_a_project_named_like_its_structure_is_not_it(asked: Asked) -> None:
    """Projects of La France s'engage that bear the name of the structure that leads them are two entities, 17 times."""
    ((pairs,),) = asked.rows(
        "(COUNT(DISTINCT ?project) AS ?n) { ?project a insoc:Project ; skos:prefLabel ?label ; "
        'prov:wasDerivedFrom/prov:wasAttributedTo/skos:prefLabel "Fondation La France s\'engage"@fr . '
        "?part insoc:project ?project ; "
        "insoc:role role:porteur ; insoc:actor ?actor . ?actor a insoc:Actor ; skos:prefLabel ?label "
        "FILTER(?actor != ?project) }"
    )
    assert pairs == "17"


def test_the_terms_of_each_contributor(asked: Asked) -> None:
    """The repository of La France s'engage's data states a licence; the two pages state none, and this is said."""
    told = asked.rows(
        "?who ?terms { ?record a insoc:Record ; prov:wasAttributedTo/skos:prefLabel ?who ; "
        "dcterms:license|dcterms:rights ?terms }"
    )
    assert {
        ("Fondation Crédit Coopératif", "http://rightsstatements.org/vocab/CNE/1.0/"),
        ("Fondation La France s'engage", "https://spdx.org/licenses/MIT"),
        ("La Fonda", "http://rightsstatements.org/vocab/CNE/1.0/"),
    } <= set(told)
