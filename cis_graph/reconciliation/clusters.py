"""Clusters of record nodes that are one thing: decisions first, then links, never against a decision."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.links import Link, Marks

_FEW = 2  # members: a larger cluster joins another such only on a strong link


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
    kinds: Mapping[NodeId, type[Thing]],
    links: Iterable[Link],
    decisions: Iterable[Decision],
    marks: Callable[[NodeId], Marks],
    ledger: Ledger,
) -> tuple[Cluster, ...]:
    """Every node in exactly one cluster; the order of links plays no part.

    A ``same`` decision joins whatever the links say; a ``different`` decision, or two values of one exclusive mark,
    keep two clusters apart. The latest decision wins: one that later ones leave no room for is passed over.
    """
    found = united(kinds, links, decisions, marks)
    made = (_cluster(members, why, ledger) for members, why in found)
    return tuple(sorted(made, key=lambda one: one.key))


def _cluster(members: list[NodeId], links: list[Link], ledger: Ledger) -> Cluster:
    if len(members) == 1 and not links:
        return Cluster(key=ledger.entries[members[0]].key, members=tuple(members))
    oldest_first = sorted(members, key=lambda node: ledger.entries[node].age)
    return Cluster(
        key=ledger.entries[oldest_first[0]].key, members=tuple(oldest_first), links=tuple(sorted(set(links)))
    )


def united(
    kinds: Mapping[NodeId, type[Thing]],
    links: Iterable[Link],
    decisions: Iterable[Decision],
    marks: Callable[[NodeId], Marks],
) -> list[tuple[list[NodeId], list[Link]]]:
    """The members of each cluster and the links that stand in it: decisions first, then the best links."""
    union = _Union(kinds, marks)
    for decision in reversed(tuple(decisions)):
        if decision.same:
            union.join(Link(decision.first, decision.second, "decision"), asked=True)
        else:
            union.keep_apart(decision.first, decision.second)
    for link in _best_first(links, kinds):
        union.join(link, asked=False)
    alone = (([node], list[Link]()) for node in kinds if node not in union.home)
    return [*((members, union.kept[home]) for home, members in union.members.items()), *alone]


def _best_first(links: Iterable[Link], nodes: Iterable[NodeId]) -> list[Link]:
    """The links between these nodes by falling score, then in their own order, which is told by the nodes' places."""
    place = {node: number for number, node in enumerate(sorted(nodes))}
    known = (link for link in links if link.first in place and link.second in place)
    return sorted(known, key=lambda link: (-link.score, place[link.first], place[link.second], link))


class _Union:
    """Clusters of the nodes that a link or a decision names, each known from then on."""

    def __init__(self, kinds: Mapping[NodeId, type[Thing]], marks: Callable[[NodeId], Marks]) -> None:
        self.kinds, self.marks = kinds, marks
        self.home: dict[NodeId, NodeId] = {}
        self.members: dict[NodeId, list[NodeId]] = {}
        self.kept: dict[NodeId, list[Link]] = {}
        self.foes: dict[NodeId, set[NodeId]] = defaultdict(set)
        self.exclusive: dict[NodeId, dict[str, str]] = {}
        self.against: dict[NodeId, Mapping[str, float]] = {}
        self.signs: dict[NodeId, dict[str, set[str]]] = {}

    def _knows(self, node: NodeId) -> bool:
        """Whether there is such a node, alone in its cluster when it is first named."""
        if node in self.home or node not in self.kinds:
            return node in self.home
        told = self.marks(node)
        self.home[node], self.members[node], self.kept[node] = node, [node], []
        self.exclusive[node], self.against[node] = dict(told.exclusive), told.against
        self.signs[node] = {name: {value} for name, value in told.signs.items()}
        return True

    def keep_apart(self, first: NodeId, second: NodeId) -> None:
        if not self._knows(first) or not self._knows(second) or self.home[first] == self.home[second]:
            return
        self.foes[self.home[first]].add(second)
        self.foes[self.home[second]].add(first)

    def join(self, link: Link, *, asked: bool) -> None:
        if not self._knows(link.first) or not self._knows(link.second):
            return
        first, second = self.home[link.first], self.home[link.second]
        if self.kinds[first] is not self.kinds[second]:
            return
        if first != second:
            if self._are_foes(first, second):
                return
            if not asked and (self._exclude(first, second) or self._doubtful(first, second, link)):
                return
            first = self._merged(first, second)
        self.kept[first].append(link)

    def _are_foes(self, first: NodeId, second: NodeId) -> bool:
        return any(self.home[foe] == second for foe in self.foes.get(first, ()))

    def _exclude(self, first: NodeId, second: NodeId) -> bool:
        one, other = self.exclusive[first], self.exclusive[second]
        return any(one[name] != other[name] for name in one.keys() & other.keys())

    def _doubtful(self, first: NodeId, second: NodeId, link: Link) -> bool:
        """Whether what the two clusters say together takes a link below its threshold."""
        if not link.evidence:
            return False
        large = min(len(self.members[first]), len(self.members[second])) > _FEW
        if large and not (link.is_strong or link.is_of_one_name):
            return True
        one, other = self.signs[first], self.signs[second]
        differ = (name for name in one.keys() & other.keys() if one[name].isdisjoint(other[name]))
        against = sum(self.against[first].get(name, 0.0) for name in differ if not link.states(name))
        return link.score + against < link.threshold

    def _merged(self, first: NodeId, second: NodeId) -> NodeId:
        """Joins two clusters under the home of the larger; the new home."""
        if len(self.members[first]) < len(self.members[second]):
            first, second = second, first
        for node in self.members[second]:
            self.home[node] = first
        self.members[first] += self.members.pop(second)
        self.kept[first] += self.kept.pop(second)
        self.exclusive[first] = {**self.exclusive.pop(second), **self.exclusive[first]}
        if second in self.foes:
            self.foes[first] |= self.foes.pop(second)
        for name, values in self.signs.pop(second).items():
            self.signs[first].setdefault(name, set()).update(values)
        return first
