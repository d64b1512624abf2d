"""Things of one kind compared with each other: pairs from blocks, levels, scores, answers; no input or output."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter, itemgetter
from typing import Protocol

from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.blocking import Blocks, Pairs
from cis_graph.reconciliation.corpus import corpus_of
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.levels import Levels
from cis_graph.reconciliation.links import Link
from cis_graph.reconciliation.scale import Manner, Pair, Scale
from cis_graph.reconciliation.weights import Answer, Weights

# Those that are not plainly two of some things that are paired so, by place, in order.
Comparing = Callable[[Sequence[Features], Scale, Callable[[], Pairs]], Iterable[Pair]]


class Remembering(Protocol):
    """What finds pairs again that were compared before, and has all others compared."""

    def found(
        self, nodes: Sequence[NodeId], things: Sequence[Features], scale: Scale, comparing: Comparing
    ) -> Iterable[Pair]:
        """The pairs of ``things`` that share a block and are not plainly two; they stand for these nodes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The pairs taken for one, and those that only a person can tell."""

    same: tuple[Link, ...]
    unsure: tuple[Link, ...]


def here(things: Sequence[Features], scale: Scale, paired: Callable[[], Pairs]) -> Iterator[Pair]:
    """The pairs that are not plainly two, compared in this process."""
    found = paired().pairs(range(len(things)))
    return scale.telling((a, b, things[a], things[b]) for a, b in found)


def blocked(things: Sequence[Features], manner: Manner) -> Blocks:
    """The blocks that bring things together."""
    return Blocks(things, manner.keys, manner.cap)


def judge(things: Mapping[NodeId, Features], manner: Manner, weights: Weights, comparing: Comparing = here) -> Judged:
    """All pairs that a block brings together, judged; the order of ``things`` plays no part."""
    return judge_and_forget(dict(things), manner, weights, comparing)


def judge_and_forget(
    things: dict[NodeId, Features],
    manner: Manner,
    weights: Weights,
    comparing: Comparing = here,
    memory: Remembering | None = None,
) -> Judged:
    """The same, of things that are let go before they are compared: of equal ones one is held."""
    judging = Judging(Scale(manner=manner, weights=weights, corpus=corpus_of(things.values())))
    nodes, values = judging.grouped(things)
    things.clear()
    for a, b, levels in _compared(nodes, values, judging.scale, comparing, memory):
        judging.take(nodes[a], nodes[b], levels)
    return judging.judged()


def _compared(
    nodes: Sequence[NodeId], things: Sequence[Features], scale: Scale, comparing: Comparing, memory: Remembering | None
) -> Iterable[Pair]:
    if memory is not None:
        return memory.found(nodes, things, scale, comparing)
    return comparing(things, scale, lambda: blocked(things, scale.manner))


def patterns(things: Sequence[Features], manner: Manner) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Each pair of places that a block brings together, with its levels: what weights are learned from."""
    corpus = corpus_of(things)
    for a, b in blocked(things, manner).pairs(range(len(things))):
        yield a, b, manner.compare(things[a], things[b], corpus)


class Judging:
    """The judging of one kind of thing on one scale, pair by pair."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.threshold = round(scale.threshold, 3)
        self.same: list[Link] = []
        self.unsure: list[Link] = []

    def take(self, first: NodeId, second: NodeId, levels: Levels) -> None:
        """Keeps a pair that is not plainly two."""
        told = self.scale.verdict(levels)
        if told.answer is not Answer.DIFFERENT:
            found = Link(first, second, "model", round(told.score, 3), self.threshold, self.scale.evidence(levels))
            (self.same if told.answer is Answer.SAME else self.unsure).append(found)

    def judged(self) -> Judged:
        """All pairs that were kept."""
        return Judged(same=tuple(self.same), unsure=tuple(self.unsure))

    def grouped(self, things: Mapping[NodeId, Features]) -> tuple[list[NodeId], list[Features]]:
        """One node to stand for all whose features are equal, where such a pair is one thing."""
        if not self.scale.manner.groups_equal:
            nodes = sorted(things)
            return nodes, [things[node] for node in nodes]
        equal: dict[tuple[object, ...], list[NodeId]] = defaultdict(list)
        for node in sorted(things):
            equal[said(things[node])].append(node)
        standing = dict(sorted(self._standing(equal.values(), things), key=itemgetter(0)))
        return list(standing), list(standing.values())

    def _standing(
        self, equal: Iterable[list[NodeId]], things: Mapping[NodeId, Features]
    ) -> Iterable[tuple[NodeId, Features]]:
        for nodes in equal:
            bare = alone(things[nodes[0]])
            levels = self.scale.levels(bare, bare) if len(nodes) > 1 else ()
            if not levels or self._is_two(levels):
                yield from ((node, things[node]) for node in nodes)
                continue
            for node in nodes[1:]:
                self.take(nodes[0], node, levels)
            yield nodes[0], _with_company(bare, [things[node] for node in nodes])

    def _is_two(self, levels: Levels) -> bool:
        return self.scale.verdict(levels).answer is not Answer.SAME


_COMPANY = frozenset({"contributor", "projects", "partners"})
said = attrgetter(
    *(one.name for one in fields(Features) if one.compare and one.name not in _COMPANY)
)  # all but a thing's company


def alone(thing: Features) -> Features:
    """A thing without its company: what two equal records say of it."""
    return replace(thing, contributor="", projects=frozenset(), partners=frozenset())


def _with_company(bare: Features, things: Iterable[Features]) -> Features:
    every = list(things)
    return replace(
        bare,
        projects=frozenset().union(*(one.projects for one in every)),
        partners=frozenset().union(*(one.partners for one in every)),
    )
