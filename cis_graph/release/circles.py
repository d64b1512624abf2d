"""What each project and actor states, where it is, and with whom it has worked: what decides whom it might meet."""

from collections import defaultdict
from collections.abc import Iterable

from cis_graph.entities.merge import Entity
from cis_graph.model.meetings import NOWHERE
from cis_graph.model.places import Coordinates
from cis_graph.model.records import Actor, Label, Participation, Project
from cis_graph.model.ties import FUNDER
from cis_graph.rdf.schemes import Schemes
from cis_graph.search.profiles import TOPICS, Profile
from cis_graph.territories.gazetteer import Gazetteer

_FROM_OUTSIDE = frozenset({FUNDER, "labellisateur"})
_AREAS = ("departement", "region")


class Circles:
    """The profiles of a release's projects and actors.

    A project's circle is its family (all that ``part_of`` joins) and those who cooperate in it; an actor's circle is
    the families of its projects and grants, in whichever role. An actor states what these state, those apart that it
    only funds or labels.
    """

    def __init__(self, entities: Iterable[Entity], gazetteer: Gazetteer, schemes: Schemes) -> None:
        known = tuple(entities)
        self._gazetteer = gazetteer
        self._projects = {one.key: one.value for one in known if isinstance(one.value, Project)}
        self._actors = {one.key: one.value for one in known if isinstance(one.value, Actor)}
        self._family = _families(self._projects)
        self._partners: dict[str, list[str]] = defaultdict(list)  # most have one or two, which a set takes more for
        self._worked: dict[str, list[str]] = defaultdict(list)
        self._known: dict[str, list[str]] = defaultdict(list)
        for one in known:
            if isinstance(one.value, Participation):
                self._join(one.value, schemes)

    def project(self, key: str, point: Coordinates | None) -> Profile | None:
        """The profile of a project, None where it states nothing."""
        project = self._projects[key]
        circle = {self._family[key], *self._partners.get(key, ())}
        return self._profile((project,), project, circle, point)

    def actor(self, key: str, point: Coordinates | None) -> Profile | None:
        """The profile of an actor, None where its projects state nothing."""
        told = tuple(self._projects[one] for one in set(self._worked.get(key, ())) if one in self._projects)
        return self._profile(told, self._actors[key], self._known.get(key, ()), point)

    def _join(self, part: Participation, schemes: Schemes) -> None:
        role = part.role.concept or ""
        self._known[part.actor].append(self._family.get(part.project, part.project))
        if role not in _FROM_OUTSIDE:
            self._worked[part.actor].append(part.project)
        if role in schemes.cooperative_roles:
            self._partners[part.project].append(part.actor)

    def _profile(
        self, told: Iterable[Project], placed: Project | Actor, circle: Iterable[str], point: Coordinates | None
    ) -> Profile | None:
        stated: dict[str, set[str]] = defaultdict(set)
        for project in told:
            for topic, labels in zip(TOPICS, (project.themes, project.audiences, project.methods), strict=True):
                stated[topic] |= _concepts(labels)
        if not any(stated.values()):
            return None
        return Profile(
            stated={topic: frozenset(keys) for topic, keys in stated.items()},
            circle=frozenset(circle),
            areas=self._areas(placed),
            point=point,
        )

    def _areas(self, placed: Project | Actor) -> frozenset[str]:
        territories = {place.territory for place in placed.places if place.territory}
        around = frozenset[str]().union(*map(self._gazetteer.containers, territories))
        levels = {key: self._gazetteer.territories[key].level for key in around}
        by_level = [{key for key in around if levels[key] == level} for level in _AREAS]
        return frozenset[str]().union(*(found for found in by_level if len(found) <= NOWHERE))


def _concepts(labels: Iterable[Label]) -> set[str]:
    return {label.concept for label in labels if label.concept}


def _families(projects: dict[str, Project]) -> dict[str, str]:
    """For each project the key of its family: the whole that all of them belong to."""

    def whole(key: str) -> str:
        seen = {key}
        while (project := projects.get(key)) and project.part_of and project.part_of not in seen:
            key = project.part_of
            seen.add(key)
        return key

    return {key: whole(key) for key in projects}
