"""How two things of one kind are compared and judged: pure, small, and handed to whichever machine has the pairs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter

from cis_graph.model.records import Kind
from cis_graph.reconciliation import actor_comparisons, project_comparisons
from cis_graph.reconciliation.blocking import ACTOR_CAP, PROJECT_CAP, Keys, actor_keys, project_keys
from cis_graph.reconciliation.corpus import Corpus
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.levels import Compare, Levels, Stage
from cis_graph.reconciliation.links import Evidence
from cis_graph.reconciliation.weights import Answer, Weights

_ROUNDING = 1e-6  # of a score that is added up in another order

Pair = tuple[int, int, Levels]  # places of two things, the lower first, and the levels at which they agree


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How one kind of thing is compared: its blocks, its questions, and whether equal records count as one.

    The stages answer all questions, the first what costs least. A score that is not borne out by its levels is for a
    person to judge.
    """

    kind: Kind
    keys: Keys
    cap: int
    questions: tuple[str, ...]
    stages: tuple[Stage, ...]
    is_borne_out: Callable[[Sequence[str]], bool]
    groups_equal: bool

    def compare(self, one: Features, other: Features, corpus: Corpus) -> Levels:
        """The levels at which two things agree, in the order of the questions."""
        return self.ordered(tuple(level for stage in self.stages for level in stage.compare(one, other, corpus)))

    @property
    def ordered(self) -> Callable[[Levels], Levels]:
        """What puts the answers of all stages into the order of the questions."""
        return _ordering(self.stages, self.questions)


@cache
def _ordering(stages: tuple[Stage, ...], questions: tuple[str, ...]) -> Callable[[Levels], Levels]:
    asked = [question for stage in stages for question in stage.questions]
    return itemgetter(*map(asked.index, questions))


def _always(_: Sequence[str]) -> bool:
    return True


ACTORS = Manner(
    kind="actor",
    keys=actor_keys,
    cap=ACTOR_CAP,
    questions=actor_comparisons.QUESTIONS,
    stages=actor_comparisons.STAGES,
    is_borne_out=actor_comparisons.is_borne_out,
    groups_equal=True,
)
PROJECTS = Manner(
    kind="project",
    keys=project_keys,
    cap=PROJECT_CAP,
    questions=project_comparisons.QUESTIONS,
    stages=project_comparisons.STAGES,
    is_borne_out=_always,
    groups_equal=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What levels of agreement amount to."""

    score: float
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One kind's manner with its weights, over one corpus; each set of levels is weighed once."""

    manner: Manner
    weights: Weights
    corpus: Corpus
    _known: dict[Levels, Verdict] = field(default_factory=dict, compare=False, repr=False)
    _reasons: dict[Levels, tuple[Evidence, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def threshold(self) -> float:
        """The score from which two things are taken for one."""
        return self.weights.threshold(self.corpus.size)

    def levels(self, one: Features, other: Features) -> Levels:
        """The levels at which two things agree."""
        return self.manner.compare(one, other, self.corpus)

    def verdict(self, levels: Levels) -> Verdict:
        """What these levels amount to."""
        if (known := self._known.get(levels)) is None:
            known = self._known[levels] = self._weighed(levels)
        return known

    def evidence(self, levels: Levels) -> tuple[Evidence, ...]:
        """What each of these levels weighs."""
        if (known := self._reasons.get(levels)) is None:
            known = self._reasons[levels] = self.weights.evidence(self.manner.questions, levels)
        return known

    def telling(self, pairs: Iterable[tuple[int, int, Features, Features]]) -> Iterator[Pair]:
        """Those of some pairs that are not plainly two things; any share of the pairs can be handed in.

        A pair is left as soon as no answer to what has not been asked could still tell.
        """
        corpus, steps, ordered = self.corpus, self._steps(), self.manner.ordered
        for a, b, one, other in pairs:
            score = self.weights.prior
            answers: Levels = ()
            for compare, weighed, least in steps:
                found = compare(one, other, corpus)
                score += weighed[found]
                if score < least:
                    break
                answers += found
            else:
                levels = ordered(answers)
                if self.verdict(levels).answer is not Answer.DIFFERENT:
                    yield a, b, levels

    def _steps(self) -> list[tuple[Compare, "_Weighed", float]]:
        """How each stage compares, what its answers weigh, and the score so far that can still tell."""
        stages, least = self.manner.stages, self.weights.least(self.corpus.size) - _ROUNDING
        steps: list[tuple[Compare, _Weighed, float]] = []
        for stage in reversed(stages):
            steps.append((stage.compare, _Weighed(self.weights, stage.questions), least))
            least -= self.weights.most(stage.questions)
        return steps[::-1]

    def _weighed(self, levels: Levels) -> Verdict:
        score = self.weights.score(self.manner.questions, levels)
        answer = self.weights.answer(score, self.corpus.size)
        if answer is Answer.SAME and not self.manner.is_borne_out(levels):
            answer = Answer.UNSURE
        return Verdict(score=score, answer=answer)


class _Weighed(dict[Levels, float]):
    """What levels of some questions weigh together, each set of levels weighed once."""

    def __init__(self, weights: Weights, questions: Sequence[str]) -> None:
        super().__init__()
        self._weights, self._questions = weights, questions

    def __missing__(self, levels: Levels) -> float:
        weight = self[levels] = self._weights.score(self._questions, levels) - self._weights.prior
        return weight
