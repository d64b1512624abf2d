"""What is measured of a network: of each node as shown, and of each actor once a release."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cis_graph.model.network import NetworkNode, NetworkTie
from cis_graph.network.layout import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an actor stands in the whole of cooperation: its place, community, betweenness from 0 to 1."""

    place: Place | None = None
    community: str = ""
    betweenness: float | None = None


def with_degrees(nodes: Iterable[NetworkNode], ties: Iterable[NetworkTie]) -> tuple[NetworkNode, ...]:
    """The nodes in order of key with their degree and strength among these ties.

    A tie of a territory with itself counts once for its strength and not for its degree.
    """
    around: dict[str, set[str]] = {}
    strength: dict[str, int] = {}
    for tie in ties:
        for one, other in {(tie.source, tie.target), (tie.target, tie.source)}:
            around.setdefault(one, set()).update({other} - {one})
            strength[one] = strength.get(one, 0) + tie.weight
    return tuple(
        replace(node, degree=len(around.get(node.key, ())), strength=strength.get(node.key, 0))
        for node in sorted(nodes, key=lambda node: node.key)
    )
