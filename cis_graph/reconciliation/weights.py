"""What each answer weighs, read from a file that people can read and a command can make anew."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import yaml

from cis_graph.errors import ReleaseFault
from cis_graph.reconciliation.links import Evidence

_FEWEST = 5_000  # things: a smaller set is judged like one of this size


class Answer(Enum):
    """What the comparison of two things says."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Log odds in nats: ``prior`` of any compared pair, and what each level of each question adds.

    A pair scores ``same`` from ``same`` on and ``unsure`` from ``unsure`` on among ``size`` things; both bounds rise by
    ``rise`` for each e-fold of things, as chance resemblances grow faster than true ones.
    """

    prior: float
    same: float
    unsure: float
    size: int
    rise: float
    levels: Mapping[str, Mapping[str, float]]

    @classmethod
    def load(cls, path: Path, questions: Sequence[str]) -> Self:
        """The weights of a YAML file.

        Raises:
            ReleaseFault: the file is damaged, or does not answer these questions.
        """
        try:
            told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
            bounds, levels = told["bounds"], told["questions"]
            found = cls(
                prior=float(told["prior"]),
                same=float(bounds["same"]),
                unsure=float(bounds["unsure"]),
                size=int(bounds["size"]),
                rise=float(bounds["rise"]),
                levels={q: {str(level): float(weight) for level, weight in levels[q].items()} for q in levels},
            )
        except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise ReleaseFault(
                f"{path} holds no weights ({error}); make it anew with tools/learn_weights.py"
            ) from error
        if set(found.levels) != set(questions):
            raise ReleaseFault(f"{path} answers {sorted(found.levels)}; the questions are {sorted(questions)}")
        return found

    def score(self, questions: Sequence[str], levels: Sequence[str]) -> float:
        """The log odds that two things which agree at these levels are one; a level never learned weighs nothing."""
        return self.prior + sum(self.levels[q].get(level, 0.0) for q, level in zip(questions, levels, strict=True))

    def evidence(self, questions: Sequence[str], levels: Sequence[str]) -> tuple[Evidence, ...]:
        """What each level weighs, in the order of the questions."""
        return tuple(_evidence(q, lev, self.levels[q].get(lev, 0.0)) for q, lev in zip(questions, levels, strict=True))

    def most(self, questions: Sequence[str]) -> float:
        """The most that the answers to some questions can weigh together."""
        return sum(max(0.0, *self.levels[question].values()) for question in questions)

    def threshold(self, size: int) -> float:
        """The score from which two of ``size`` things are taken for one."""
        return self.same + self._risen(size)

    def answer(self, score: float, size: int) -> Answer:
        """Same, different or unsure, for two of ``size`` things."""
        if score >= self.threshold(size):
            return Answer.SAME
        return Answer.UNSURE if score >= self.least(size) else Answer.DIFFERENT

    def least(self, size: int) -> float:
        """The score below which two of ``size`` things are two."""
        return self.unsure + self._risen(size)

    def _risen(self, size: int) -> float:
        return self.rise * math.log(max(size, _FEWEST) / self.size)


@lru_cache(1 << 12)
def _evidence(question: str, level: str, weight: float) -> Evidence:
    """One object for what hundreds of thousands of links say."""
    return Evidence(question, level, weight)
