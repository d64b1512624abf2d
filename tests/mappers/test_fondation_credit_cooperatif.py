"""The foundation's page of a *projet soutenu*: what is found in it, whatever its order."""

import json
import random
import re
import shutil
from itertools import chain
from pathlib import Path

import pytest

from cis_graph.concepts.labels import Labels
from cis_graph.errors import SourceFault
from cis_graph.mappers.fondation_credit_cooperatif import MAPPER, SOURCE
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.tables import PageText
from cis_graph.model.records import NO_LICENCE, Actor, Label, Project, Record
from cis_graph.rdf.schemes import load_schemes
from cis_graph.resources import CURATION, DEMONSTRATION
from tests.support.cost import processor_time_under
from tests.support.pages import blocks, published, things, written

REAL = "001_9e9124974c589857.txt"
BUNDLED = DEMONSTRATION / "fondation-credit-cooperatif/le-centsept.txt"
TITLE = "LE CENTSEPT\n\nMis à jour le 25/07/2025"
HEADINGS = (
    r"Forme d'organisation",
    r"Date de signature de la convention",
    r"Infos de contact",
    r"LE PROJET SOUTENU",
    r"LE CONTEXTE",
    r"LE PROJET EN DETAIL",
    r"\[-> Méthodes .*",
    r"\[-> Outils .*",
    r"LA STRUCTURE",
    r"L'avis de la fondation",
)


def read(text: str) -> Mapped:
    """What the mapper makes of the page."""
    return run(MAPPER, (PageText(text=text),))


def record_of(text: str) -> Record:
    """The page's only record."""
    return read(text).records[0]


def facts(record: Record) -> set[tuple[str, str, object]]:
    """Each value of each node on its own, names of projects apart."""
    return {
        (thing.node, field, value)
        for thing in things(record)
        for field in thing.__slots__
        if (held := getattr(thing, field)) is not None and (field != "label" or isinstance(thing, Actor))
        for value in (held if isinstance(held, tuple) else (held,))
    }


def initiative(record: Record) -> Project:
    """The project that the association carries."""
    return record.projects[0]


def supported(record: Record) -> Project:
    """The project that the foundation supports."""
    return record.projects[1]


def test_both_pages_give_one_record() -> None:
    """Our bundled facts say what the published page says, no more and no less."""
    assert record_of(published(REAL)) == record_of(BUNDLED.read_text(encoding="utf-8"))


def test_source(record: Record) -> None:
    """The record has no licence, no page and no text of its author."""
    assert (record.contributor, record.key) == ("fondation-credit-cooperatif", "le-centsept")
    assert (record.licence, record.page) == (NO_LICENCE, None)
    assert all(project.description is None and project.lessons == () for project in record.projects)


def test_the_foundation_is_inferred() -> None:
    """Readers are told that the page does not name its foundation."""
    assert SOURCE.note_fr is not None
    assert SOURCE.note_en is not None
    assert "ne nomme pas sa fondation" in SOURCE.note_fr
    assert "does not name its foundation" in SOURCE.note_en


def test_nothing_is_left_to_say(page: str) -> None:
    """The page is read without a finding."""
    assert read(page).findings == ()


def test_modified(record: Record) -> None:
    """The page says when it was last changed."""
    assert record.modified is not None
    assert record.modified.text == "2025-07-25"


def test_association(record: Record) -> None:
    """The association has the title's spelling, and the prose's beside."""
    found = record.actors[0]
    assert (found.node, found.label, found.alternative_labels) == ("le-centsept", "LE CENTSEPT", ("CentSept",))
    assert found.actor_type == Label(text="Association", scheme="actor-type")


def test_address(record: Record) -> None:
    """The association is at 107 rue de Marseille in Lyon."""
    found = record.actors[0]
    assert found.address is not None
    assert found.address.full == "107 rue de Marseille, 69007 Lyon"
    assert (found.address.street, found.address.postcode, found.address.town) == (
        "107 rue de Marseille",
        "69007",
        "Lyon",
    )
    assert [(place.text, place.level) for place in found.places] == [("69007 Lyon", "commune")]


def test_one_page_two_projects(record: Record) -> None:
    """What is supported is a project of its own, part of the initiative whose name the page carries."""
    assert [(project.node, project.part_of) for project in record.projects] == [
        ("project", None),
        ("recherche-action", "project"),
    ]
    assert initiative(record).label == "CentSept"
    assert supported(record).label.startswith("Recherche-action pour capitaliser")


