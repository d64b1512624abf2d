"""From participations to parties: who stands on which side of a project, when and where."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from cis_graph.entities.merge import Entity
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Participation, Project
from cis_graph.model.ties import FUNDER, PAYEES, Origin, Party, Side

Given = TypeVar("Given", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Known:
    projects: Mapping[str, Entity]
    actors: Mapping[str, Entity]
    kept: dict[object, Any] = field(default_factory=dict)

    def once(self, value: Given) -> Given:
        """A value, held once whoever has its equal."""
        found: Given = self.kept.setdefault(value, value)
        return found


def parties(entities: Iterable[Entity], cooperative_roles: frozenset[str]) -> tuple[Party, ...]:
    """Every party to every project, by project, side and actor; lists that many of them have are held once."""
    every = list(entities)
    projects, actors = ({one.key: one for one in every if one.kind == kind} for kind in ("project", "actor"))
    known = _Known(projects, actors)
    grouped: dict[tuple[str, Side, str], list[Entity]] = {}
    for entity in every:
        if isinstance(entity.value, Participation):
            value = entity.value
            project = known.projects.get(value.project)
            for side in _sides(value.role.concept, cooperative_roles, grant=project is not None and project.is_grant):
                grouped.setdefault((value.project, side, value.actor), []).append(entity)
    funded = {project for project, side, _ in grouped if side == "funds"}
    return tuple(
        _party(place, grouped[place], known)
        for place in sorted(grouped)
        if place[1] != "receives" or place[0] in funded
    )


def _sides(role: str | None, cooperative_roles: frozenset[str], *, grant: bool) -> Iterable[Side]:
    if role in cooperative_roles and not grant:
        yield "cooperates"
    if role == FUNDER:
        yield "funds"
    if role in PAYEES:
        yield "receives"


def _party(place: tuple[str, Side, str], entities: list[Entity], known: _Known) -> Party:
    (key, side, actor), project = place, known.projects.get(place[0])
    once = known.once
    held = [cast("Participation", entity.value) for entity in entities]
    begins, ends, dated = _period(held, project)
    territories, placed = _territories(held, known.actors.get(actor), project)
    return Party(
        project=key,
        actor=actor,
        side=side,
        roles=once(tuple(sorted({one.role.concept or "" for one in held}))),
        participations=tuple(sorted(entity.key for entity in entities)),
        contributors=once(tuple(sorted({contributor for entity in entities for contributor, _ in entity.records}))),
        begins=once(begins),
        ends=once(ends),
        dated=dated,
        territories=once(territories),
        placed=placed,
    )


def _period(held: list[Participation], project: Entity | None) -> tuple[date | None, date | None, Origin | None]:
    """Each bound from the participations, else from the project; a grant lasts as long as its date is wide."""
    begins = min((one.started.first_day() for one in held if one.started), default=None)
    ends = max((one.ended.last_day() for one in held if one.ended), default=None)
    dated: Origin | None = "participation" if begins or ends else None
    grant = project is not None and project.is_grant
    if grant and ends is None:
        ends = max((one.started.last_day() for one in held if one.started), default=None)
    if project is not None and isinstance(project.value, Project):
        started, ended = project.value.started, project.value.ended
        begins = begins or (started.first_day() if started else None)
        ends = ends or (ended.last_day() if ended else started.last_day() if started and grant else None)
    if begins and ends and ends < begins:
        ends = None
    return begins, ends, dated or ("project" if begins or ends else None)


def _territories(
    held: list[Participation], actor: Entity | None, project: Entity | None
) -> tuple[tuple[str, ...], Origin | None]:
    """Where a party works: what its participations say, else where the actor is, else where the project is."""
    own = {key for one in held for key in _keys(one.places)}
    if own:
        return tuple(sorted(own)), "participation"
    if actor is not None and isinstance(actor.value, Actor) and (keys := _keys(actor.value.places)):
        return tuple(sorted(keys)), "actor"
    if project is not None and isinstance(project.value, Project) and (keys := _keys(project.value.places)):
        return tuple(sorted(keys)), "project"
    return (), None


def _keys(places: Iterable[Place]) -> set[str]:
    return {place.territory for place in places if place.territory}
