"""The network tables of a release: entities, concepts and territories as the tables keep them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from cis_graph.entities.merge import Entity
from cis_graph.model.network import NetworkActor, NetworkProject, NetworkTerritory, NetworkThings
from cis_graph.model.records import Actor, Label, Project
from cis_graph.model.ties import Party
from cis_graph.network.standings import standings
from cis_graph.network.tables import write_tables
from cis_graph.rdf.schemes import Schemes
from cis_graph.release.house import House
from cis_graph.territories.gazetteer import Gazetteer, is_arrondissement

NETWORK = "network.duckdb"
_LEVELS = frozenset({"region", "departement", "epci", "commune"})


def write_network(
    place: Path, entities: Iterable[Entity], involved: Sequence[Party], house: House, *, before: Path | None
) -> None:
    """Writes the tables into ``place``; positions start from those of the release in ``before``."""
    last = before / NETWORK if before and (before / NETWORK).exists() else None
    write_tables(place / NETWORK, involved, _things(entities, involved, house), standings(involved, last))


def _things(entities: Iterable[Entity], parties: Sequence[Party], house: House) -> NetworkThings:
    actors, projects = {party.actor for party in parties}, {party.project for party in parties}
    known = {(entity.kind, entity.key): entity for entity in entities}
    return NetworkThings(
        actors=tuple(_actor(known["actor", key], house.schemes) for key in sorted(actors)),
        projects=tuple(_project(known["project", key], house.schemes) for key in sorted(projects)),
        territories=tuple(_territories(parties, house.gazetteer)),
        roles={key: tuple(sorted(house.schemes.wider["role", key])) for key in house.schemes.keys["role"]},
    )


def _actor(entity: Entity, schemes: Schemes) -> NetworkActor:
    value = entity.value
    if not isinstance(value, Actor):
        raise TypeError(f"{entity.key} is a {entity.kind}, no actor")
    type_ = (value.actor_type.concept or "") if value.actor_type else ""
    return NetworkActor(key=entity.key, label=value.label, type=type_, types=_wide(schemes, "actor-type", (type_,)))


def _project(entity: Entity, schemes: Schemes) -> NetworkProject:
    value = entity.value
    if not isinstance(value, Project):
        raise TypeError(f"{entity.key} is a {entity.kind}, no project")
    return NetworkProject(
        key=entity.key,
        label=value.label,
        kind="grant" if entity.is_grant else "project",
        themes=_wide(schemes, "theme", _concepts(value.themes)),
        audiences=_wide(schemes, "audience", _concepts(value.audiences)),
        methods=_wide(schemes, "method", _concepts(value.methods)),
    )


def _concepts(labels: Iterable[Label]) -> Iterable[str]:
    return (label.concept or "" for label in labels)


def _wide(schemes: Schemes, scheme: str, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({wide for key in keys if key for wide in schemes.wider[scheme, key]}))


def _territories(parties: Sequence[Party], gazetteer: Gazetteer) -> Iterable[NetworkTerritory]:
    own = {key for party in parties for key in party.territories}
    for key in sorted({area for each in own for area in gazetteer.containers(each)}):
        territory = gazetteer.territories[key]
        is_level = territory.level in _LEVELS and not is_arrondissement(territory)
        yield NetworkTerritory(
            key=key,
            level=territory.level if is_level else "",
            label=territory.name,
            latitude=territory.latitude,
            longitude=territory.longitude,
            around=gazetteer.containers(key),
        )
