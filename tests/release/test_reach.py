"""How far a change reaches: nothing that is found otherwise is left as it was in the text index."""

import random
from dataclasses import replace

import pytest

from cis_graph.entities.merge import Entity
from cis_graph.model.records import Project
from cis_graph.pipeline import project_house
from cis_graph.release.findable import findable_again
from cis_graph.release.house import House
from cis_graph.release.reach import Names, found_otherwise
from cis_graph.search.documents import Named
from tests.support.small_network import BASE
from tests.support.worlds import World, later, named, others, world


@pytest.fixture(scope="module")
def house() -> House:
    """Territories, schemes and words."""
    return project_house(BASE)


def in_families(some: World, dice: random.Random) -> World:
    """A world in which some projects are part of others."""
    projects = sorted(name for name, one in some.items() if isinstance(one.value, Project))
    found = dict(some)
    for name in dice.sample(projects, len(projects) // 3):
        found[name] = part_of(found[name], some[dice.choice(projects)].key)
    return found


def part_of(one: Entity, whole: str) -> Entity:
    """A project that is part of another."""
    assert isinstance(one.value, Project)
    return replace(one, value=replace(one.value, part_of=whole))


def by_name(some: World, house: House) -> dict[tuple[str, str], Named]:
    """What each entity is found by."""
    entities = sorted(some.values(), key=lambda one: (one.kind, one.key))
    names = {(one.kind, one.key) for one in entities}
    told = (one.named() for one in findable_again(entities, house.gazetteer, house.schemes, names))
    return {("project" if one.kind == "grant" else one.kind, one.key): one for one in told}


def reached_from(before: World, now: World) -> Names:
    """What is found otherwise in a world than in the one before it."""
    return found_otherwise(others(before, now), named(before), now.values())


@pytest.mark.parametrize(("seed", "count"), [(seed, count) for count in (1, 8, 60) for seed in range(4)])
def test_whatever_is_found_otherwise_is_reached(seed: int, count: int, house: House) -> None:
    """Whatever became another: projects with their families, actors, who takes part; and most is left as it was."""
    dice = random.Random(seed * 100 + count)
    before = in_families(world(seed), dice)
    now = later(before, dice, count)
    was, told = by_name(before, house), by_name(now, house)
    reached = reached_from(before, now)

    assert {name for name in was.keys() | told.keys() if was.get(name) != told.get(name)} <= reached
    assert count > 1 or len(reached & told.keys()) < len(told)


def test_whoever_is_part_of_a_part_is_of_another_family(house: House) -> None:
    """A whole that becomes part of another takes its parts along, and those who work in them."""
    before = world(1)
    for part, whole in (("p001", "p002"), ("p002", "p003")):
        before[f"project/{part}"] = part_of(before[f"project/{part}"], whole)
    now = before | {"project/p003": part_of(before["project/p003"], "p004")}
    reached = reached_from(before, now)
    was, told = by_name(before, house), by_name(now, house)

    assert {("project", "p001"), ("project", "p002")} <= reached
    assert {name for name in told if was[name] != told[name]} <= reached
    assert len(reached) < len(told)
