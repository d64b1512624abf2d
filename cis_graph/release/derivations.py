"""Derived statements and ties: all of them, or of what may follow otherwise from entities that changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Self

from cis_graph.entities.derive import derived_lines
from cis_graph.entities.merge import Entity
from cis_graph.entities.ties import tie_lines
from cis_graph.model.records import Participation
from cis_graph.model.ties import Party
from cis_graph.rdf.iris import INSOC, Iris
from cis_graph.release.parts import Parts, Revision

_ACTOR, _PROJECT = (f"<{INSOC}{name}>".encode() for name in ("actor", "project"))

_Held = tuple[str, str]  # an actor, and a project that it takes part in


@dataclass(frozen=True, slots=True)
class Derivation:
    """What follows from entities and who is party to what; ``around`` gives a territory and all that contain it."""

    entities: Sequence[Entity]
    parties: Sequence[Party]
    around: Callable[[str], frozenset[str]]
    iris: Iris

    def whole(self) -> Mapping[str, Iterable[str]]:
        """All lines of each part."""
        return {
            "derived": derived_lines(self.entities, self.parties, self.around, self.iris),
            "ties": tie_lines(self.parties, self.around, self.iris),
        }

    def revised(self, changed: Iterable[str], before: Parts) -> Mapping[str, Revision]:
        """The lines of all that may follow otherwise where ``changed`` (``kind/key``) are not what they were before."""
        names = {(kind, key) for kind, _, key in (name.partition("/") for name in changed)}
        reach = _Reach.of(names, dict(_held(self.entities)), dict(_held_before(names, before, self.iris)))
        within = {one.project for one in self.parties if one.actor in reach.actors}
        some = Derivation(
            entities=[one for one in self.entities if reach.says(one.kind, one.key)],
            parties=[one for one in self.parties if one.project in within],
            around=self.around,
            iris=self.iris,
        )
        subjects = {
            "derived": {self.iris.entity(*name) for name in reach.named()},
            "ties": {self.iris.tie(*pair) for pair in reach.pairs(self.parties)},
        }
        return {name: _revision(subjects[name], lines) for name, lines in some.whole().items()}


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far a change reaches: entities that are others, and by project all who take part, or did, where that may be.

    What is derived of an actor follows from what it takes part in and from who else does; what is derived of a
    participation, from its project; a tie, from all projects of two actors, and from where these are.
    """

    names: AbstractSet[tuple[str, str]]
    held: Mapping[str, _Held]
    company: Mapping[str, AbstractSet[str]]
    actors: AbstractSet[str]

    @classmethod
    def of(cls, names: AbstractSet[tuple[str, str]], held: Mapping[str, _Held], were: Mapping[str, _Held]) -> Self:
        """Where ``names`` are others: of them participations that ``were`` there, beside all that are ``held``."""
        parts = [key for kind, key in names if kind == "participation"]
        changed = {where[key] for where in (held, were) for key in parts if key in where}
        projects = {key for kind, key in names if kind == "project"} | {project for _, project in changed}
        company: dict[str, set[str]] = defaultdict(set)
        for actor, project in (*held.values(), *were.values()):
            if project in projects:
                company[project].add(actor)
        actors = {key for kind, key in names if kind == "actor"}.union(*company.values())
        return cls(names, held, company, actors)

    def says(self, kind: str, key: str) -> bool:
        """Whether it takes this entity to tell what is derived of those that are reached."""
        if kind == "participation":
            actor, project = self.held[key]
            return actor in self.actors or project in self.company
        return (kind, key) in self.names or key in (self.company if kind == "project" else self.actors)

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


def _held(entities: Iterable[Entity]) -> Iterator[tuple[str, _Held]]:
    """Each participation by key."""
    for one in entities:
        if isinstance(one.value, Participation):
            yield one.key, (one.value.actor, one.value.project)


def _held_before(names: Iterable[tuple[str, str]], before: Parts, iris: Iris) -> Iterator[tuple[str, _Held]]:
    """Those of some entities that were participations, as a release says it."""
    with before.lookup(["entities"]) as lookup:
        for kind, key in sorted(names):
            if kind == "participation" and (lines := lookup.about(f"<{iris.entity(kind, key)}>".encode())):
                said = {line.split(b" ", 2)[1]: _key(line) for line in lines}
                yield key, (said[_ACTOR], said[_PROJECT])


def _key(line: bytes) -> str:
    """The last step of the IRI that a statement leads to."""
    return line.rpartition(b"/")[2].partition(b">")[0].decode()


def _revision(subjects: AbstractSet[str], lines: Iterable[str]) -> Revision:
    """What is said of some subjects, of lines that say all of it and more."""
    ones = {f"<{iri}>" for iri in subjects}
    return Revision(
        tuple(f"{one} ".encode() for one in ones), (line for line in lines if line.split(" ", 1)[0] in ones)
    )
