"""Records heard one by one: what reconciliation keeps of them, so that they may be let go."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.records import Participation


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The kind of each node of some records, and their participations."""

    kinds: dict[NodeId, type[Thing]] = field(default_factory=dict)
    participations: dict[NodeId, Participation] = field(default_factory=dict)

    def hear(self, nodes: Iterable[tuple[NodeId, Thing]]) -> None:
        """Keeps what the nodes of one record tell."""
        for node, thing in nodes:
            self.kinds[node] = type(thing)
            if isinstance(thing, Participation):
                self.participations[node] = thing

    def forget(self, nodes: Iterable[NodeId]) -> None:
        """Takes out some nodes."""
        for node in nodes:
            del self.kinds[node]
            self.participations.pop(node, None)

    def forget_all(self) -> None:
        """Takes out everything."""
        self.kinds.clear()
        self.participations.clear()
