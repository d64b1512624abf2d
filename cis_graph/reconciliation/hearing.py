"""Records heard one by one: what reconciliation keeps of them, so that they may be let go."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple, Self

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.records import Participation


class Joined(NamedTuple):
    """What a participation joins: nodes of its record by name; ``role`` is a concept or a text."""

    actor: str
    project: str
    role: str
    programme: str | None
    started: str | None

    @classmethod
    def of(cls, thing: Thing) -> Self | None:
        """What a participation joins; None of anything else."""
        if not isinstance(thing, Participation):
            return None
        started = thing.started.text if thing.started else None
        return cls(thing.actor, thing.project, thing.role.concept or thing.role.text, thing.programme, started)

    def once(self) -> Self:
        """The same, of whose texts equal ones are held once."""
        return self._replace(actor=intern(self.actor), project=intern(self.project), role=intern(self.role))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The kind of each node of some records, and what participations join."""

    kinds: dict[NodeId, type[Thing]] = field(default_factory=dict)
    participations: dict[NodeId, Joined] = field(default_factory=dict)

    def hear(self, node: NodeId, kind: type[Thing], joined: Joined | None = None) -> None:
        """Keeps what a node is."""
        self.kinds[node] = kind
        if joined:
            self.participations[node] = joined

    def forget(self, nodes: Iterable[NodeId]) -> None:
        """Takes out some nodes."""
        for node in nodes:
            del self.kinds[node]
            self.participations.pop(node, None)

    def forget_all(self) -> None:
        """Takes out everything."""
        self.kinds.clear()
        self.participations.clear()
