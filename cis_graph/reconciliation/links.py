"""Links between record nodes that are one thing, each with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cis_graph.model.nodes import NodeId

CERTAIN = 99.0  # the score of a rule or a decision, beyond what comparisons reach


class Evidence(NamedTuple):
    """The level at which two nodes agree on one question, and what it weighs (log odds, nats)."""

    question: str
    level: str
    weight: float


class Link(NamedTuple):
    """Two nodes are the same, and why: a rule's slug, ``decision``, or ``model`` with its evidence.

    ``score`` are log odds in nats; ``threshold`` is what it had to reach.
    """

    first: NodeId
    second: NodeId
    reason: str
    score: float = CERTAIN
    threshold: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_strong(self) -> bool:
        """Whether the score is so far beyond the threshold that it may join two clusters."""
        return self.score >= self.threshold + 3.0

    @property
    def is_of_one_name(self) -> bool:
        """Whether the two nodes bear the same name."""
        return any(one.question == "name" and one.level == "same" for one in self.evidence)

    def states(self, question: str) -> bool:
        """Whether the two nodes themselves answer a question."""
        return any(one.question == question and one.level != "unknown" for one in self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What tells one node from another of its name.

    Two values of one ``exclusive`` mark never merge without a human. Two clusters that have no value of a ``sign`` in
    common are less likely one by the weight that ``against`` gives that sign.
    """

    exclusive: Mapping[str, str]
    signs: Mapping[str, str]
    against: Mapping[str, float]


NO_MARKS = Marks(exclusive={}, signs={}, against={})
