"""How far it reaches that some entities are not what they were."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations, groupby
from operator import attrgetter
from typing import Any, Self

from cis_graph.entities.merge import Entity
from cis_graph.model.records import Participation, Project
from cis_graph.model.ties import Party

_STATED = attrgetter("themes", "audiences", "methods", "part_of", "kind")
_TYPE = attrgetter("actor_type")

Name = tuple[str, str]  # the kind and the key of an entity
Names = AbstractSet[Name]
_Held = tuple[str, str]  # an actor, and a project that it takes part in


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a change reaches: entities that are others, and by project all who take part, or did, where that may be.

    ``actors`` are all who are reached, ``theirs`` all projects in which one of them takes part.

    What is derived of an actor follows from what it takes part in and from who else does; what is derived of a
    participation, from its project; a tie, from all projects of two actors, and from where these are.
    """

    names: Names
    held: Mapping[str, _Held]
    company: Mapping[str, AbstractSet[str]]
    actors: AbstractSet[str]
    theirs: AbstractSet[str]

    @classmethod
    def of(cls, names: Names, was: Mapping[Name, Entity], entities: Iterable[Entity]) -> Self:
        """Where ``names`` are not what they were (``was``), of all ``entities`` that there are now."""
        held, were = dict(_held(entities)), dict(_held(was[name] for name in names & was.keys()))
        parts = [key for kind, key in names if kind == "participation"]
        changed = {where[key] for where in (held, were) for key in parts if key in where}
        projects = {key for kind, key in names if kind == "project"} | {project for _, project in changed}
        company: dict[str, set[str]] = defaultdict(set)
        for actor, project in (*held.values(), *were.values()):
            if project in projects:
                company[project].add(actor)
        actors = {key for kind, key in names if kind == "actor"}.union(*company.values())
        return cls(names, held, company, actors, {project for actor, project in held.values() if actor in actors})

    def says(self, kind: str, key: str) -> bool:
        """Whether it takes this entity to tell what is derived of those that are reached."""
        if kind == "participation":
            actor, project = self.held[key]
            return actor in self.actors or project in self.company
        return (kind, key) in self.names or key in (self.company if kind == "project" else self.actors)

    def involves(self, entity: Entity) -> bool:
        """Whether it tells who is party to the projects of those that are reached; it may tell more."""
        return entity.kind != "participation" or self.held[entity.key][1] in self.theirs

    def named(self) -> Iterator[tuple[str, str]]:
        """All entities that are reached, those that are gone too."""
        yield from self.names
        yield from (("actor", key) for key in self.actors)
        yield from (("project", key) for key in self.company)
        yield from (("participation", key) for key, (_, project) in self.held.items() if project in self.company)

    def pairs(self, parties: Iterable[Party]) -> Iterator[_Held]:
        """All pairs of actors whose tie may be another; most of them have none."""
        for members in self.company.values():
            yield from combinations(sorted(members), 2)
        moved = {key for kind, key in self.names if kind == "actor"}
        partners = (one for one in parties if one.side == "cooperates")
        for _, found in groupby(partners, key=lambda one: one.project):
            members = {one.actor for one in found}
            yield from ((min(one, other), max(one, other)) for one in members & moved for other in members - {one})


def names_of(changed: Iterable[str]) -> Names:
    """The kinds and keys in names that are told as ``kind/key``."""
    return {(kind, key) for kind, _, key in (name.partition("/") for name in changed)}


def found_otherwise(names: Names, was: Mapping[Name, Entity], entities: Iterable[Entity]) -> Names:
    """Those of which the text index may hold something else, where ``names`` are not what they were (``was``).

    An actor is found by what its projects state, and by who else takes part; a project by who takes part, and of what
    type they are; both meet nobody of their family, which is that of the project that theirs is part of.
    """
    every = tuple(entities)
    now: dict[Name, Entity] = {name: one for one in every if (name := (one.kind, one.key)) in names}
    changed = (known[name] for known in (was, now) for name in names & known.keys())
    parts = [one.value for one in changed if isinstance(one.value, Participation)]
    stating = {key for kind, key in names if kind == "project" and _differ(_STATED, was, now, (kind, key))}
    typed = {key for kind, key in names if kind == "actor" and _differ(_TYPE, was, now, (kind, key))}
    crowds = stating | _of_family(stating, every) | {one.project for one in parts}
    found = {*names, *(("actor", one.actor) for one in parts), *(("project", key) for key in crowds)}
    for one in every:
        if isinstance(one.value, Participation):
            found |= {("actor", one.value.actor)} if one.value.project in crowds else set()
            found |= {("project", one.value.project)} if one.value.actor in typed else set()
    return found


def _differ(read: Callable[[Any], object], was: Mapping[Name, Entity], now: Mapping[Name, Entity], name: Name) -> bool:
    """Whether something that is read of an entity is not what it was, or came or went with it."""
    one, other = was.get(name), now.get(name)
    return one is None or other is None or read(one.value) != read(other.value)


def _of_family(projects: Iterable[str], entities: Iterable[Entity]) -> AbstractSet[str]:
    """The projects that are part of some projects, or of what is."""
    within: dict[str, list[str]] = defaultdict(list)
    for one in entities:
        if isinstance(one.value, Project) and one.value.part_of:
            within[one.value.part_of].append(one.key)
    found, waiting = set[str](), list(projects)
    while waiting:
        inner = within.pop(waiting.pop(), [])
        found.update(inner)
        waiting += inner
    return found


def _held(entities: Iterable[Entity]) -> Iterator[tuple[str, _Held]]:
    """Each participation by key."""
    for one in entities:
        if isinstance(one.value, Participation):
            yield one.key, (one.value.actor, one.value.project)
