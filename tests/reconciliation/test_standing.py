"""What arrives held against what stands, beside the same things matched at once."""

import random
from collections.abc import Iterable, Mapping

import pytest

from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Actor
from cis_graph.reconciliation.clusters import united
from cis_graph.reconciliation.compared import judge
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.links import Link, Marks
from cis_graph.reconciliation.matching import actor_marks, differing
from cis_graph.reconciliation.scale import ACTORS
from cis_graph.reconciliation.standing import Settled, Standing
from tests.support.making import MATCHER, actor, nodes_of, record

Groups = set[frozenset[NodeId]]

_TOWNS = ("commune-69123", "commune-59350", "pays-fr")
_WORDS = ("ruche", "atelier", "jardin", "fabrique", "halle", "lien", "table", "canopée", "relais", "abeille")


def told(number: int) -> dict[NodeId, Features]:
    """Actors of two words in a few towns, many of them equal or alike."""
    dice = random.Random(5)
    records = [
        record("ab"[place % 2], str(place), actor(" ".join(dice.sample(_WORDS, 2)), dice.choice(_TOWNS)))
        for place in range(number)
    ]
    return MATCHER.reader().told((nodes_of(*records),)).actors


def marks_of(things: Mapping[NodeId, Features], node: NodeId) -> Marks:
    """The marks of one of some actors."""
    return actor_marks(things[node], differing(MATCHER.actors))


def groups(found: Iterable[tuple[list[NodeId], list[Link]]]) -> Groups:
    """The members of clusters, without their links."""
    return {frozenset(members) for members, _ in found}


def at_once(things: Mapping[NodeId, Features], decisions: Iterable[Decision] = ()) -> Groups:
    """All compared with each other."""
    links = judge(things, ACTORS, MATCHER.actors).same
    return groups(united(dict.fromkeys(things, Actor), links, decisions, lambda node: marks_of(things, node)))


def after(
    old: Mapping[NodeId, Features], new: Mapping[NodeId, Features], decisions: tuple[Decision, ...] = ()
) -> Groups:
    """What stood, with what arrived."""
    every = {**old, **new}
    standing = judge(old, ACTORS, MATCHER.actors).same
    links = Standing.of(old, ACTORS, MATCHER.actors).against(new).same
    touched = groups(Settled(standing, decisions).regrouped(Actor, new, links, lambda node: marks_of(every, node)))
    seen = frozenset().union(*touched)
    before = groups(united(dict.fromkeys(old, Actor), standing, decisions, lambda node: marks_of(every, node)))
    return touched | {one for one in before if one.isdisjoint(seen)}


@pytest.mark.parametrize("share", [0.9, 0.97])
def test_what_arrives_is_grouped_as_if_it_had_been_there(share: float) -> None:
    """Where a tenth of the actors or fewer arrive later, the clusters are those of all at once."""
    things = told(120)
    nodes = sorted(things)
    random.Random(3).shuffle(nodes)
    old = {node: things[node] for node in nodes[: round(share * len(nodes))]}
    new = {node: things[node] for node in nodes if node not in old}

    assert any(len(one) > 2 for one in at_once(things))
    assert at_once(things) == after(old, new)


def test_the_order_of_arrival_plays_no_part() -> None:
    """The same things in another order give the same links, to the last score."""
    things = told(80)
    old, new = dict(list(things.items())[:40]), list(things.items())[40:]
    standing = Standing.of(old, ACTORS, MATCHER.actors)
    turned = Standing.of(dict(reversed(old.items())), ACTORS, MATCHER.actors)

    found = standing.against(dict(new))
    assert found.same
    assert found == turned.against(dict(reversed(new)))


def test_a_decision_holds_among_what_arrives() -> None:
    """Two actors of one name in one town that somebody told apart stay two when a third of that name arrives."""
    towns = [record(one, "1", actor("Ruche des Possibles", "commune-69123")) for one in "abc"]
    things = MATCHER.reader().told((nodes_of(*towns),)).actors
    a, b, c = sorted(things)
    apart = Decision(first=a, second=b, same=False, by="x", date="2026-11-22", why="two")

    assert after({a: things[a], b: things[b]}, {c: things[c]}) == {frozenset((a, b, c))}
    assert {frozenset((a, c)), frozenset((b,))} == after({a: things[a], b: things[b]}, {c: things[c]}, (apart,))


def test_nothing_new_touches_nothing() -> None:
    """Without arrivals there is no pair to look at and no cluster to change."""
    old = told(20)
    found = Standing.of(old, ACTORS, MATCHER.actors).against({})

    assert (found.same, found.unsure) == ((), ())
    assert Settled(()).regrouped(Actor, (), (), lambda node: marks_of(old, node)) == []
