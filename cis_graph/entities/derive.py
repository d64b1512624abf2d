"""What follows from the entities: who takes part, who cooperates, where and when."""

from collections.abc import Callable, Iterable

from cis_graph.entities.merge import Entity
from cis_graph.entities.ties import cooperation_lines
from cis_graph.model.records import Event, Participation, Programme, Project
from cis_graph.model.ties import Party
from cis_graph.rdf.iris import INSOC, Iris
from cis_graph.rdf.statements import iri, statement, typed


def derived_lines(
    entities: Iterable[Entity],
    parties: Iterable[Party],
    containers: Callable[[str], frozenset[str]],
    iris: Iris,
) -> Iterable[str]:
    """Every derived statement; ``containers`` gives a territory and all that contain it."""
    known = list(entities)
    grants = {entity.key for entity in known if entity.is_grant}
    yield from _takes_part(known, iris)
    yield from cooperation_lines(parties, iris)
    for entity in known:
        yield from _areas(entity, containers, iris)
        yield from _days(entity, grants, iris)


def _takes_part(entities: list[Entity], iris: Iris) -> Iterable[str]:
    for entity in entities:
        if isinstance(entity.value, Participation):
            actor, project = entity.value.actor, entity.value.project
            yield statement(iris.entity("actor", actor), f"{INSOC}takesPartIn", iri(iris.entity("project", project)))


def _areas(entity: Entity, containers: Callable[[str], frozenset[str]], iris: Iris) -> Iterable[str]:
    if isinstance(entity.value, Programme):
        return
    territories = {place.territory for place in entity.value.places if place.territory}
    for area in sorted(set().union(*map(containers, territories))):
        subject = iris.entity(entity.kind, entity.key)
        yield statement(subject, f"{INSOC}inArea", iri(iris.entity("territory", area)))


def _days(entity: Entity, grants: set[str], iris: Iris) -> Iterable[str]:
    if not isinstance(entity.value, Project | Participation | Event):
        return
    subject = iris.entity(entity.kind, entity.key)
    started, ended = entity.value.started, entity.value.ended
    paid = entity.value.project if isinstance(entity.value, Participation) else entity.key
    if started:
        yield statement(subject, f"{INSOC}beginsOn", typed(started.first_day().isoformat(), "date"))
    if last := ended or (started if paid in grants else None):  # a grant lasts as long as its date is wide
        yield statement(subject, f"{INSOC}endsOn", typed(last.last_day().isoformat(), "date"))
