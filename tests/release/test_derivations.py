"""Of what is derived, that which may be other than it was is told again, and nothing is missed."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cis_graph.model.records import Actor, Participation, Project
from cis_graph.pipeline import project_house
from cis_graph.release.house import House
from cis_graph.release.parts import Parts
from tests.support.making import place
from tests.support.small_network import BASE
from tests.support.worlds import World, derivation, derived, later, named, others, published, world


@pytest.fixture(scope="module")
def house() -> House:
    """Territories, schemes and words."""
    return project_house(BASE)


def followed(folder: Path, before: World, now: World, house: House) -> tuple[Sequence[set[str]], Sequence[set[str]]]:
    """What is derived of a world that followed another, and what is derived of it from nothing."""
    earlier, said = published(folder / "before", before, house), Parts(folder / "now")
    said.begin(earlier)
    found = derivation(now, house)
    for name, lines in found.revised(others(before, now), named(before)).items():
        said.say(name, lines)
    return [said.lines(name) for name in ("derived", "ties")], [*derived(now, house).values()]


@pytest.mark.parametrize(("seed", "count"), [(seed, count) for count in (1, 8, 60) for seed in range(4)])
def test_what_follows_from_a_change_is_what_follows_from_all(
    tmp_path: Path, seed: int, count: int, house: House
) -> None:
    """Whether few or many things become others."""
    before = world(seed)
    again, whole = followed(tmp_path, before, later(before, random.Random(seed * 100 + count), count), house)

    assert again == whole


def test_a_crowd_that_shrinks_ties_all_its_members(tmp_path: Path, house: House) -> None:
    """Below a hundred, everybody is tied to everybody: also those of whom nothing changed."""
    before = world(1)
    now = {name: one for name, one in before.items() if name not in sorted(_crowd(before))[:4]}
    again, whole = followed(tmp_path, before, now, house)

    assert again == whole
    assert len(again[0]) > 2 * len(derived(before, house)["derived"])


def _crowd(some: World) -> set[str]:
    """Members of the crowd who do not lead it."""
    return {
        name
        for name, one in some.items()
        if isinstance(one.value, Participation) and one.value.project == "crowd" and one.value.role.concept == "membre"
    }


def test_a_project_that_becomes_a_grant_parts_those_who_cooperated_in_it(tmp_path: Path, house: House) -> None:
    """Though neither they nor their participations changed; and these last as long as its date is wide."""
    before = world(2)
    one, grant = before["project/p001"], before["project/p000"].value
    assert isinstance(one.value, Project)
    assert isinstance(grant, Project)
    now = before | {"project/p001": replace(one, value=replace(one.value, kind=grant.kind))}
    again, whole = followed(tmp_path, before, now, house)

    assert again == whole
    assert again[0] != derived(before, house)["derived"]


def test_an_actor_that_moves_takes_its_ties_along(tmp_path: Path, house: House) -> None:
    """Whichever of the two it is: a tie is where its actors are, where their participations do not say where."""
    before = world(1)
    for tie in sorted({line.split(" ")[0] for line in derived(before, house)["ties"]})[:12]:
        for key in tie[:-1].rsplit("/", 1)[1].split("-"):
            one = before[f"actor/{key}"]
            assert isinstance(one.value, Actor)
            now = before | {f"actor/{key}": replace(one, value=replace(one.value, places=(place("commune-59350"),)))}
            again, whole = followed(tmp_path / tie[-10:-1] / key, before, now, house)

            assert again == whole


def test_nothing_is_told_of_what_is_out_of_reach(house: House) -> None:
    """One project that moves has what is derived of it and of its participants told again, and of nobody else."""
    before = world(3)
    taking = {one.value.actor for one in before.values() if isinstance(one.value, Participation)
              and one.value.project == "p007"}  # fmt: skip
    found = derivation(before, house).revised({("project", "p007")}, named(before))
    about = {line.split(" ")[0].rsplit("/", 1)[1][:-1] for line in found["derived"].lines}

    assert {"p007"} < about
    assert {one for one in about if one.startswith("a")} == taking
    assert {one[:4] for one in about if one.startswith("p")} == {"p007"}
