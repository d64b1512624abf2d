"""Clusters of record nodes that are one thing: decisions first, then links, never against a decision."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.matching import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """One thing: its key is that of its oldest node; ``members`` are oldest first, ``links`` say why they are one.

    ``gone`` are nodes that no record tells of any more and that were last published with these.
    """

    key: str
    members: tuple[NodeId, ...]
    links: tuple[Link, ...] = ()
    gone: tuple[NodeId, ...] = ()


def cluster(
    nodes: Mapping[NodeId, Thing],
    links: Iterable[Link],
    decisions: Iterable[Decision],
    exclusive: Callable[[Thing], Mapping[str, str]],
    ledger: Ledger,
) -> tuple[Cluster, ...]:
    """Every node in exactly one cluster; the order of links plays no part.

    A ``same`` decision joins whatever the rules say; a ``different`` decision, or two values of one of the identifiers
    that ``exclusive`` gives, keep two clusters apart. A later decision on a pair replaces an earlier one.
    """
    union = _Union(nodes, exclusive)
    settled = {frozenset((d.first, d.second)): d for d in decisions if d.first in nodes and d.second in nodes}
    union.apart = {pair for pair, decision in settled.items() if not decision.same}
    for decision in settled.values():
        if decision.same:
            union.join(Link(decision.first, decision.second, "decision"), asked=True)
    for link in sorted(links):
        union.join(link, asked=False)
    return tuple(sorted(union.clusters(ledger), key=lambda found: found.key))


class _Union:
    def __init__(self, nodes: Mapping[NodeId, Thing], exclusive: Callable[[Thing], Mapping[str, str]]) -> None:
        self.nodes = nodes
        self.apart: set[frozenset[NodeId]] = set()
        self.home = {node: node for node in nodes}
        self.members = {node: [node] for node in nodes}
        self.kept: dict[NodeId, list[Link]] = {node: [] for node in nodes}
        self.identifiers = {node: dict(exclusive(thing)) for node, thing in nodes.items()}

    def join(self, link: Link, *, asked: bool) -> None:
        if link.first not in self.home or link.second not in self.home:
            return
        first, second = self.home[link.first], self.home[link.second]
        if type(self.nodes[first]) is not type(self.nodes[second]):
            return
        if first != second:
            if not asked and self._barred(first, second):
                return
            first = self._merged(first, second)
        self.kept[first].append(link)

    def _barred(self, first: NodeId, second: NodeId) -> bool:
        one, other = self.identifiers[first], self.identifiers[second]
        differ = any(one[name] != other[name] for name in one.keys() & other.keys())
        return differ or any({self.home[node] for node in pair} == {first, second} for pair in self.apart)

    def _merged(self, first: NodeId, second: NodeId) -> NodeId:
        """Joins two clusters under the home of the larger; the new home."""
        if len(self.members[first]) < len(self.members[second]):
            first, second = second, first
        for node in self.members[second]:
            self.home[node] = first
        self.members[first] += self.members.pop(second)
        self.kept[first] += self.kept.pop(second)
        self.identifiers[first] = {**self.identifiers.pop(second), **self.identifiers[first]}
        return first

    def clusters(self, ledger: Ledger) -> Iterable[Cluster]:
        for home, members in self.members.items():
            oldest_first = sorted(members, key=lambda node: ledger.entries[node].age)
            yield Cluster(
                key=ledger.entries[oldest_first[0]].key,
                members=tuple(oldest_first),
                links=tuple(sorted(set(self.kept[home]))),
            )
