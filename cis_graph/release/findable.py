"""Entities, territories and concepts as the text index takes them: names, texts, and what they are found by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from cis_graph.entities.merge import Entity
from cis_graph.model.places import Coordinates
from cis_graph.model.records import Actor, Label, Participation, Programme, Project
from cis_graph.rdf.schemes import Schemes
from cis_graph.release.circles import Circles
from cis_graph.release.facts import actor_facts, project_facts, territory_facts
from cis_graph.release.reach import Names
from cis_graph.search.documents import Findable, Later, Named
from cis_graph.territories.gazetteer import Gazetteer, Territory

_LEVELS = {
    "commune": "commune",
    "epci": "intercommunalité",
    "departement": "département",
    "region": "région",
    "ancienne-region": "ancienne région",
    "pays": "pays",
}
_SCHEMES = ("theme", "audience", "method")
_AREAS = frozenset({"region", "departement"})
_NAMED_PLACES = 3

Filters = Mapping[str, frozenset[str]]


@dataclass(slots=True)
class _Company:
    """Who takes part in what: of a project its actors, of an actor its projects, in which roles; some are repeated."""

    others: list[str] = field(default_factory=list)  # most have one or two, which a set takes more for
    roles: list[str] = field(default_factory=list)


_NOBODY = _Company()


def findable(entities: Iterable[Entity], gazetteer: Gazetteer, schemes: Schemes) -> Iterable[Findable]:
    """Everything that can be found; what it is found by is made one by one, as nobody needs all of it at once."""
    known = tuple(entities)
    yield from _Entities(known, gazetteer, schemes).findable(known)
    for territory in gazetteer.territories.values():
        yield Later("territory", territory.key, territory.name, partial(_territory, territory, gazetteer))
    for (scheme, key), label in schemes.labels.items():
        if scheme in _SCHEMES:
            words = schemes.words.get((scheme, key))
            others = (words.english, *words.others) if words else ()
            yield Named(kind=scheme, key=key, label=label, detail="", names=others)


def findable_again(
    entities: Iterable[Entity], gazetteer: Gazetteer, schemes: Schemes, names: Names
) -> Iterable[Findable]:
    """Of all entities those of these names."""
    known = tuple(entities)
    some = [one for one in known if (one.kind, one.key) in names]
    return _Entities(known, gazetteer, schemes).findable(some)


class _Entities:
    """Projects, actors and programmes, each found by what those beside it are too."""

    def __init__(self, entities: tuple[Entity, ...], gazetteer: Gazetteer, schemes: Schemes) -> None:
        self._gazetteer = gazetteer
        self._schemes = schemes
        self._projects = {one.key: one.value for one in entities if isinstance(one.value, Project)}
        self._actors = {one.key: one.value for one in entities if isinstance(one.value, Actor)}
        self._circles = Circles(entities, gazetteer, schemes)
        self._company: dict[str, _Company] = defaultdict(_Company)
        for one in entities:
            if isinstance(one.value, Participation):
                self._join(one.value)

    def findable(self, entities: Iterable[Entity]) -> Iterable[Findable]:
        """Some of them, each under its label."""
        for entity in entities:
            value = entity.value
            if isinstance(value, Project):
                kind = "grant" if entity.is_grant else "project"
                yield Later(kind, entity.key, value.label, partial(self._project, entity, value, kind))
            elif isinstance(value, Actor):
                yield Later("actor", entity.key, value.label, partial(self._actor, entity, value))
            elif isinstance(value, Programme):
                yield Named(
                    kind="programme",
                    key=entity.key,
                    label=value.label,
                    detail="",
                    names=value.alternative_labels,
                    filters={"contributor": _contributors(entity)},
                )

    def _join(self, part: Participation) -> None:
        for one, other in ((part.actor, part.project), (part.project, part.actor)):
            self._company[one].others.append(other)
            if part.role.concept:
                self._company[one].roles.append(part.role.concept)

    def _project(self, entity: Entity, project: Project, kind: str) -> Named:
        company = self._company.get(entity.key, _NOBODY)
        types = (self._types(self._actors[key]) for key in set(company.others) if key in self._actors)
        return Named(
            kind=kind,
            key=entity.key,
            label=project.label,
            detail=self._where(project),
            names=project.alternative_labels,
            text=" ".join(
                (project.description or "", *project.keywords, *project.outcomes, *project.lessons, *_texts(project))
            ),
            filters=self._topics(project)
            | self._areas(project)
            | {
                "contributor": _contributors(entity),
                "role": frozenset(company.roles),
                "type": frozenset[str]().union(*types),
                "actor": frozenset(company.others),
            },
            began=project.started.first_day().year if project.started else None,
            ended=project.ended.last_day().year if project.ended else None,
            point=self._point(project),
            facts=project_facts(project, self._gazetteer, self._schemes),
            profile=None if entity.is_grant else self._circles.project(entity.key, self._point(project)),
        )

    def _actor(self, entity: Entity, actor: Actor) -> Named:
        company = self._company.get(entity.key, _NOBODY)
        told = [self._projects[key] for key in set(company.others) if key in self._projects]
        topics = [self._topics(project) for project in told]
        kind = self._schemes.labels.get(("actor-type", _type(actor)))
        return Named(
            kind="actor",
            key=entity.key,
            label=actor.label,
            detail=" · ".join(part for part in (kind, self._where(actor)) if part),
            names=actor.alternative_labels,
            text=" ".join(actor.keywords),
            filters={name: frozenset[str]().union(*(topic[name] for topic in topics)) for name in _SCHEMES}
            | self._areas(actor)
            | {
                "contributor": _contributors(entity),
                "role": frozenset(company.roles),
                "type": self._types(actor),
                "actor": frozenset[str]().union(*(self._company[key].others for key in set(company.others)))
                - {entity.key},
            },
            point=self._point(actor),
            facts=actor_facts(actor, self._gazetteer, self._schemes),
            profile=self._circles.actor(entity.key, self._point(actor)),
        )

    def _topics(self, project: Project) -> dict[str, frozenset[str]]:
        return {
            "theme": self._lines(project.themes),
            "audience": self._lines(project.audiences),
            "method": self._lines(project.methods),
        }

    def _lines(self, labels: Iterable[Label]) -> frozenset[str]:
        lines = (self._schemes.line(label.scheme, label.concept) for label in labels if label.concept)
        return frozenset[str]().union(*lines)

    def _types(self, actor: Actor) -> frozenset[str]:
        return self._schemes.line("actor-type", _type(actor)) if _type(actor) else frozenset()

    def _areas(self, value: Project | Actor) -> dict[str, frozenset[str]]:
        found = {place.territory for place in value.places if place.territory}
        return _areas(frozenset[str]().union(*map(self._gazetteer.containers, found)), self._gazetteer)

    def _where(self, value: Project | Actor) -> str:
        territories = self._gazetteer.territories
        named = [territories[place.territory].name for place in value.places[:_NAMED_PLACES] if place.territory]
        return ", ".join(named)

    def _point(self, value: Project | Actor) -> Coordinates | None:
        """The point of the first commune or intercommunalité; anything larger says nothing of where it is."""
        for place in value.places:
            territory = self._gazetteer.territories[place.territory] if place.territory else None
            if territory and territory.level in {"commune", "epci"}:
                return _point(territory)
        return None


def _texts(project: Project) -> Iterable[str]:
    return (label.text for label in (*project.themes, *project.audiences, *project.methods))


def _contributors(entity: Entity) -> frozenset[str]:
    return frozenset(node.contributor for node in entity.members)


def _type(actor: Actor) -> str:
    return (actor.actor_type.concept or "") if actor.actor_type else ""


def _areas(keys: frozenset[str], gazetteer: Gazetteer) -> dict[str, frozenset[str]]:
    return {
        "territory": keys,
        "area": frozenset(key for key in keys if gazetteer.territories[key].level in _AREAS),
        "epci": frozenset(key for key in keys if key.startswith("epci-")),
        "commune": frozenset(key for key in keys if key.startswith("commune-")),
    }


def _point(territory: Territory) -> Coordinates | None:
    if territory.latitude is None or territory.longitude is None:
        return None
    return Coordinates(latitude=territory.latitude, longitude=territory.longitude)


def _territory(territory: Territory, gazetteer: Gazetteer) -> Named:
    level = _LEVELS[territory.level]
    container = next(
        (gazetteer.territories[key].name for key in territory.within if key.startswith(("departement", "region"))), ""
    )
    detail = " · ".join(part for part in (f"{level} {territory.code or ''}".strip(), container) if part)
    number = (territory.code,) if territory.level == "departement" and territory.code else ()  # people write it alone
    return Named(
        kind="territory",
        key=territory.key,
        label=territory.name,
        detail=detail,
        names=number,
        filters=_areas(gazetteer.containers(territory.key), gazetteer),
        point=_point(territory),
        facts=territory_facts(territory, gazetteer),
    )
