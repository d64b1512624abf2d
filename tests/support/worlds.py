"""Invented networks that change from one release to the next."""

import random
from dataclasses import replace
from pathlib import Path

from cis_graph.entities.merge import Entity
from cis_graph.entities.parties import parties
from cis_graph.entities.statements import entity_documents
from cis_graph.model.records import Participation
from cis_graph.release.derivations import Derivation
from cis_graph.release.house import House
from cis_graph.release.parts import Parts
from cis_graph.release.reach import Name, Names, names_of
from tests.support.small_network import BASE, ROLES, invented

World = dict[str, Entity]  # by ``kind/key``


def world(seed: int) -> World:
    """An invented network with its crowd, a little over where a lead alone is tied to everybody."""
    return {f"{one.kind}/{one.key}": one for one in invented(seed, actors=30, projects=40, crowd=102)}


def derivation(some: World, house: House) -> Derivation:
    """What follows from a world."""
    entities = sorted(some.values(), key=lambda one: (one.kind, one.key))
    return Derivation(entities, house.schemes.cooperative_roles, house.gazetteer.containers, house.iris)


def derived(some: World, house: House) -> dict[str, set[str]]:
    """All that is derived of a world, by part."""
    found = derivation(some, house)
    told = found.whole(parties(found.entities, house.schemes.cooperative_roles))
    return {name: set(lines) for name, lines in told.items()}


def published(folder: Path, some: World, house: House) -> Parts:
    """A release of a world."""
    said = Parts(folder)
    said.write("entities", house.context.lines(entity_documents(tuple(some.values()), house.iris), BASE))
    for name, lines in derived(some, house).items():
        said.say(name, lines)
    return said


def later(before: World, dice: random.Random, count: int) -> World:
    """The world after some things became others: what they are, who takes part, as what and in what."""
    now, others = dict(before), world(dice.randrange(100, 200))
    for name in dice.sample(sorted(before), count):
        value = before[name].value
        if isinstance(value, Participation):
            _takes_part_otherwise(now, name, value, dice)
        elif name in others:
            now[name] = replace(before[name], value=others[name].value)
    return now


def _takes_part_otherwise(now: World, name: str, value: Participation, dice: random.Random) -> None:
    one = now.pop(name)
    match dice.randrange(4):
        case 0:
            now[name] = replace(one, value=replace(value, actor=f"a{dice.randrange(30):03}"))
        case 1:
            now[name] = replace(one, value=replace(value, project=f"p{dice.randrange(40):03}"))
        case 2:
            now[name] = replace(one, value=replace(value, role=replace(value.role, concept=dice.choice(ROLES))))


def others(one: World, other: World) -> Names:
    """What is not the same in two worlds."""
    return names_of(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def named(some: World) -> dict[Name, Entity]:
    """A world by the names of what is in it."""
    return {(one.kind, one.key): one for one in some.values()}
