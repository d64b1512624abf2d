"""How two things of one kind are compared and judged: pure, small, and handed to whichever machine has the pairs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cis_graph.reconciliation import actor_comparisons, project_comparisons
from cis_graph.reconciliation.blocking import ACTOR_CAP, PROJECT_CAP, Keys, actor_keys, project_keys
from cis_graph.reconciliation.corpus import Corpus
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.links import Evidence
from cis_graph.reconciliation.weights import Answer, Weights

Compare = Callable[[Features, Features, Corpus], tuple[str, ...]]
Levels = tuple[str, ...]
Pair = tuple[int, int, Levels]  # places of two things, the lower first, and the levels at which they agree


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


def _always(_: Sequence[str]) -> bool:
    return True


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
    is_borne_out=_always,
    groups_equal=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What levels of agreement amount to."""

    score: float
    answer: Answer
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One kind's manner with its weights, over one corpus; each set of levels is weighed once."""

    manner: Manner
    weights: Weights
    corpus: Corpus
    _known: dict[Levels, Verdict] = field(default_factory=dict, compare=False, repr=False)

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

    def telling(self, pairs: Iterable[tuple[int, int, Features, Features]]) -> Iterator[Pair]:
        """Those of some pairs that are not plainly two things; any share of the pairs can be handed in."""
        for a, b, one, other in pairs:
            levels = self.levels(one, other)
            if self.verdict(levels).answer is not Answer.DIFFERENT:
                yield a, b, levels

    def _weighed(self, levels: Levels) -> Verdict:
        questions = self.manner.questions
        score = self.weights.score(questions, levels)
        answer = self.weights.answer(score, self.corpus.size)
        if answer is Answer.SAME and not self.manner.is_borne_out(levels):
            answer = Answer.UNSURE
        return Verdict(score=score, answer=answer, evidence=self.weights.evidence(questions, levels))
