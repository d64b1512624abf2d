"""Peers in turn, round after round, and what their figures come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.harness.benchmark import Figures, Peer


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A figure of one peer over all rounds."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Summary":
        """The summary of at least one value."""
        return cls(median=median(values), least=min(values), most=max(values))

    @property
    def spread(self) -> float:
        """How far apart the values are, as a share of the median; 0 where that is 0."""
        return (self.most - self.least) / self.median if self.median else 0.0


Measured = dict[str, list[Figures]]  # by peer, a round each


def in_turn(peers: Sequence[Peer], rounds: int, warm: int) -> Measured:
    """Every peer once a round, the order turned round each time, so that what else the machine does hits all alike."""
    measured: Measured = {peer.name: [] for peer in peers}
    for number in range(-warm, rounds):
        for peer in peers if number % 2 == 0 else tuple(reversed(peers)):
            figures = peer.run()
            if number >= 0:
                measured[peer.name].append(figures)
    return measured


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
