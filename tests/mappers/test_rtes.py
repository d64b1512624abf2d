"""RTES's report of a workshop: what is found in it, whatever the order of its slides."""

import random
import re
from decimal import Decimal

import pytest

from cis_graph.errors import SourceFault
from cis_graph.mappers.rtes import MAPPER, SOURCE
from cis_graph.mapping.run import run
from cis_graph.mapping.tables import PageText
from cis_graph.model.records import NO_LICENCE, Record
from cis_graph.resources import DEMONSTRATION
from tests.support.cost import processor_time_under
from tests.support.pages import (
    HOSTILE,
    actor,
    facts,
    labels,
    links_lead_to_nodes,
    parts,
    project,
    published,
    read,
    runs,
    written,
)

REAL = "002_9f558fd3880cf215.txt"
BUNDLED = DEMONSTRATION / "rtes/atelier-niort.txt"
HEAD = "Restitution de l'atelier « Innovation : comment ? »\n\nNiort, le 19 octobre 2017\n\nDépartement du Val-de-Marne"
LOCAL = "departement-du-val-de-marne"


def record_of(text: str) -> Record:
    """The report's only record."""
    return read(MAPPER, text).records[0]


def slides(page: str) -> list[str]:
    """The report cut before each recommendation, and where a slide of text begins."""
    return [part.strip() for part in re.split(r"\n(?=Recommandation #|L'action |Publics\n|Résumé |Ce qu'a )", page)]


def test_both_pages_give_one_record() -> None:
    """Our bundled facts say what the published report says, no more and no less."""
    assert record_of(published(REAL)) == record_of(BUNDLED.read_text(encoding="utf-8"))


def test_nothing_is_left_to_say(page: str) -> None:
    """The report is read without a finding."""
    assert read(MAPPER, page).findings == ()


def test_source(record: Record) -> None:
    """The record is RTES's, without licence, page or text; its organiser is inferred, and the note says so."""
    assert (record.contributor, record.licence, record.page) == ("rtes", NO_LICENCE, None)
    assert all(one.description is None and one.lessons == () for one in record.projects)
    assert "déduit" in (SOURCE.note_fr or "")


def test_workshop(record: Record) -> None:
    """The workshop was held at Niort on 19 October 2017 by RTES, with the Val-de-Marne."""
    (event,) = record.events
    assert event.label == "Atelier « Innovation sociale et territoriale : comment passer à l'action ? »"
    assert (event.started.text, event.actors) == ("2017-10-19", ("rtes", LOCAL))
    assert [(place.text, place.level, place.departement) for place in event.places] == [("Niort", "commune", "79")]


def test_methods(record: Record) -> None:
    """Ideas were found by the 3-12-3 brainstorming, in co-creation."""
    assert [label.text for label in record.events[0].methods] == ["brainstorming 3-12-3", "co-création"]


def test_recommendations(record: Record) -> None:
    """Four recommendations, in the report's own headings and order."""
    assert record.events[0].recommendations == (
        "Mieux comprendre les besoins territoriaux grâce à l'empathie et l'horizontalité",
        "Identifier les ressources disponibles et les initiatives existantes sur le territoire",
        "Dynamiser les échanges et les partages entre citoyens",
        "Favoriser les coopérations entre acteurs de l'ESS, collectivités, et acteurs du développement économique",
    )


def test_outcomes(record: Record) -> None:
    """What the report counts is told in our words."""
    assert record.events[0].outcomes == ("Environ 30 participants", "Environ 100 idées", "Environ 40 idées concrètes")


def test_departement(record: Record) -> None:
    """The Val-de-Marne is a département, in its own territory."""
    found = actor(record, LOCAL)
    assert found.actor_type is not None
    assert (found.label, found.actor_type.text) == ("Département du Val-de-Marne", "Département")
    assert [(place.text, place.level) for place in found.places] == [("Val-de-Marne", "departement")]


def test_call(record: Record) -> None:
    """Its call for projects has supported 45 projects since 2012, with 390,000 of its 450,000 euros a year."""
    (call,) = record.programmes
    assert call.label == "Appel à projets de développement social et solidaire du territoire"
    assert (call.operator, call.started and call.started.text, call.stated_project_count) == (LOCAL, "2012", 45)
    assert (call.yearly_budget, call.yearly_support) == (Decimal(450_000), Decimal(390_000))


def test_audiences(record: Record) -> None:
    """The call is for four audiences."""
    assert [label.text for label in record.programmes[0].audiences] == [
        "bénéficiaires du RSA",
        "mineurs isolés",
        "personnes handicapées",
        "seniors",
    ]


@pytest.mark.parametrize(
    ("role", "label", "by_call"),
    [
        ("financeur", "Action du Département du Val-de-Marne en faveur de l'ESS et de l'innovation sociale", True),
        ("defricheur", "Action du Département du Val-de-Marne en faveur de l'ESS et de l'innovation sociale", True),
        ("societaire", "Coop Bio Île-de-France", False),
        ("co-entrepreneur", "Réemploi du matériel non utilisé des établissements pour personnes âgées", False),
    ],
)
def test_four_roles(record: Record, role: str, label: str, by_call: bool) -> None:  # noqa: FBT001 - a parameter
    """Each of the four roles a collectivité takes has its example; two are held through the call for projects."""
    (part,) = parts(record, role)
    assert (part.actor, project(record, part.project).label) == (LOCAL, label)
    assert (part.programme is not None) == by_call


