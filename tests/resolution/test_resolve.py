from dataclasses import replace
from typing import Any, cast

import pytest

from cis_graph.concepts.labels import Labels
from cis_graph.concepts.suggest import Suggestions
from cis_graph.concepts.words import Words
from cis_graph.model.dates import StatedDate
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.places import Coordinates, Place, PlaceAnswer, PlaceStatus
from cis_graph.model.records import NO_LICENCE, Actor, Event, Label, Project, Record
from cis_graph.resolution.resolve import Resolution
from cis_graph.territories.resolver import Resolver
from tests.support.making import actor, part, place, project, record

SOURCE = "clairiere-projets"
LABELS = Labels(
    {
        ("clairiere", "theme", "sante"): ("sante",),
        ("clairiere", "theme", "habitat"): ("logement", "sante"),
        ("clairiere", "role", "chef-de-file"): ("porteur",),
        ("clairiere", "actor-type", "asso"): ("association",),
    }
)


class SmallResolver:
    """Knows one town, one region, a name of two towns, and the département of one point."""

    def resolve(self, asked: Place) -> PlaceAnswer:
        """What it knows of a place."""
        if asked.text == "Sainte-Marie":
            towns = ("commune-1", "commune-2", "commune-3", "commune-4")
            return PlaceAnswer(status=PlaceStatus.AMBIGUOUS, candidates=towns)
        found = {"Lyon": "commune-69123", "69000 LYON": "commune-69123", "Rhône Alpes": "ancienne-region-82"}
        if asked.text in found:
            return PlaceAnswer(status=PlaceStatus.FOUND, territory=found[asked.text], confidence=1.0)
        return PlaceAnswer(status=PlaceStatus.UNKNOWN)

    def departement_of(self, point: Coordinates) -> str | None:
        """The Rhône for one point."""
        return "69" if point == Coordinates(latitude=45.75, longitude=4.85) else None


RESOLUTION = Resolution(cast("Resolver", SmallResolver()), LABELS)


def told(*nodes: Any) -> Record:
    """A record from two rows."""
    return replace(record("clairiere", "fiche-1", *nodes), rows=(3, 4))


def resolved_project(one: Project) -> tuple[Project, tuple[Finding, ...]]:
    """A project after resolving."""
    done, findings = RESOLUTION.resolve(told(one), SOURCE)
    return done.projects[0], findings


def placed(*places: Place) -> tuple[tuple[str | None, ...], tuple[str, ...]]:
    """The territories of a project of some places, and the rules of what there is to say."""
    one, findings = resolved_project(replace(project("x"), places=places))
    return tuple(spot.territory for spot in one.places), tuple(finding.rule for finding in findings)


def test_a_known_place_gets_its_territory_and_keeps_its_words() -> None:
    """Nothing is said of what is found."""
    one, findings = resolved_project(replace(project("x"), places=(Place(text="Lyon"),)))

    assert one.places == (Place(text="Lyon", territory="commune-69123"),)
    assert findings == ()


def test_an_unknown_place_is_not_published_and_is_said() -> None:
    """The finding shows the contributor's own words."""
    one, (finding,) = resolved_project(replace(project("x"), places=(Place(text="Lyyon <b>"),)))

    assert one.places == ()
    assert (finding.rule, finding.value, finding.fate) == ("lieu-inconnu", "Lyyon <b>", Fate.VALUE_REFUSED)
    assert "« Lyyon <b> »" in finding.message_fr


def test_a_place_that_may_be_several_is_none_of_them() -> None:
    """The most likely candidates are shown, none is chosen."""
    one, (finding,) = resolved_project(replace(project("x"), places=(Place(text="Sainte-Marie"),)))

    assert (one.places, finding.rule) == ((), "lieu-ambigu")
    assert "(commune-1, commune-2, commune-3)" in finding.message_en
    assert "département" in finding.remedy_fr


def test_a_less_precise_place_stands_in_for_an_unknown_one() -> None:
    """Down the chain of less precise places, each unknown one is said and the first known one is taken."""
    chain = Place(text="?", otherwise=Place(text="Sainte-Marie", otherwise=Place(text="Rhône Alpes")))

    assert placed(chain) == (("ancienne-region-82",), ("lieu-inconnu", "lieu-ambigu"))
    assert placed(Place(text="?", otherwise=Place(text="??"))) == ((), ("lieu-inconnu", "lieu-inconnu"))
    assert placed(Place(text="Lyon", otherwise=Place(text="?"))) == (("commune-69123",), ())


