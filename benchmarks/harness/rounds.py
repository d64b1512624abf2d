"""Peers in turn, round after round, and what their figures come to."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.harness.benchmark import Figures, Peer

SURE = 0.035  # doubt of a ratio: two runs then agree within a tenth, nineteen times of twenty
_TELLING = 5  # values
_OF_MEDIAN = 1.2533 / 1.349  # the error of a median by that of a mean, and the distance of quartiles by a deviation


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A figure of one peer over all rounds."""

    median: float
    least: float
    most: float
    doubt: float = 0.0

    @classmethod
    def of(cls, values: Sequence[float]) -> "Summary":
        """The summary of at least one value.

        ``doubt`` is the standard error of the median as a share of it, told from the quartiles, which no outlier moves;
        0 where there are too few values to tell.
        """
        middle = median(values)
        doubt = 0.0
        if len(values) >= _TELLING and middle:
            low, _, high = quantiles(values, method="inclusive")
            doubt = _OF_MEDIAN * (high - low) / math.sqrt(len(values)) / abs(middle)
        return cls(median=middle, least=min(values), most=max(values), doubt=doubt)

    @property
    def spread(self) -> float:
        """How far apart the values are, as a share of the median; 0 where that is 0."""
        return (self.most - self.least) / self.median if self.median else 0.0


Measured = dict[str, list[Figures]]  # by peer, a round each


def in_turn(peers: Sequence[Peer], rounds: int, warm: int, most: int = 0) -> Measured:
    """Every peer once a round, the order turned round each time, so that what else the machine does hits all alike.

    Where ``most`` is more than ``rounds``, there are as many as it takes until the doubt of no ratio is over
    :data:`SURE`, or ``most``.
    """
    measured: Measured = {peer.name: [] for peer in peers}
    number = -warm
    while number < rounds or (number < most and not _is_sure(measured)):
        for peer in peers if number % 2 == 0 else tuple(reversed(peers)):
            figures = peer.run()
            if number >= 0:
                measured[peer.name].append(figures)
        number += 1
    return measured


def _is_sure(measured: Measured) -> bool:
    return all(one.doubt <= SURE for figures in ratios(measured).values() for one in figures.values())


def summaries(measured: Measured) -> dict[str, dict[str, Summary]]:
    """By peer and figure."""
    return {
        name: {figure: Summary.of([one[figure] for one in rounds]) for figure in rounds[0]}
        for name, rounds in measured.items()
    }


def ratios(measured: Measured) -> dict[str, dict[str, Summary]]:
    """The first peer's figures by each other peer's, round by round: above 1 where the first has more."""
    first, *others = measured
    return {
        name: {
            figure: Summary.of(pairs)
            for figure in measured[first][0]
            if (pairs := _pairs(measured[first], measured[name], figure))
        }
        for name in others
    }


def _pairs(one: list[Figures], other: list[Figures], figure: str) -> list[float]:
    both = zip(one, other, strict=True)
    return [first[figure] / second[figure] for first, second in both if second.get(figure)]
