"""La Fonda's page of a *Projet en coopération*: what is found in it, whatever its order."""

import json
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from cis_graph.concepts.labels import Labels
from cis_graph.errors import SourceFault
from cis_graph.mappers.la_fonda import MAPPER, SOURCE
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.tables import PageText
from cis_graph.model.records import NO_LICENCE, Actor, Label, Participation, Project, Record
from cis_graph.rdf.schemes import load_schemes
from cis_graph.resources import CURATION, DEMONSTRATION
from tests.support.cost import processor_time_under
from tests.support.pages import actor, blocks, facts, parts, project, published, things, written

REAL = "000_8161c851e90644b8.txt"
BUNDLED = DEMONSTRATION / "la-fonda/le-centsept.txt"
HEADINGS = (
    "Présentation",
    "Parties prenantes",
    "Zone géographique",
    "Résultats",
    "Perspectives",
    "Enseignement ou problématique à caractère stratégique relatif à la mise en place de la coopération",
    "Site",
    "→ Découvrez d'autres projets en coopération",
)
LENIENT = replace(MAPPER, source=replace(SOURCE, at_least=0))
HEAD = "Projet en coopération - le Centsept [Initiative]"


def read(text: str) -> Mapped:
    """The page's record and findings; none where there is no record."""
    return run(LENIENT, (PageText(text=text),))


def record_of(text: str) -> Record:
    """The page's only record."""
    return read(text).records[0]


def partners(record: Record) -> list[Actor]:
    """The partners of the main project."""
    return [actor(record, part.actor) for part in parts(record, "partenaire") if part.project == "project"]


def types(record: Record) -> list[str]:
    """The words that tell the partners' types."""
    return [actor.actor_type.text if actor.actor_type else "" for actor in partners(record)]


def started(part: Participation | Project) -> str | None:
    """When it started, as stated."""
    return part.started.text if part.started else None


def test_both_pages_give_one_record() -> None:
    """Our bundled facts say what the published page says, no more and no less."""
    assert record_of(published(REAL)) == record_of(BUNDLED.read_text(encoding="utf-8"))


def test_source(record: Record) -> None:
    """The record is La Fonda's, has no licence, no page and no text of its author."""
    assert (record.contributor, record.key, record.licence, record.page) == (
        "la-fonda",
        "le-centsept",
        NO_LICENCE,
        None,
    )
    assert all(project.description is None and project.lessons == () for project in record.projects)


def test_nothing_is_left_to_say(page: str) -> None:
    """The page is read without a finding."""
    assert read(page).findings == ()


def test_issue(record: Record) -> None:
    """Tribune 247 is of September 2020."""
    assert record.issued is not None
    assert record.issued.text == "2020-09"


def test_title_gives_name_and_key(page: str) -> None:
    """Another page of the same kind has its own name and key."""
    other = record_of(re.sub("le centsept", "la Fabrique d'Aubervilliers", page, flags=re.IGNORECASE))
    assert (other.key, project(other).label) == ("la-fabrique-d-aubervilliers", "La Fabrique d'Aubervilliers")


def test_project(record: Record) -> None:
    """Le Centsept has run since 2017 in the former Rhône-Alpes and has a site."""
    found = project(record)
    assert (found.label, started(found), found.homepage) == ("Le Centsept", "2017", "https://www.lecentsept.fr/")
    assert [place.text for place in found.places] == ["Rhône Alpes"]


def test_claim_beside_names(record: Record) -> None:
    """The page claims more than 60 partners and names 27."""
    assert project(record).stated_partner_count == 60
    assert len(partners(record)) == 27


@pytest.mark.parametrize(("kind", "count"), [("Entreprises", 11), ("Associations", 9)])
def test_kinds(record: Record, kind: str, count: int) -> None:
    """Eleven companies and nine associations are listed."""
    assert types(record).count(kind) == count


def test_public_kinds(record: Record) -> None:
    """Of collectivités and public services, the name tells the type where it can."""
    assert types(record)[20:] == ["Métropole", "Ville", "Commune", "Commune", "CAF", "CPAM", "Services publics"]


def test_partners_since(record: Record) -> None:
    """Each partner of the list has been one since 2017."""
    assert {started(part) for part in parts(record, "partenaire") if part.project == "project"} == {"2017"}


def test_etc_is_no_partner(record: Record) -> None:
    """The end of a list is no name."""
    assert not [actor for actor in record.actors if "etc" in actor.label.lower()]