def test_carriers(record: Record) -> None:
    """A SCIC carries Coop Bio, the SCOP E2S the temporary crèche with the département, which carries its action."""
    carried = {
        actor(record, part.actor).label: project(record, part.project).label for part in parts(record, "porteur")
    }
    assert carried == {
        "Département du Val-de-Marne": "Action du Département du Val-de-Marne en faveur de l'ESS et de l'innovation sociale",
        "Coop Bio Île-de-France": "Coop Bio Île-de-France",
        "E2S": "Crèche éphémère",
    }
    assert [label.text for name in ("coop-bio-ile-de-france", "e2s") if (label := actor(record, name).actor_type)] == [
        "SCIC",
        "SCOP",
    ]
    assert [(part.actor, part.project) for part in parts(record, "partenaire")] == [(LOCAL, "projet-creche-ephemere")]


def test_under_study(record: Record) -> None:
    """The bicycle workshops near stations were being thought of."""
    (part,) = parts(record, "initiateur")
    found = project(record, part.project)
    assert found.label == "Ateliers de réparation vélo près des gares du Grand Paris"
    assert (part.actor, found.outcomes) == (LOCAL, ("À l'étude en 2017",))


def test_links(record: Record) -> None:
    """No two things of the record have one name, and every link leads to one of them."""
    assert links_lead_to_nodes(record)


def test_no_person() -> None:
    """Neither the record nor our facts name the speaker or whom to write to."""
    text = published(REAL)
    people = {*re.findall(r"Intervention de (\S+ \S+)", text), *re.findall(r"(?m)^(\S+ \S+)\n\[adresse", text)}
    words = {word for name in people for word in name.split()}
    assert len(people) == 3
    bundled = BUNDLED.read_text(encoding="utf-8")
    assert [word for word in words if word in bundled or word in str(record_of(text))] == []


def test_masked_lines_are_not_read(page: str) -> None:
    """What is added below the last slide, as an address or a number, changes nothing."""
    assert record_of(written(page, "Prénom Nom\n[adresse masquée]\n[numéro masqué]")) == record_of(page)


@pytest.mark.parametrize("seed", range(8))
def test_any_order(page: str, seed: int) -> None:
    """The order of the slides changes nothing."""
    head, *rest = slides(page)
    random.Random(seed).shuffle(rest)
    assert facts(record_of(written(head, *rest))) == facts(record_of(page))


def test_one_slide_less(page: str) -> None:
    """Without one slide, nothing else is told than with it."""
    head, *rest = slides(page)
    for gone in range(len(rest)):
        assert facts(record_of(written(head, *rest[:gone], *rest[gone + 1 :]))) <= facts(record_of(page))


def test_one_slide_more(page: str) -> None:
    """A slide about something else changes nothing and raises no alarm."""
    found = read(MAPPER, written(page, "Budget", "Un tiers des communes en a un."))
    assert (found.records[0], found.findings) == (record_of(page), ())


def test_without_a_departement() -> None:
    """A workshop without a département is still a workshop."""
    found = record_of(HEAD.replace("Département du Val-de-Marne", ""))
    assert (found.projects, found.programmes, [one.node for one in found.actors]) == ((), (), ["rtes"])


@pytest.mark.parametrize("text", ["Une page.", HEAD.replace("19 octobre", "39 octobre"), "Niort, le 19 octobre 2017"])
def test_no_workshop(text: str) -> None:
    """A page without a title or a day of the calendar is set aside with its reason."""
    found = read(MAPPER, text)
    assert (found.records, [finding.rule for finding in found.findings]) == ((), ["fiche-impossible"])


@pytest.mark.parametrize("text", ["", "\n\n \n", "Une page."])
def test_source_fails_without_its_page(text: str) -> None:
    """The harvest of an empty page fails, so that the last good state stays."""
    with pytest.raises(SourceFault):
        run(MAPPER, (PageText(text=text),))


@pytest.mark.parametrize("line", HOSTILE)
def test_a_line_of_a_megabyte(line: str) -> None:
    """A page without line ends is read quickly, whatever it repeats."""
    with processor_time_under(60):
        assert read(MAPPER, written(HEAD, line)).rows == 1


def test_hostile_names() -> None:
    """Control and bidirectional characters go from a name."""
    found = record_of(written(HEAD, "sociétariat de Co\u202eop Bio\u0000, SCIC"))
    assert labels(found, "porteur") == ["Coop Bio"]


def test_no_sentence_of_the_page_is_bundled() -> None:
    """No more than seven consecutive words of the authors' prose stand in our facts."""
    ours, theirs = BUNDLED.read_text(encoding="utf-8"), published(REAL)
    titles = r"Forum national|L'action du Département|\*\*Mieux comprendre|Réseau des collectivités|Restitution"
    record = record_of(ours)
    assert runs(ours, record, titles) & runs(theirs, record, titles) == set()
