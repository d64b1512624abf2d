"""Records as bytes and back: nothing is lost, and what many say is held once."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from cis_graph.model.dates import StatedDate
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.identifiers import Siren
from cis_graph.model.packing import packed, unpacked
from cis_graph.model.places import Coordinates, Place
from cis_graph.model.records import Actor, Address, Event, Label, Participation, Programme, Project, Record

LABEL = Label(text="Santé, soin", scheme="theme", concept="sante")
PLACE = Place(text="69007 Lyon", level="commune", otherwise=Place(text="Rhône"), territory="commune-69387")
DAY = StatedDate("2021-06-01")
RECORD = Record(
    contributor="reseau-clairiere",
    key="fiche-1",
    rows=(1, 2),
    licence="https://example.org/licence",
    modified=DAY,
    projects=(Project(node="project", label="Jardin", places=(PLACE,), themes=(LABEL,), started=DAY),),
    actors=(
        Actor(
            node="acteur-1",
            label="La Clairière",
            siren=Siren("732829320"),
            address=Address(full="1 rue des Prés, Lyon", town="Lyon"),
            coordinates=(Coordinates(latitude=45.75, longitude=4.85),),
        ),
    ),
    programmes=(Programme(node="appel", label="Appel à projets", yearly_budget=Decimal("1000.50")),),
    participations=(Participation(actor="acteur-1", project="project", role=Label(text="porteur", scheme="role")),),
    events=(Event(node="fete", label="Fête", started=DAY),),
)
FINDING = Finding(
    contributor="reseau-clairiere",
    source="reseau-clairiere-fiches",
    fate=Fate.ADVICE,
    rule="date-form",
    message_fr="m",
    message_en="m",
    remedy_fr="r",
    remedy_en="r",
    rows=(1,),
)


@pytest.mark.parametrize("thing", [RECORD, FINDING, (RECORD, (FINDING,), b"more"), LABEL, DAY])
def test_nothing_is_lost(thing: object) -> None:
    """Equal values come back, of the same classes."""
    found = unpacked(packed(thing))

    assert found == thing
    assert repr(found) == repr(thing), "a SIREN is no mere text"


@pytest.mark.parametrize(
    "thing", [RECORD, RECORD.projects[0], RECORD.actors[0], RECORD.programmes[0], RECORD.events[0], PLACE, FINDING]
)
def test_every_field_is_packed(thing: object) -> None:
    """One that is set apart comes back apart."""
    for one in fields(thing):  # type: ignore[arg-type]  # a dataclass
        changed = replace(thing, **{one.name: None})  # type: ignore[type-var]
        assert getattr(unpacked(packed(changed)), one.name) is None


def test_what_many_say_is_held_once() -> None:
    """Equal labels and dates, and texts of which there are few, whichever record says them."""
    other = replace(RECORD, key="fiche-2", projects=(replace(RECORD.projects[0], label="Potager"),))
    first, second = (unpacked(packed(one)) for one in (RECORD, other))

    assert first.projects[0].themes[0] is second.projects[0].themes[0]
    assert first.modified is second.modified is second.projects[0].started
    assert first.licence is second.licence
    assert first.projects[0].places[0].territory is second.projects[0].places[0].territory
    assert first.participations[0].actor is second.actors[0].node


def test_values_that_differ_stay_apart() -> None:
    """A label of another scheme, or unresolved, is another label."""
    for other in (replace(LABEL, scheme="audience"), replace(LABEL, concept=None), replace(LABEL, text="Sante")):
        assert unpacked(packed((LABEL, other))) == (LABEL, other)