def test_supported_since_the_convention(record: Record) -> None:
    """The convention is of June 2020."""
    started = supported(record).started
    assert started is not None
    assert started.text == "2020-06"


def test_foundation_funds(record: Record) -> None:
    """The foundation, the contributor itself, funds the supported project and not the initiative."""
    found = [
        (part.actor, part.project, part.started and part.started.text)
        for part in record.participations
        if part.role.concept == "financeur"
    ]
    assert found == [(SOURCE.organisation, "recherche-action", "2020-06")]


def test_association_carries_both(record: Record) -> None:
    """The association carries the initiative and the supported project."""
    found = [(part.actor, part.project) for part in record.participations if part.role.concept == "porteur"]
    assert found == [("le-centsept", "project"), ("le-centsept", "recherche-action")]


def test_initiative(record: Record) -> None:
    """Seven years before the convention it began, in Auvergne-Rhône-Alpes, with more than 40 partners by then."""
    found = initiative(record)
    assert found.started is not None
    assert (found.started.text, found.stated_partner_count) == ("2013", 40)
    assert [(place.text, place.level) for place in found.places] == [("Auvergne-Rhône-Alpes", "region")]
    assert found.outcomes == ("7 labos thématiques menés",)


def test_keywords(record: Record) -> None:
    """Three tags and four lab themes classify the initiative."""
    assert initiative(record).keywords == (
        "Promotion ESS",
        "Citoyenneté",
        "Favoriser les coopérations",
        "pauvreté et non recours aux aides",
        "handicap psychique et accès à l'emploi",
        "économie circulaire et BTP",
        "fracture numérique et santé",
    )
    assert tuple(label.text for label in initiative(record).themes) == initiative(record).keywords


def test_methods_and_tools(record: Record) -> None:
    """Two methods and nine tools are listed for the recherche-action."""
    listed = [label.text for label in supported(record).methods]
    assert listed[0] == "recherche-action"
    assert listed[1:3] == ["Méthode du co-développement", "Méthode du design-thinking"]
    assert (len(listed[3:]), listed[3], listed[-1]) == (
        9,
        "Brise-glace pour créer une équipe",
        "Construire un modèle économique",
    )


def test_nodes_are_unique(record: Record) -> None:
    """No two things of the record have one name."""
    nodes = [thing.node for thing in things(record)]
    assert len(nodes) == len(set(nodes))


def test_labels_are_known(record: Record, tmp_path: Path) -> None:
    """Every label means a concept that exists."""
    keys = load_schemes().keys
    shutil.copy(CURATION / "labels/fondation-credit-cooperatif.csv", tmp_path)
    labels = Labels.load(tmp_path, keys)
    told: list[Label] = [part.role for part in record.participations]
    told += [actor.actor_type for actor in record.actors if actor.actor_type]
    told += chain.from_iterable((*one.themes, *one.audiences, *one.methods) for one in record.projects)
    means = {label: [one.concept for one in labels.resolve(SOURCE.contributor, label)] for label in told}
    assert [label for label, concepts in means.items() if not concepts] == []
    assert all(concept in keys[label.scheme] for label, concepts in means.items() for concept in concepts)


@pytest.mark.parametrize("seed", range(8))
def test_any_order(page: str, seed: int) -> None:
    """The order of the sections changes nothing."""
    head, *rest = blocks(page, HEADINGS)
    random.Random(seed).shuffle(rest)
    assert read(written(head, *rest)) == read(page)


@pytest.mark.parametrize("gone", range(len(HEADINGS)))
def test_one_section_less(page: str, gone: int) -> None:
    """Without one section, what each other section tells is still told, and nothing else."""
    head, *rest = blocks(page, HEADINGS)
    kept = rest[:gone] + rest[gone + 1 :]
    found = read(written(head, *kept))
    assert found.findings == ()
    assert facts(found.records[0]) <= facts(record_of(page))
    assert set().union(*(facts(record_of(written(head, one))) for one in kept)) <= facts(found.records[0])


@pytest.mark.parametrize("place", range(1, len(HEADINGS) + 1))
def test_one_section_more(page: str, place: int) -> None:
    """A section that nobody declared raises an alarm and changes nothing."""
    head, *rest = blocks(page, HEADINGS)
    rest.insert(place, "LE BUDGET\n\nAprès 3 ans d'existence, douze millions d'euros en région Bretagne.")
    found = read(written(head, *rest))
    assert found.records[0] == record_of(page)
    assert [(finding.rule, finding.field) for finding in found.findings] == [("colonne-inconnue", "LE BUDGET")]


