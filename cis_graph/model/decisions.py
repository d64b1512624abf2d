"""What people decide on pairs of record nodes, and what they are asked to decide."""

import hashlib
from dataclasses import dataclass
from typing import Literal, Protocol

from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Kind

Verdict = Literal["same", "different"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """The level at which two nodes agree on one question, and what it weighs (log odds, nats)."""

    question: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two things that may be one: its canonical key, the record node compared, and all its record nodes."""

    key: str
    node: NodeId
    members: tuple[NodeId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Two things that only a person can tell apart or together.

    ``score`` are the log odds (nats) of their most alike nodes, which had to reach ``threshold``; ``value`` is what an
    answer is worth: the records it touches times how uncertain it is (bits).
    """

    kind: Kind
    one: Side
    other: Side
    score: float
    threshold: float
    value: float
    reasons: tuple[Reason, ...]

    @property
    def name(self) -> str:
        """A short name that the same two nodes have in every release."""
        text = "\x1f".join(sorted((str(self.one.node), str(self.other.node))))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


class DecisionDesk(Protocol):
    """Where pending questions are read and decisions are kept."""

    def questions(self) -> tuple[Question, ...]:
        """What the published release leaves open and nobody has decided since, most valuable first."""

    def answer(self, question: Question, verdict: Verdict, *, by: str, why: str) -> None:
        """Keeps a decision, which the next build hears.

        Raises:
            ReleaseFault: who or why is missing, or the table of decisions cannot be read.
        """
