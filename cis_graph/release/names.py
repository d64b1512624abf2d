"""The names of entities, territories and concepts, as the text index takes them."""

from collections.abc import Iterable, Mapping

from cis_graph.entities.merge import Entity
from cis_graph.model.records import Actor, Programme, Project
from cis_graph.rdf.schemes import Schemes
from cis_graph.search.index import Named
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


def names(entities: Iterable[Entity], gazetteer: Gazetteer, schemes: Schemes) -> Iterable[Named]:
    """Everything that can be found by its name."""
    for entity in entities:
        if isinstance(entity.value, Project | Actor | Programme):
            yield _entity(entity, entity.value, gazetteer.territories, schemes)
    for territory in gazetteer.territories.values():
        yield _territory(territory, gazetteer.territories)
    for (scheme, key), label in schemes.labels.items():
        if scheme in _SCHEMES:
            yield Named(kind=scheme, key=key, label=label, detail="")


def _entity(
    entity: Entity, value: Project | Actor | Programme, territories: Mapping[str, Territory], schemes: Schemes
) -> Named:
    places = () if isinstance(value, Programme) else value.places
    where = [territories[place.territory].name for place in places[:3] if place.territory]
    kind = schemes.labels.get(("actor-type", _type(value))) if isinstance(value, Actor) else None
    return Named(
        kind="grant" if is_grant(entity) else entity.kind,
        key=entity.key,
        label=value.label,
        detail=" · ".join(part for part in (kind, ", ".join(where)) if part),
        names=value.alternative_labels,
    )


def is_grant(entity: Entity) -> bool:
    """Whether a project is a grant, which is counted apart everywhere."""
    return isinstance(entity.value, Project) and entity.value.kind is not None and entity.value.kind.concept == "grant"


def _type(actor: Actor) -> str:
    return (actor.actor_type.concept or "") if actor.actor_type else ""


def _territory(territory: Territory, territories: Mapping[str, Territory]) -> Named:
    level = _LEVELS[territory.level]
    container = next(
        (territories[key].name for key in territory.within if key.startswith(("departement", "region"))), ""
    )
    detail = " · ".join(part for part in (f"{level} {territory.code or ''}".strip(), container) if part)
    return Named(kind="territory", key=territory.key, label=territory.name, detail=detail)