def test_prose_is_no_tag(page: str) -> None:
    """What is added to the head cannot be told from it, but no sentence becomes a keyword."""
    head, *rest = blocks(page, HEADINGS)
    assert record_of(written(head, "LE BUDGET", "Douze millions d'euros.", *rest)) == record_of(page)


def test_supported_project_without_a_name() -> None:
    """Where the page does not name the supported project, it is called after the title."""
    assert supported(record_of(TITLE)).label == "Projet soutenu : LE CENTSEPT"


def test_no_convention_no_start() -> None:
    """Years of existence are counted from nothing where the convention has no date."""
    assert initiative(record_of(written(TITLE, "LE CONTEXTE", "7 ans d'existence."))).started is None


@pytest.mark.parametrize("years", ["5000", "999999"])
def test_years_beyond_reason(years: str) -> None:
    """A page cannot count back before 1900."""
    text = written(TITLE, HEADINGS[1], "Juin 2020", "LE CONTEXTE", f"Après {years} ans d'existence.")
    assert initiative(record_of(text)).started is None


def test_a_convention_that_is_no_date() -> None:
    """A date that cannot be is refused and the record goes on."""
    found = read(written(TITLE, HEADINGS[1], "31 juin 2020"))
    assert supported(found.records[0]).started is None
    assert [finding.rule for finding in found.findings] == ["valeur-refusee"]


def test_people_are_not_read() -> None:
    """A person's line above the town is no street."""
    actor = record_of(written(TITLE, "Infos de contact", "[Camille Exemple](#)", "[69007 Lyon](#)")).actors[0]
    assert actor.address is not None
    assert actor.address.full == "69007 Lyon"


@pytest.mark.parametrize("text", ["", "\n\n \n", "Une page sans titre.", "Présentation\n\nRien."])
def test_source_fails_without_its_page(text: str) -> None:
    """The harvest of another page or none fails, so that the last good state stays."""
    with pytest.raises(SourceFault):
        read(text)


@pytest.mark.parametrize(
    "line",
    ["x" * 1_000_000, "[" * 1_000_000, "1" * 1_000_000, "région A" * 125_000, "a, " * 333_000, " " * 1_000_000 + "x"],
    ids=["one word", "brackets", "digits", "half facts", "commas", "blanks"],
)
@pytest.mark.parametrize("heading", ["(début)", "Infos de contact", "LE CONTEXTE", "LA STRUCTURE"])
def test_a_line_of_a_megabyte(heading: str, line: str) -> None:
    """A page without line ends is read quickly, whatever it repeats."""
    with processor_time_under(60):
        assert read(written(TITLE, line if heading == "(début)" else f"{heading}\n\n{line}")).rows == 1


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("LE\u202e CENT\u0000SEPT", "LE CENTSEPT"),
        ("(a+)+$", "(a+)+$"),
    ],
)
def test_hostile_titles(title: str, label: str) -> None:
    """Markup and patterns stay text; control and bidirectional characters go."""
    found = record_of(written(TITLE.replace("LE CENTSEPT", title), "LE CONTEXTE", "a" * 10_000))
    assert found.actors[0].label == label


def test_bundled_page_is_marked() -> None:
    """Beside the bundled facts stands when they were taken and that they are facts only."""
    told = json.loads((BUNDLED.parent / "snapshot.json").read_text(encoding="utf-8"))
    assert (told["retrieved"], told["facts_only"]) == ("2026-11-21T00:00:00Z", True)


def runs(text: str) -> set[tuple[str, ...]]:
    """Each eight consecutive words of the page's prose; names, headings and list lines apart."""
    record = record_of(text)
    names = {project.label for project in record.projects} | {actor.label for actor in record.actors}
    names |= set(initiative(record).keywords)
    cut = re.compile("|".join(map(re.escape, sorted(names, reverse=True))), re.IGNORECASE)
    apart = re.compile("|".join((*HEADINGS, "[0-9].*")))
    stretches = chain.from_iterable(map(cut.split, (line for line in text.splitlines() if not apart.fullmatch(line))))
    words = [re.findall(r"\w+", stretch.lower()) for stretch in stretches]
    return {tuple(stretch[start : start + 8]) for stretch in words for start in range(len(stretch) - 7)}


def test_no_sentence_of_the_page_is_bundled() -> None:
    """No more than seven consecutive words of the author's prose stand in our facts."""
    theirs = runs(published(REAL))
    assert theirs != set()
    assert runs(BUNDLED.read_text(encoding="utf-8")) & theirs == set()
