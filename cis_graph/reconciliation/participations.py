"""Participations that are one: the same actor, project, role and programme, and no two different starts."""

from collections import defaultdict
from collections.abc import Mapping

from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.clusters import Cluster
from cis_graph.reconciliation.hearing import Joined
from cis_graph.reconciliation.ledger import Ledger

_Content = tuple[str, str, str, str | None]


def participation_clusters(
    participations: Mapping[NodeId, Joined], keys: Mapping[NodeId, str], ledger: Ledger
) -> tuple[Cluster, ...]:
    """Clusters of participations; ``keys`` gives the canonical key of every other node.

    Participations that agree but for their start stay apart where two starts are stated; one without a start joins
    the only start there is.
    """
    groups: dict[_Content, list[NodeId]] = defaultdict(list)
    for node, participation in participations.items():
        groups[_content(node, participation, keys)].append(node)
    found = [part for members in groups.values() for part in _by_start(members, participations)]
    return tuple(sorted((_cluster(members, ledger) for members in found), key=lambda one: one.key))


def _content(node: NodeId, participation: Joined, keys: Mapping[NodeId, str]) -> _Content:
    def key_of(name: str) -> str:
        return keys[NodeId(node.contributor, node.record, name)]

    programme = key_of(participation.programme) if participation.programme else None
    return key_of(participation.actor), key_of(participation.project), participation.role, programme


def _by_start(members: list[NodeId], participations: Mapping[NodeId, Joined]) -> list[list[NodeId]]:
    starts: dict[str | None, list[NodeId]] = defaultdict(list)
    for node in members:
        starts[participations[node].started].append(node)
    if len(starts) == 2 and None in starts:  # noqa: PLR2004 - one start stated, and none
        return [members]
    return list(starts.values())


def _cluster(members: list[NodeId], ledger: Ledger) -> Cluster:
    oldest_first = sorted(members, key=lambda node: ledger.entries[node].age)
    return Cluster(key=ledger.entries[oldest_first[0]].key, members=tuple(oldest_first))
