"""Pairs found again beside the same pairs compared: nothing that was compared before shows in what is found."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Actor, Record
from cis_graph.reconciliation.blocking import ACTOR_CAP, Pairs
from cis_graph.reconciliation.compared import Judged, here, judge, judge_and_forget
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.remembered import Comparisons
from cis_graph.reconciliation.scale import ACTORS, PROJECTS, Manner, Pair, Scale
from cis_graph.reconciliation.weights import Weights
from tests.support.making import MATCHER, actor, nodes_of, project, record

Things = dict[NodeId, Features]

KINDS = {"actor": (ACTORS, MATCHER.actors), "project": (PROJECTS, MATCHER.projects)}


class Counting:
    """Compares here, and tells how many pairs it was asked about."""

    def __init__(self) -> None:
        self.pairs: list[tuple[Features, Features]] = []

    def __call__(self, things: Sequence[Features], scale: Scale, paired: Callable[[], Pairs]) -> Iterator[Pair]:
        """The pairs that are not plainly two."""
        self.pairs = [(things[one], things[other]) for one, other in paired().pairs(range(len(things)))]
        return here(things, scale, paired)

    @property
    def asked(self) -> int:
        """How many it was asked about last."""
        return len(self.pairs)


class Builds:
    """Builds that remember what they compared."""

    def __init__(self, folder: Path, manner: Manner, weights: Weights) -> None:
        self.folder, self.manner, self.weights = folder, manner, weights
        self.counting = Counting()

    def judged(self, things: Things, ground: bytes = b"1") -> Judged:
        """What a build finds in things."""
        memory = Comparisons(self.folder, ground)
        return judge_and_forget(dict(things), self.manner, self.weights, self.counting, memory)

    def compared(self, things: Things, ground: bytes = b"1") -> int:
        """How many pairs a build compares."""
        self.judged(things, ground)
        return self.counting.asked


@pytest.fixture
def actors(tmp_path: Path) -> Builds:
    """Builds that know nothing yet, of actors."""
    return Builds(tmp_path, *KINDS["actor"])


def told(kind: str) -> Things:
    """Things of a kind, of which a few at a time resemble each other: eighty names, each borne by one to four."""
    dice = random.Random(3)
    words = ["".join(dice.choices("bcdlmnprst", k=1)[0] + dice.choice("aeiou") for _ in range(4)) for _ in range(250)]
    records: list[Record] = []
    for name in (" ".join(dice.sample(words, 3)) for _ in range(80)):
        for _ in range(dice.randint(1, 4)):
            slip = name.replace(dice.choice(name.replace(" ", "")), "", 1) if dice.random() < 0.4 else name
            town, key = dice.choice(("commune-69123", "commune-59350", "region-84")), str(len(records))
            records.append(record(dice.choice("abc"), key, actor(slip, town), project(slip, town)))
    found = MATCHER.reader().told((nodes_of(*records),))
    return found.actors if kind == "actor" else found.projects


def ruches(count: int) -> Things:
    """Actors with a word in common, which differ."""
    records = [record("a", str(n), actor(f"Ruche {chr(97 + n % 26) * (2 + n // 26)}")) for n in range(count)]
    return MATCHER.reader().told((nodes_of(*records),)).actors


def changed(things: Things, dice: random.Random, others: Sequence[Features]) -> Things:
    """Some things gone, some come back as others, some under another node, some with company."""
    found = dict(things)
    for _ in range(dice.randint(1, 2)):
        node, other = dice.choice(sorted(things)), dice.choice(others)
        where = node._replace(record=f"{node.record}{dice.choice('ab')}") if dice.random() < 0.3 else node
        found.pop(node, None)
        if dice.random() < 0.7:
            found[where] = replace(other, projects=frozenset(dice.sample("xyz", dice.randint(0, 1))))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_was_compared_before_the_same_is_found(kind: str, tmp_path: Path) -> None:
    """Over histories of things that come, go and change, each build finds what one that knows nothing does."""
    start, (manner, weights) = told(kind), KINDS[kind]
    others, less = list(start.values()), 0
    for seed in range(8):
        builds, things, dice = Builds(tmp_path / str(seed), manner, weights), start, random.Random(seed)
        whole = builds.compared(things)
        for step in range(6):
            things = changed(things, dice, others)

            assert builds.judged(things) == judge(things, manner, weights), f"history {seed}, step {step}"
            less += builds.counting.asked < whole / 2
    assert less > 24, "most builds compare less than half of the pairs"


def test_what_is_as_it_was_is_not_compared(actors: Builds) -> None:
    """A second build of the same things compares none, and finds the same; the third does so too."""
    things = told("actor")
    first = actors.judged(things)

    assert actors.counting.asked
    assert [(actors.judged(things), actors.counting.asked) for _ in range(2)] == [(first, 0), (first, 0)]
    assert first.same
    assert first.unsure


def test_a_block_that_is_no_longer_full_is_looked_at(actors: Builds) -> None:
    """Things that are as they were are compared where they share a block that had been too large, and no longer after."""
    many = ruches(ACTOR_CAP + 1)
    few = dict(sorted(many.items())[:-1])
    alone, lost = actors.compared(many), actors.compared(few)

    assert lost - alone > ACTOR_CAP * (ACTOR_CAP - 1) / 2 - ACTOR_CAP
    assert actors.judged(many) == judge(many, actors.manner, actors.weights)


LYON, LILLE = "commune-69123", "commune-59350"
NAME, LONG = "Ruche des Possibles", "Abri Bourg Canal Dune Erable"


def crowd(word: str, count: int) -> list[Actor]:
    """Actors who bear a word, and another that nobody else bears."""
    return [actor(f"{word} {word[:2]}{'abcdefghij'[n // 10]}{'klmnopqrst'[n % 10]}") for n in range(count)]


CROWDS = [*crowd("dune", 32), *crowd("erable", 32)]


@pytest.mark.parametrize(
    ("name", "before", "after", "what"),
    [
        (NAME, [actor(NAME, LYON)], [actor(NAME, LILLE)], "it is borne in another département too"),
        (NAME, [actor(NAME, LYON)], [actor(NAME, LYON, siren="552100554")], "it is borne under another number too"),
        (NAME, [actor("Halle")], [actor("Ruche de la Canopée")], "a word of it is less rare"),
        (LONG, [*CROWDS, actor("Erable Zest")], [*CROWDS, actor("Dune Zest")], "another word of it is the less rare"),
    ],
)
def test_what_others_change_is_compared_again(
    actors: Builds, name: str, before: list[Actor], after: list[Actor], what: str
) -> None:
    """Two that are as they were are compared again where others change what their names say, or their blocks."""
    two = actor(name, LYON, siren="732829320"), actor(name, "pays-fr")

    def things_beside(others: list[Actor]) -> Things:
        told_by = [record(f"x{number:02}", "1", one) for number, one in enumerate((*two, *others))]
        return told("actor") | MATCHER.reader().told((nodes_of(*told_by),)).actors

    first, second = things_beside(before), things_beside(after)
    pair = tuple(second[node] for node in sorted(second) if node.contributor in {"x00", "x01"})
    actors.judged(first)

    assert actors.judged(second) == judge(second, actors.manner, actors.weights)
    assert {id(one) for one in pair} in [{id(one), id(other)} for one, other in actors.counting.pairs], what
    assert actors.compared(second) == 0


def test_a_thing_that_says_something_else_is_compared_again(tmp_path: Path) -> None:
    """What is in neither its name nor its blocks too: two projects of one title, of which one is described anew."""
    builds = Builds(tmp_path, *KINDS["project"])
    words = "collecter réparer partager jouets ateliers quartier bénévoles"

    def things_described(description: str) -> Things:
        one = replace(project("Ludothèque itinérante", LYON), description=words)
        other = replace(project("Ludothèque itinérante", LILLE), description=description)
        two = nodes_of(record("x", "1", one), record("y", "1", other))
        return told("project") | MATCHER.reader().told((two,)).projects

    builds.judged(things_described("maraîchage biologique conserverie solidaire"))
    alike = things_described(words)

    assert builds.judged(alike) == judge(alike, builds.manner, builds.weights)
    assert builds.counting.asked == 1


def test_another_ground_knows_nothing(actors: Builds) -> None:
    """What is compared by other software, or among other territories, may be found otherwise."""
    things = told("actor")

    assert actors.compared(things, b"1") == actors.compared(things, b"2") > 0


@pytest.mark.parametrize("damage", [lambda whole: whole[:-9], lambda _: b"", lambda whole: whole[:40] + b"x" * 99])
def test_a_damaged_file_is_as_good_as_none(actors: Builds, damage: Callable[[bytes], bytes]) -> None:
    """All is compared, and remembered again."""
    things = told("actor")
    first = actors.judged(things)
    (file,) = actors.folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))

    assert actors.judged(things) == first
    assert actors.counting.asked
    assert actors.compared(things) == 0


def test_two_that_change_places_are_compared_anew(actors: Builds) -> None:
    """Which of two comes first is of what a comparison sees: a thing under another node is another."""
    things = told("actor")
    actors.judged(things)
    first, second = next(iter(sorted((one.first, one.second) for one in actors.judged(things).unsure)))
    things[second._replace(contributor="z")] = things.pop(first)

    assert actors.judged(things) == judge(things, actors.manner, actors.weights)
    assert actors.counting.asked