@pytest.mark.parametrize(
    ("node", "label", "spelling"),
    [
        ("edf", "EDF", "edf"),
        ("caf", "CAF", "CAf"),
        ("les-petits-freres-des-pauvres", "Les Petits Frères des Pauvres", "Les Petits Freres des pauvres"),
        ("decines-charpieu", "Décines-Charpieu", "Decines"),
        ("pole-emploi", "Pôle emploi", "Pole Emploi"),
    ],
)
def test_spellings(record: Record, node: str, label: str, spelling: str) -> None:
    """A known name has its accents and capitals, and the page's spelling beside."""
    assert (actor(record, node).label, actor(record, node).alternative_labels) == (label, (spelling,))


@pytest.mark.parametrize(
    ("node", "text", "level", "departement"),
    [
        ("metropole-de-lyon", "Métropole de Lyon", "epci", None),
        ("ville-de-lyon", "Lyon", "commune", "69"),
        ("saint-priest", "Saint Priest", "commune", "69"),
        ("decines-charpieu", "Decines", "commune", "69"),
    ],
)
def test_territories(record: Record, node: str, text: str, level: str, departement: str | None) -> None:
    """A collectivité stands in its own territory; a commune is looked for beside the Métropole it is listed with."""
    assert [(place.text, place.level, place.departement) for place in actor(record, node).places] == [
        (text, level, departement)
    ]


def test_no_hint_without_a_neighbour() -> None:
    """A commune that is listed alone has no département."""
    found = record_of(written(HEAD, "Parties prenantes", "• Collectivités locales : Saint Priest, etc."))
    assert [place.departement for place in actor(found, "saint-priest").places] == [None]


def test_companies_have_no_place(record: Record) -> None:
    """The page does not say where Veolia is."""
    assert actor(record, "veolia").places == ()


def test_labs(record: Record) -> None:
    """Seven labs are projects of their own, part of the main one and led by it."""
    labs = record.projects[1:]
    assert [lab.label.removeprefix("Labo ") for lab in labs] == [
        "économie circulaire et BTP",
        "prévention santé",
        "aidants & dépendance",
        "accès numérique à la santé",
        "lutte contre la pauvreté",
        "handicap psychique et emploi",
        "précarité énergétique",
    ]
    assert {lab.part_of for lab in labs} == {"project"}
    assert [part.project for part in parts(record, "porteur")] == ["project", *(lab.node for lab in labs)]


def test_new_labs(record: Record) -> None:
    """The start of the two new labs is told, that of the first five is not."""
    assert [started(lab) for lab in record.projects[1:]] == [None] * 5 + ["2020"] * 2


def test_la_fonda_takes_part(record: Record) -> None:
    """La Fonda, the contributor itself, is partner of the last lab only."""
    found = [(part.project, started(part)) for part in parts(record, "partenaire") if part.actor == SOURCE.organisation]
    assert found == [("labo-precarite-energetique", "2020")]


def test_initiator(record: Record) -> None:
    """The Métropole de Lyon asked for it in 2014, beside being a partner."""
    assert [(part.actor, started(part)) for part in parts(record, "initiateur")] == [("metropole-de-lyon", "2014")]


def test_label(record: Record) -> None:
    """Le Centsept has been labelled Fabrique à Initiative since October 2019."""
    (part,) = parts(record, "labellise")
    assert (part.actor, part.programme, started(part)) == ("le-centsept", "programme-fabrique-a-initiative", "2019-10")


def test_award(record: Record) -> None:
    """Le Centsept won the national call of ADEME in 2020."""
    (part,) = parts(record, "laureat")
    programme = next(programme for programme in record.programmes if programme.node == part.programme)
    assert (part.actor, started(part), programme.operator) == ("le-centsept", "2020", "ademe")
    assert programme.label == "Appel à projets national de l'ADEME"


def test_funding(record: Record) -> None:
    """ADEME funds for two years from 2020."""
    (part,) = parts(record, "financeur")
    assert (part.actor, started(part), part.ended and part.ended.text) == ("ademe", "2020", "2022")


def test_award_without_a_length() -> None:
    """Where no funding is told, the call keeps its operator and nobody funds."""
    found = record_of(written(HEAD, "Résultats", "En 2021, il est lauréat d'un appel à projets de la CAF."))
    assert [actor.node for actor in found.actors] == ["le-centsept", "la-fonda", "caf"]
    assert not parts(found, "financeur")


def test_support(record: Record) -> None:
    """The Fondation Crédit Coopératif supports, since when is not told."""
    assert [(part.actor, started(part)) for part in parts(record, "soutien")] == [("fondation-credit-cooperatif", None)]


