"""What every form tells of a node and of a tie, under one set of names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from cis_graph.model.network import NetworkNode, NetworkTie, Shown
from cis_graph.model.releases import ReleaseInformation
from cis_graph.rdf.iris import CONCEPT, Iris

Value = str | int | float | None
Kind = Literal["string", "integer", "double"]

NODE: Mapping[str, Kind] = {
    "id": "string", "label": "string", "kind": "string", "type": "string", "degree": "integer", "strength": "double",
    "betweenness": "double", "community": "string", "region": "string", "x": "double", "y": "double",
}  # fmt: skip
TIE: Mapping[str, Kind] = {
    "source": "string", "target": "string", "weight": "double", "projects": "integer", "grants": "integer",
    "begins": "string", "ends": "string",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A network with what is told of where it comes from; ``address`` is that of the page, ``release`` its number."""

    shown: Shown
    iris: Iris
    title: str
    address: str
    release: int
    day: str  # of the release, ISO 8601

    def node(self, node: NetworkNode) -> dict[str, Value]:
        """One node by column."""
        return {
            "id": self.iris.entity(node.kind, node.key),
            "label": node.label,
            "kind": node.kind,
            "type": f"{CONCEPT}actor-type/{node.type}" if node.kind == "actor" and node.type else node.type or None,
            "degree": node.degree,
            "strength": decimal(node.strength),
            "betweenness": None if node.betweenness is None else round(node.betweenness, 6),
            "community": self.iris.entity("actor", node.community) if node.community else None,
            "region": self.iris.entity("territory", node.region) if node.region else None,
            "x": node.x,
            "y": node.y,
        }

    def tie(self, tie: NetworkTie) -> dict[str, Value]:
        """One tie by column."""
        iri = self.names()
        return {
            "source": iri(tie.source),
            "target": iri(tie.target),
            "weight": decimal(tie.weight),
            "projects": tie.projects,
            "grants": tie.grants,
            "begins": tie.begins.isoformat() if tie.begins else None,
            "ends": tie.ends.isoformat() if tie.ends else None,
        }

    def names(self) -> Callable[[str], str]:
        """The IRI of a node by its key."""
        kind = "territory" if self.shown.asked.level else "actor"
        return lambda key: self.iris.entity(kind, key)


def told(shown: Shown, information: ReleaseInformation, address: str) -> Told:
    """A network shown with what it says of itself; the same for one release, whatever host serves it."""
    return Told(
        shown=shown,
        iris=Iris(information.base),
        title=f"Carrefour des innovations sociales, version {information.number} : qui coopère avec qui",
        address=address,
        release=information.number,
        day=information.created[:10],
    )


def decimal(parts: int) -> float:
    """Millionths as the nearest number; prints with at most six decimals."""
    return parts / 1_000_000  # both are exact, so that the quotient is the number nearest to the decimal
