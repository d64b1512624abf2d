"""What stands, kept with its blocks, and what arrives compared with it: two things that stand are not compared again.

Rarity, word counts and thresholds are those of what stands, so what arrives together is judged as one set: its order
plays no part. Whoever hears of more hands in all that arrived since, not the last alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Self

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.reconciliation.blocking import blocks_of, word_counts
from cis_graph.reconciliation.clusters import united
from cis_graph.reconciliation.compared import Judged, Judging, alone, said
from cis_graph.reconciliation.corpus import corpus_of
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.links import Link, Marks
from cis_graph.reconciliation.scale import Manner, Scale
from cis_graph.reconciliation.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Things of one kind that were compared with each other, as others are held against them.

    ``blocks`` gives the places in ``nodes`` and ``things`` that share a block, none where they are too many; of equal
    things one stands for all, and ``equal`` finds it by the hash of its features.
    """

    scale: Scale
    counts: Mapping[str, int]
    nodes: Sequence[NodeId]
    things: Sequence[Features]
    blocks: Mapping[str, Sequence[int]]
    equal: Mapping[int, int]

    @classmethod
    def of(cls, things: Mapping[NodeId, Features], manner: Manner, weights: Weights) -> Self:
        """All things of one kind that stand."""
        scale = Scale(manner=manner, weights=weights, corpus=corpus_of(things.values()))
        nodes, values = Judging(scale).grouped(things)
        counts = word_counts(values)
        blocks = blocks_of(values, manner.keys, counts)
        equal = {hash(said(thing)): place for place, thing in enumerate(values)} if manner.groups_equal else {}
        kept = {key: block if len(block) <= manner.cap else () for key, block in blocks.items()}
        return cls(scale=scale, counts=counts, nodes=nodes, things=values, blocks=kept, equal=equal)

    def against(self, new: Mapping[NodeId, Features]) -> Judged:
        """The pairs that touch a new thing, judged."""
        judging = Judging(self.scale)
        nodes, things = judging.grouped(new)
        mates = [self._equal(thing) for thing in things]
        for node, thing, mate in zip(nodes, things, mates, strict=True):
            if mate is not None:
                judging.take(self.nodes[mate], node, self.scale.levels(alone(thing), alone(thing)))
        every, first = (*self.nodes, *nodes), len(self.nodes)
        found = sorted((a, b) for a, b in self._pairs(things) if mates[b - first] != a)
        told = ((a, b, self.things[a] if a < first else things[a - first], things[b - first]) for a, b in found)
        for a, b, levels in self.scale.telling(told):
            judging.take(every[a], every[b], levels)
        return judging.judged()

    def _equal(self, thing: Features) -> int | None:
        """The place of what stands and is equal in all but its company, where such a pair is one thing."""
        place = self.equal.get(hash(said(thing))) if self.equal else None
        return place if place is not None and said(self.things[place]) == said(thing) else None

    def _pairs(self, things: Sequence[Features]) -> set[tuple[int, int]]:
        """The pairs that share a block which is not too large with what arrives."""
        arrived = blocks_of(things, self.scale.manner.keys, self.counts, first=len(self.nodes))
        found: set[tuple[int, int]] = set()
        for key, places in arrived.items():
            standing = self.blocks.get(key, ())
            if (standing or key not in self.blocks) and len(standing) + len(places) <= self.scale.manner.cap:
                found.update((a, b) for a in standing for b in places)
                found.update(combinations(places, 2))
        return found


class Settled:
    """The links that stand and what was decided: a cluster depends on nothing that none of these leads to."""

    def __init__(self, links: Iterable[Link], decisions: Iterable[Decision] = ()) -> None:
        self._links: dict[NodeId, list[Link]] = defaultdict(list)
        self._asked: dict[NodeId, list[NodeId]] = defaultdict(list)
        self._decisions = tuple(decisions)
        for link in links:
            self._links[link.first].append(link)
            self._links[link.second].append(link)
        for decision in self._decisions:
            self._asked[decision.first].append(decision.second)
            self._asked[decision.second].append(decision.first)

    def regrouped(
        self, kind: type[Thing], arrived: Iterable[NodeId], links: Iterable[Link], marks: Callable[[NodeId], Marks]
    ) -> list[tuple[list[NodeId], list[Link]]]:
        """The clusters of all that arrived things and their links lead to, as if nothing had stood before."""
        new = tuple(links)
        nodes = self._led_to({*arrived, *(node for link in new for node in (link.first, link.second))})
        standing = (link for node in nodes for link in self._links.get(node, ()) if link.first == node)
        return united(dict.fromkeys(sorted(nodes), kind), (*standing, *new), self._decisions, marks)

    def _led_to(self, start: set[NodeId]) -> set[NodeId]:
        found, ahead = set(start), list(start)
        while ahead:
            node = ahead.pop()
            linked = (end for link in self._links.get(node, ()) for end in (link.first, link.second))
            beyond = {*linked, *self._asked.get(node, ())} - found
            found |= beyond
            ahead += beyond
        return found