def test_lead(record: Record) -> None:
    """The actor Le Centsept is not the project Le Centsept; it has the page's zone and site."""
    lead = actor(record, "le-centsept")
    assert (lead.homepage, [place.text for place in lead.places]) == ("https://www.lecentsept.fr/", ["Rhône Alpes"])


def test_methods(record: Record) -> None:
    """Three methods are named."""
    assert [label.text for label in project(record).methods] == [
        "labos thématiques",
        "design thinking",
        "intelligence collective",
    ]


def test_outcomes(record: Record) -> None:
    """What the page counts is told in our words."""
    assert project(record).outcomes == (
        "5 labos thématiques lancés depuis 2017",
        "2 nouveaux labos en 2020, dont un avec La Fonda",
    )


def test_nodes_are_unique(record: Record) -> None:
    """No two things of the record have one name, and every link leads to one of them."""
    nodes = [thing.node for thing in things(record)]
    assert len(nodes) == len(set(nodes))
    assert {node for part in record.participations for node in (part.actor, part.project)} <= set(nodes)


def test_labels_are_known(record: Record, tmp_path: Path) -> None:
    """Every label means a concept that exists."""
    keys = load_schemes().keys
    shutil.copy(CURATION / "labels/la-fonda.csv", tmp_path)
    labels = Labels.load(tmp_path, keys)
    told: list[Label] = [part.role for part in record.participations]
    told += [actor.actor_type for actor in record.actors if actor.actor_type]
    told += chain.from_iterable((*one.themes, *one.audiences, *one.methods) for one in record.projects)
    means = {label: [one.concept for one in labels.resolve("la-fonda", label)] for label in told}
    assert [label for label, concepts in means.items() if not concepts] == []
    assert all(concept in keys[label.scheme] for label, concepts in means.items() for concept in concepts)


@pytest.mark.parametrize("seed", range(8))
def test_any_order(page: str, seed: int) -> None:
    """The order of the sections changes nothing."""
    head, *rest = blocks(page, tuple(map(re.escape, HEADINGS)))
    random.Random(seed).shuffle(rest)
    assert read(written(head, *rest)) == read(page)


@pytest.mark.parametrize("gone", range(len(HEADINGS)))
def test_one_section_less(page: str, gone: int) -> None:
    """Without one section, what each other section tells is still told, and nothing else."""
    head, *rest = blocks(page, tuple(map(re.escape, HEADINGS)))
    kept = rest[:gone] + rest[gone + 1 :]
    found = read(written(head, *kept))
    assert found.findings == ()
    assert facts(found.records[0]) <= facts(record_of(page))
    assert set().union(*(facts(record_of(written(head, one))) for one in kept)) <= facts(found.records[0])


@pytest.mark.parametrize("place", range(1, len(HEADINGS) + 1))
def test_one_section_more(page: str, place: int) -> None:
    """A section that nobody declared raises an alarm and changes nothing."""
    head, *rest = blocks(page, tuple(map(re.escape, HEADINGS)))
    rest.insert(place, "Budget prévisionnel\n\nDepuis 2011, douze millions d'euros, avec plus de 90 partenaires.")
    found = read(written(head, *rest))
    assert found.records[0] == record_of(page)
    assert [(finding.rule, finding.field) for finding in found.findings] == [
        ("colonne-inconnue", "Budget prévisionnel")
    ]


def test_more_in_the_head(page: str) -> None:
    """What is added before the first section cannot be told from the head, and changes nothing."""
    head, *rest = blocks(page, tuple(map(re.escape, HEADINGS)))
    assert record_of(written(head, "Budget prévisionnel", "Douze millions d'euros.", *rest)) == record_of(page)


def test_claims_that_disagree() -> None:
    """The claim above the list wins over the one in words."""
    claims = ("Parties prenantes", "Plus de 60 partenaires", "Résultats", "Plus de trente acteurs locaux.")
    assert project(record_of(written(HEAD, *claims))).stated_partner_count == 60


def test_no_title() -> None:
    """A page without a title is set aside with its reason."""
    found = read(written("Une page", "Présentation", "Rien."))
    assert (found.records, [finding.rule for finding in found.findings]) == ((), ["fiche-impossible"])


def test_no_head() -> None:
    """A page that begins with a section is set aside with its reason."""
    assert [finding.rule for finding in read(written("Présentation", "Rien.")).findings] == ["valeur-necessaire"]


@pytest.mark.parametrize("text", ["", "\n\n \n", "Une page sans titre."])
def test_source_fails_without_its_page(text: str) -> None:
    """The harvest of an empty page fails, so that the last good state stays."""
    with pytest.raises(SourceFault):
        run(MAPPER, (PageText(text=text),))