def test_one_territory_is_said_once() -> None:
    """Two ways to write a town are one place; the same unknown word is one finding."""
    assert placed(Place(text="Lyon"), Place(text="69000 LYON")) == (("commune-69123",), ())
    assert placed(Place(text="?"), Place(text="?")) == ((), ("lieu-inconnu",))


def test_a_place_that_has_its_territory_is_not_asked_for() -> None:
    """A mapper that knows better is believed."""
    assert placed(place("epci-200046977")) == (("epci-200046977",), ())


def test_a_point_is_in_its_departement() -> None:
    """Coordinates add a département; a point abroad or at sea is said and adds nothing."""
    one, findings = resolved_project(
        replace(
            project("x"),
            places=(Place(text="Lyon"),),
            coordinates=(Coordinates(latitude=45.75, longitude=4.85), Coordinates(latitude=50.85, longitude=4.35)),
        )
    )

    assert [spot.territory for spot in one.places] == ["commune-69123", "departement-69"]
    assert [(finding.rule, finding.value) for finding in findings] == [("point-hors-departement", "50.85, 4.35")]


def test_labels_become_concepts_once_each() -> None:
    """A label may mean two concepts, and two labels one."""
    labels = tuple(Label(text=text, scheme="theme") for text in ("Habitat", "Santé"))
    one, findings = resolved_project(replace(project("x"), themes=labels))

    assert [label.concept for label in one.themes] == ["logement", "sante"]
    assert (findings, one.keywords) == ((), ())


def test_an_unknown_label_of_a_project_becomes_a_keyword() -> None:
    """No word is dropped: it stays among the keywords, once, and is said under its scheme."""
    one, findings = resolved_project(
        replace(
            project("x"),
            keywords=("bois", "Zéro"),
            themes=(Label(text="Zéro", scheme="theme"),),
            audiences=(Label(text="Tous", scheme="audience"),),
            methods=(Label(text="Tous", scheme="method"),),
        )
    )

    assert (one.themes, one.audiences, one.methods) == ((), (), ())
    assert one.keywords == ("bois", "Zéro", "Tous")
    assert [(finding.rule, finding.field, finding.value) for finding in findings] == [
        ("libelle-inconnu", "thème", "Zéro"),
        ("libelle-inconnu", "public", "Tous"),
        ("libelle-inconnu", "méthode", "Tous"),
    ]


def test_an_actor_has_one_type_and_its_places() -> None:
    """An unknown type is left open and said."""
    one = replace(actor("y"), actor_type=Label(text="ASSO", scheme="actor-type"), places=(Place(text="Lyon"),))
    other = replace(actor("z", node="z"), actor_type=Label(text="?", scheme="actor-type"))
    done, findings = RESOLUTION.resolve(told(one, other), SOURCE)
    types = [each.actor_type.concept if each.actor_type else None for each in done.actors]

    assert types == ["association", None]
    assert [spot.territory for spot in done.actors[0].places] == ["commune-69123"]
    assert [finding.field for finding in findings] == ["type d'acteur"]


@pytest.mark.parametrize(("town", "territory"), [("Lyon", "commune-69123"), ("?", "departement-69")])
def test_a_point_of_an_actor_tells_where_no_place_does(town: str, territory: str) -> None:
    """A known town is enough, an unknown one leaves the département of the point, which is said."""
    point = Coordinates(latitude=45.75, longitude=4.85)
    one = replace(actor("y"), places=(Place(text=town),), coordinates=(point,))
    done, findings = RESOLUTION.resolve(told(one), SOURCE)

    assert [spot.territory for spot in done.actors[0].places] == [territory]
    assert [finding.value for finding in findings] == ([] if town == "Lyon" else ["?"])


def test_a_role_that_is_unknown_stays_in_its_words() -> None:
    """An actor takes part even if nobody knows as what."""
    known = replace(part("actor", "project"), role=Label(text="Chef de file", scheme="role"))
    unknown = replace(part("actor", "project"), role=Label(text="Marraine", scheme="role"))
    done, (finding,) = RESOLUTION.resolve(told(actor("y"), project("x"), known, unknown), SOURCE)

    assert [(one.role.text, one.role.concept) for one in done.participations] == [
        ("Chef de file", "porteur"),
        ("Marraine", None),
    ]
    assert (finding.value, finding.field) == ("Marraine", "rôle")


