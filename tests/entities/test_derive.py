from dataclasses import replace
from itertools import combinations

import pytest

from cis_graph.entities.derive import derived_lines
from cis_graph.entities.merge import Entity
from cis_graph.entities.parties import parties
from cis_graph.model.dates import StatedDate
from cis_graph.model.nodes import KINDS, NodeId, Thing
from cis_graph.model.records import Event, Label, Programme
from cis_graph.model.ties import CROWD
from cis_graph.rdf.iris import INSOC, XSD, Iris
from tests.support.making import actor, part, project

IRIS = Iris("https://carrefour.example/")
COOPERATIVE = frozenset({"porteur", "co-porteur", "partenaire"})
OUTER = {"commune-69123": {"region-84", "pays-fr"}, "region-84": {"pays-fr"}, "pays-fr": set[str]()}


def containers(key: str) -> frozenset[str]:
    """A territory and all that contain it."""
    return frozenset({key, *OUTER[key]})


def entity(value: Thing, key: str) -> Entity:
    """An entity of one node."""
    return Entity(kind=KINDS[type(value)], key=key, value=value, members=(NodeId("a", "1", key),))


def derived(*entities: Entity) -> set[str]:
    """Derived statements, IRIs shortened."""
    lines = list(derived_lines(entities, parties(entities, COOPERATIVE), containers, IRIS))
    return {line.replace(INSOC, ":").replace(f"{IRIS.base}id/", "").removesuffix(" .") for line in lines}


def ties(*roles: tuple[str, str], of: str = "p") -> set[tuple[str, str]]:
    """Who cooperates with whom in one project, given (actor, role) pairs."""
    parts = [entity(part(name, of, role), f"{name}-{role}") for name, role in roles]
    lines = [line.split() for line in derived(*parts) if "cooperatesWith" in line]
    return {(first.strip("<>")[6:], other.strip("<>")[6:]) for first, _, other in lines}


def test_who_takes_part_takes_part() -> None:
    """Any role, also one without a concept, ties an actor to its project."""
    one = part("a", "p", "financeur")

    assert derived(entity(one, "t")) == {"<actor/a> <:takesPartIn> <project/p>"}
    unknown = replace(one, role=Label(text="?", scheme="role"))
    assert derived(entity(unknown, "t")) == {"<actor/a> <:takesPartIn> <project/p>"}


def test_cooperation_goes_both_ways_and_never_to_oneself() -> None:
    """Two partners cooperate with each other; one actor with two roles not with itself."""
    assert ties(("a", "partenaire"), ("b", "porteur"), ("a", "co-porteur")) == {("a", "b"), ("b", "a")}


@pytest.mark.parametrize("role", ["financeur", "laureat", "observateur"])
def test_only_cooperative_roles_cooperate(role: str) -> None:
    """Who pays, wins or watches takes part and does not cooperate."""
    assert ties(("a", "porteur"), ("b", role)) == set()


def test_actors_of_two_projects_do_not_meet() -> None:
    """Cooperation is in one project."""
    assert not [
        line for line in derived(entity(part("a", "p"), "1"), entity(part("b", "q"), "2")) if "cooperates" in line
    ]


def test_a_tie_of_two_projects_is_said_once() -> None:
    """Who meets twice cooperates once."""
    parts = [entity(part(name, of), f"{name}{of}") for name in "ab" for of in "pq"]
    lines = list(derived_lines(parts, parties(parts, COOPERATIVE), containers, IRIS))

    assert len(lines) == len(set(lines)) == 4 + 2 + 2


def crowd(number: int, *leads: str) -> set[tuple[str, str]]:
    """The ties of a project with so many partners, some of which lead."""
    names = [f"a{each:03}" for each in range(number)]
    return ties(*((name, "porteur" if name in leads else "partenaire") for name in names))


def test_below_a_hundred_everybody_cooperates() -> None:
    """Ninety-nine participants are tied pair by pair."""
    assert len(crowd(CROWD - 1, "a000")) == 2 * len(list(combinations(range(CROWD - 1), 2)))


def test_from_a_hundred_on_only_the_lead_is_tied_to_each() -> None:
    """In a crowd, partners are tied to those who lead and not to each other."""
    found = crowd(CROWD, "a000", "a001")

    assert all({"a000", "a001"} & set(pair) for pair in found)
    assert len(found) == 2 * (2 * CROWD - 3)


def test_a_crowd_without_a_lead_nobody_is_tied() -> None:
    """A list of a hundred names is no network."""
    assert crowd(CROWD) == set()


def test_an_entity_is_in_every_territory_that_contains_its_own() -> None:
    """A project of Lyon is in its region and in France, each once."""
    lines = derived(entity(project("x", "commune-69123", "region-84"), "p"))

    assert lines == {f"<project/p> <:inArea> <territory/{key}>" for key in ("commune-69123", "region-84", "pays-fr")}


def test_a_place_that_is_unknown_is_in_no_area() -> None:
    """Neither a programme nor a thing without a territory is anywhere."""
    assert derived(entity(actor("x"), "a"), entity(Programme(node="c", label="c"), "c")) == set()


def test_a_stated_time_has_a_first_and_a_last_day() -> None:
    """From a year to a month is from the first of January to the month's last day."""
    dates = {"started": StatedDate.parse("2019"), "ended": StatedDate.parse("2024-02")}
    for value, kind in ((project("x"), "project"), (part("a", "p"), "participation")):
        lines = derived(entity(replace(value, **dates), "k"))  # type: ignore[arg-type]
        assert f'<{kind}/k> <:beginsOn> "2019-01-01"^^<{XSD}date>' in lines
        assert f'<{kind}/k> <:endsOn> "2024-02-29"^^<{XSD}date>' in lines


def test_an_event_begins_and_need_not_end() -> None:
    """An open end is no end."""
    event = Event(node="e", label="e", started=StatedDate.parse("2020-05-04"))

    assert derived(entity(event, "e")) == {f'<event/e> <:beginsOn> "2020-05-04"^^<{XSD}date>'}


def test_a_grant_lasts_as_long_as_its_date_is_wide() -> None:
    """A grant of 2018 ends with the year, and so does the participation in it; a project of 2018 does not end."""
    dated = {"started": StatedDate.parse("2018")}
    grant = Label(text="grant", scheme="project-kind", concept="grant")
    given = replace(project("x"), kind=grant, **dated)  # type: ignore[arg-type]
    paid = replace(part("a", "p", "beneficiaire"), **dated)  # type: ignore[arg-type]
    lines = derived(entity(given, "p"), entity(paid, "t"))

    assert f'<project/p> <:endsOn> "2018-12-31"^^<{XSD}date>' in lines
    assert f'<participation/t> <:endsOn> "2018-12-31"^^<{XSD}date>' in lines
    assert not [line for line in derived(entity(replace(given, kind=None), "p")) if "endsOn" in line]
