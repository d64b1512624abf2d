"""Things of one kind compared with each other: pairs from blocks, levels, scores, answers; no input or output."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation import actor_comparisons, project_comparisons
from cis_graph.reconciliation.blocking import ACTOR_CAP, PROJECT_CAP, Keys, actor_keys, pairs, project_keys
from cis_graph.reconciliation.corpus import Corpus, corpus_of
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.links import Evidence, Link
from cis_graph.reconciliation.weights import Answer, Weights

Compare = Callable[[Features, Features, Corpus], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How one kind of thing is compared: its blocks, its questions, and whether equal records count as one.

    A score that is not borne out by its levels is for a person to judge.
    """

    keys: Keys
    cap: int
    questions: Sequence[str]
    compare: Compare
    is_borne_out: Callable[[Sequence[str]], bool]
    groups_equal: bool


ACTORS = Manner(
    keys=actor_keys,
    cap=ACTOR_CAP,
    questions=actor_comparisons.QUESTIONS,
    compare=actor_comparisons.compare_actors,
    is_borne_out=actor_comparisons.is_borne_out,
    groups_equal=True,
)
PROJECTS = Manner(
    keys=project_keys,
    cap=PROJECT_CAP,
    questions=project_comparisons.QUESTIONS,
    compare=project_comparisons.compare_projects,
    is_borne_out=lambda _: True,
    groups_equal=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The pairs taken for one, and those that only a person can tell."""

    same: tuple[Link, ...]
    unsure: tuple[Link, ...]


def judge(things: Mapping[NodeId, Features], manner: Manner, weights: Weights) -> Judged:
    """All pairs that a block brings together, judged; the order of ``things`` plays no part."""
    judging = _Judging(manner, weights, corpus_of(things.values()))
    nodes, values = judging.grouped(things)
    for a, b in sorted(pairs(values, manner.keys, manner.cap)):
        judging.take(nodes[a], nodes[b], values[a], values[b])
    return Judged(same=tuple(judging.same), unsure=tuple(judging.unsure))


def patterns(things: Sequence[Features], manner: Manner) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Each pair of places that a block brings together, with its levels: what weights are learned from."""
    corpus = corpus_of(things)
    for a, b in sorted(pairs(things, manner.keys, manner.cap)):
        yield a, b, manner.compare(things[a], things[b], corpus)


class _Judging:
    def __init__(self, manner: Manner, weights: Weights, corpus: Corpus) -> None:
        self.manner, self.weights, self.corpus = manner, weights, corpus
        self.threshold = weights.threshold(corpus.size)
        self.scores: dict[tuple[str, ...], tuple[float, Answer, tuple[Evidence, ...]]] = {}
        self.same: list[Link] = []
        self.unsure: list[Link] = []

    def take(self, first: NodeId, second: NodeId, one: Features, other: Features) -> Answer:
        levels = self.manner.compare(one, other, self.corpus)
        score, answer, evidence = self._judged(levels)
        if answer is not Answer.DIFFERENT:
            found = Link(first, second, "model", round(score, 3), round(self.threshold, 3), evidence)
            (self.same if answer is Answer.SAME else self.unsure).append(found)
        return answer

    def grouped(self, things: Mapping[NodeId, Features]) -> tuple[list[NodeId], list[Features]]:
        """One node to stand for all whose features are equal, where such a pair is one thing."""
        equal: dict[Features, list[NodeId]] = defaultdict(list)
        for node in sorted(things):
            equal[_alone(things[node]) if self.manner.groups_equal else things[node]].append(node)
        standing = dict(self._standing(equal, things))
        return list(standing), list(standing.values())

    def _standing(
        self, equal: Mapping[Features, list[NodeId]], things: Mapping[NodeId, Features]
    ) -> Iterable[tuple[NodeId, Features]]:
        for alone, nodes in equal.items():
            levels = self.manner.compare(alone, alone, self.corpus) if len(nodes) > 1 else ()
            if not self.manner.groups_equal or not levels or self._judged(levels)[1] is not Answer.SAME:
                yield from ((node, things[node]) for node in nodes)
                continue
            for node in nodes[1:]:
                self.take(nodes[0], node, alone, alone)
            yield nodes[0], _with_company(alone, [things[node] for node in nodes])

    def _judged(self, levels: tuple[str, ...]) -> tuple[float, Answer, tuple[Evidence, ...]]:
        if (known := self.scores.get(levels)) is None:
            questions, weights = self.manner.questions, self.weights
            score = weights.score(questions, levels)
            answer = weights.answer(score, self.corpus.size)
            if answer is Answer.SAME and not self.manner.is_borne_out(levels):
                answer = Answer.UNSURE
            known = (score, answer, weights.evidence(questions, levels))
            self.scores[levels] = known
        return known


def _alone(thing: Features) -> Features:
    return replace(thing, contributor="", projects=frozenset(), partners=frozenset())


def _with_company(alone: Features, things: Iterable[Features]) -> Features:
    every = list(things)
    return replace(
        alone,
        projects=frozenset().union(*(one.projects for one in every)),
        partners=frozenset().union(*(one.partners for one in every)),
    )