def test_an_event_is_placed_and_themed() -> None:
    """What an event cannot say in concepts is said in the report."""
    event = Event(
        node="fair",
        label="Foire",
        started=StatedDate.parse("2020"),
        places=(Place(text="Lyon"),),
        themes=(Label(text="santé", scheme="theme"), Label(text="?", scheme="theme")),
    )
    done, findings = RESOLUTION.resolve(replace(told(), events=(event,)), SOURCE)

    assert [spot.territory for spot in done.events[0].places] == ["commune-69123"]
    assert [label.concept for label in done.events[0].themes] == ["sante"]
    assert [finding.value for finding in findings] == ["?"]


def test_texts_without_a_licence_are_left_out() -> None:
    """Without a stated licence only facts are published, and the contributor is told once how to change that."""
    one = replace(project("x"), description="Un texte.", lessons=("Une leçon.",), stated_partner_count=2)
    bare = project("y", node="y")
    done, (finding,) = RESOLUTION.resolve(replace(told(one, bare), licence=NO_LICENCE), SOURCE)

    assert [(each.label, each.description, each.lessons) for each in done.projects] == [
        ("x", None, ()),
        ("y", None, ()),
    ]
    assert done.projects[0].stated_partner_count == 2
    assert (finding.rule, finding.fate) == ("texte-sans-licence", Fate.ADVICE)


def test_texts_under_a_licence_stay() -> None:
    """What may be published is."""
    one = replace(project("x"), description="Un texte.")

    assert resolved_project(one) == (one, ())


@pytest.mark.parametrize(
    "node",
    [
        replace(project("x"), places=(Place(text="?"),)),
        replace(project("x"), places=(Place(text="Sainte-Marie"),)),
        replace(project("x"), coordinates=(Coordinates(latitude=0, longitude=0),)),
        replace(project("x"), methods=(Label(text="?", scheme="method"),)),
        replace(actor("x"), actor_type=Label(text="?", scheme="actor-type")),
        replace(part("actor", "project"), role=Label(text="?", scheme="role")),
        replace(project("x"), description="Un texte."),
    ],
    ids=["place", "places", "point", "method", "type", "role", "text"],
)
def test_each_finding_says_what_where_and_what_to_do(node: Project | Actor) -> None:
    """Contributor, source, record, rows and rule; a sentence and a remedy in French and in English."""
    _, (finding,) = RESOLUTION.resolve(replace(told(node), licence=NO_LICENCE), SOURCE)
    texts = (finding.message_fr, finding.message_en, finding.remedy_fr, finding.remedy_en)

    assert (finding.contributor, finding.source, finding.record) == ("clairiere", SOURCE, "fiche-1")
    assert finding.rows == (3, 4)
    assert finding.rule
    assert all(text.endswith(".") for text in texts)
    assert len(set(texts)) == 4
    assert finding.value is None or finding.value in finding.message_fr


def test_a_record_is_resolved_once_and_for_all() -> None:
    """Resolving what is resolved changes nothing and says nothing."""
    one = replace(
        project("x"), places=(Place(text="Lyon"),), themes=(Label(text="Santé", scheme="theme"),), keywords=("bois",)
    )
    done, _ = RESOLUTION.resolve(told(one, actor("y", "region-82"), part("actor", "project")), SOURCE)

    assert RESOLUTION.resolve(done, SOURCE) == (done, ())


def test_an_unknown_label_is_said_with_what_it_may_be_and_publishes_none_of_it() -> None:
    """Suggestions are for people: the label stays a keyword."""
    words = {
        ("theme", "sante"): Words(french="Santé", english="Health"),
        ("theme", "sante-mentale"): Words(french="Santé mentale", english="Mental health"),
    }
    resolution = replace(RESOLUTION, suggestions=Suggestions.load(words, {}))
    one = replace(project("x"), themes=(Label(text="Santé mentales", scheme="theme"),))
    done, (finding,) = resolution.resolve(told(one), SOURCE)

    assert (done.projects[0].themes, done.projects[0].keywords) == ((), ("Santé mentales",))
    assert finding.remedy_fr.startswith("Peut-être : Santé mentale, Santé ? ")
    assert finding.remedy_en.startswith("Perhaps: Mental health, Health? ")