@pytest.mark.parametrize(
    "line",
    [
        "x" * 1_000_000,
        "a, " * 333_000,
        "Depuis 2017, lauréat " * 50_000,
        "• Entreprises : " + ", ".join(f"Entreprise {number}" for number in range(50_000)),
        '"' * 1_000_000,
        "(" * 1_000_000,
        " " * 1_000_000 + "x",
        "plus de cinq labos thématiques nouveaux labos soutien de A" * 17_000,
    ],
    ids=["one word", "commas", "half sentences", "many names", "quotes", "brackets", "blanks", "half facts"],
)
@pytest.mark.parametrize("heading", ["(début)", "Parties prenantes", "Résultats"])
def test_a_line_of_a_megabyte(heading: str, line: str) -> None:
    """A page without line ends is read quickly, whatever it repeats."""
    with processor_time_under(60):
        assert read(written(HEAD, line if heading == "(début)" else f"{heading}\n\n{line}")).rows == 1


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("&lt;b&gt;Envie&lt;/b&gt;", "<b>Envie</b>"),
        ("En\u202evie\u0000", "Envie"),
        ("Envie\u00a0 Rhône", "Envie Rhône"),
    ],
)
def test_hostile_names(name: str, label: str) -> None:
    """Markup stays text; control and bidirectional characters go."""
    found = record_of(written(HEAD, "Parties prenantes", f"• Associations : {name}, Mineka"))
    assert [actor.label for actor in partners(found)] == [label, "Mineka"]


def test_a_partner_called_project() -> None:
    """A partner's name never takes the node of another thing."""
    lists = "• Associations : Project, Labo prévention santé, Le Centsept"
    found = record_of(
        written(HEAD, "Parties prenantes", lists, "Résultats", "Un labos thématiques (prévention santé).")
    )
    nodes = [thing.node for thing in things(found)]
    assert len(nodes) == len(set(nodes))


def test_a_line_without_a_colon() -> None:
    """A line without a colon names no kind: it is left out and the other lists are read."""
    lists = "• Entreprises Veolia, Enedis\n• Associations : Mineka"
    assert [actor.label for actor in partners(record_of(written(HEAD, "Parties prenantes", lists)))] == ["Mineka"]


def test_a_list_over_two_lines() -> None:
    """A list that ends with a comma goes on in the next line."""
    lists = "• Entreprises : Veolia,\n   Enedis, etc."
    assert [actor.label for actor in partners(record_of(written(HEAD, "Parties prenantes", lists)))] == [
        "Veolia",
        "Enedis",
    ]


def test_a_site_that_is_none() -> None:
    """A site that is no address is refused and the record goes on."""
    found = read(written(HEAD, "Site", "javascript:alert(1)"))
    assert project(found.records[0]).homepage is None
    assert [finding.rule for finding in found.findings] == ["valeur-refusee"]


def test_bundled_page_is_marked() -> None:
    """Beside the bundled facts stands when they were taken and that they are facts only."""
    told = json.loads((BUNDLED.parent / "snapshot.json").read_text(encoding="utf-8"))
    assert (told["retrieved"], told["facts_only"]) == ("2026-11-21T00:00:00Z", True)


def runs(text: str, record: Record, is_prose: Callable[[str], bool]) -> set[tuple[str, ...]]:
    """Each eight consecutive words of prose; names cut it."""
    found: set[tuple[str, ...]] = set()
    names = sorted({name for thing in things(record) for name in names_of(thing)}, key=len, reverse=True)
    cut = re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE)
    for line in filter(is_prose, text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").splitlines()):
        for stretch in cut.split(line):
            words = re.findall(r"\w+", stretch.lower())
            found |= {tuple(words[start : start + 8]) for start in range(len(words) - 7)}
    return found


def names_of(thing: object) -> tuple[str, ...]:
    """What the thing is called."""
    label = getattr(thing, "label", "")
    return tuple(filter(None, (label.removeprefix("Labo "), *getattr(thing, "alternative_labels", ()))))


def is_prose(line: str) -> bool:
    """Whether a line is neither a heading, a list nor a title."""
    return line.strip() not in HEADINGS and not line.strip().startswith(
        ("•", "Projet", "Tribune", "→", "Cas pratiques")
    )


def test_no_sentence_of_the_page_is_bundled() -> None:
    """No more than seven consecutive words of the author's prose stand in our facts."""
    ours, theirs = BUNDLED.read_text(encoding="utf-8"), published(REAL)
    assert runs(ours, record_of(ours), is_prose) & runs(theirs, record_of(theirs), is_prose) == set()
