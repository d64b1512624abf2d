"""What follows from the entities: who takes part, who cooperates, where and when."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations

from cis_graph.entities.merge import Entity
from cis_graph.model.records import Event, Participation, Programme, Project
from cis_graph.rdf.iris import INSOC, Iris
from cis_graph.rdf.statements import iri, statement, typed

PARTICIPANT_CAP = 100  # above it, only the lead is tied to each other actor
_LEADS = frozenset({"porteur", "co-porteur"})


def derived_lines(
    entities: Iterable[Entity],
    cooperative_roles: frozenset[str],
    containers: Callable[[str], frozenset[str]],
    iris: Iris,
) -> Iterable[str]:
    """Every derived statement; ``containers`` gives a territory and all that contain it."""
    known = list(entities)
    yield from _takes_part(known, iris)
    yield from _cooperates(known, cooperative_roles, iris)
    for entity in known:
        yield from _areas(entity, containers, iris)
        yield from _days(entity, iris)


def _takes_part(entities: list[Entity], iris: Iris) -> Iterable[str]:
    for entity in entities:
        if isinstance(entity.value, Participation):
            actor, project = entity.value.actor, entity.value.project
            yield statement(iris.entity("actor", actor), f"{INSOC}takesPartIn", iri(iris.entity("project", project)))


def _cooperates(entities: list[Entity], cooperative_roles: frozenset[str], iris: Iris) -> Iterable[str]:
    everyone: dict[str, set[str]] = defaultdict(set)
    leads: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        value = entity.value
        if isinstance(value, Participation) and value.role.concept in cooperative_roles:
            everyone[value.project].add(value.actor)
            if value.role.concept in _LEADS:
                leads[value.project].add(value.actor)
    ties = {tie for project, actors in everyone.items() for tie in _ties(actors, leads[project])}
    for first, second in sorted(ties):
        one, other = iris.entity("actor", first), iris.entity("actor", second)
        yield statement(one, f"{INSOC}cooperatesWith", iri(other))
        yield statement(other, f"{INSOC}cooperatesWith", iri(one))


def _ties(actors: set[str], leads: set[str]) -> Iterable[tuple[str, str]]:
    pairs = combinations(sorted(actors), 2)
    if len(actors) <= PARTICIPANT_CAP:
        return pairs
    return (pair for pair in pairs if leads & set(pair))


def _areas(entity: Entity, containers: Callable[[str], frozenset[str]], iris: Iris) -> Iterable[str]:
    if isinstance(entity.value, Programme):
        return
    territories = {place.territory for place in entity.value.places if place.territory}
    for area in sorted(set().union(*map(containers, territories))):
        subject = iris.entity(entity.kind, entity.key)
        yield statement(subject, f"{INSOC}inArea", iri(iris.entity("territory", area)))


def _days(entity: Entity, iris: Iris) -> Iterable[str]:
    if not isinstance(entity.value, Project | Participation | Event):
        return
    subject = iris.entity(entity.kind, entity.key)
    if entity.value.started:
        first = entity.value.started.first_day()
        yield statement(subject, f"{INSOC}beginsOn", typed(first.isoformat(), "date"))
    if entity.value.ended:
        last = entity.value.ended.last_day()
        yield statement(subject, f"{INSOC}endsOn", typed(last.isoformat(), "date"))
