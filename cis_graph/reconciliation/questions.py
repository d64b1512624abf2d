"""What only a person can tell: pairs of things that resemble each other, the most valuable first."""

import math
from collections.abc import Iterable

from cis_graph.model.decisions import Question, Reason, Side
from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.clusters import Cluster
from cis_graph.reconciliation.links import Link
from cis_graph.reconciliation.reconcile import Reconciled


def questions(found: Reconciled) -> tuple[Question, ...]:
    """One question for each two clusters that some pair leaves open, told by their most alike pair."""
    homes = {node: cluster for cluster in found.clusters for node in cluster.members}
    best: dict[tuple[str, str], Link] = {}
    for link in sorted(found.unsure, key=lambda link: (-link.score, link)):
        first, second = sorted((homes[link.first].key, homes[link.second].key))
        best.setdefault((first, second), link)
    asked = (_question(link, homes[link.first], homes[link.second], found) for link in best.values())
    return by_value(asked)


def by_value(asked: Iterable[Question]) -> tuple[Question, ...]:
    """Questions, the most valuable first; ties by name."""
    return tuple(sorted(asked, key=lambda one: (-one.value, one.name)))


def value_of(score: float, records: int) -> float:
    """The records that an answer touches times the bits it tells: the entropy of a score in log odds."""
    chance = 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))
    bits = -sum(part * math.log2(part) for part in (chance, 1 - chance) if part > 0)
    return round(records * bits, 3)


def _question(link: Link, one: Cluster, other: Cluster, found: Reconciled) -> Question:
    return Question(
        kind=found.ledger.entries[link.first].kind,
        one=_side(link.first, one),
        other=_side(link.second, other),
        score=link.score,
        threshold=link.threshold,
        # a score beyond its threshold that nothing bears out is believed no more than one at the threshold
        value=value_of(min(link.score, link.threshold), len(one.members) + len(other.members)),
        reasons=tuple(Reason(question=it.question, level=it.level, weight=it.weight) for it in link.evidence),
    )


def _side(node: NodeId, cluster: Cluster) -> Side:
    return Side(key=cluster.key, node=node, members=cluster.members)
