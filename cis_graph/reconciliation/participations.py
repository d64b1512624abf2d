"""Participations that are one: the same actor, project, role and programme, and no two different starts."""

from collections import defaultdict
from collections.abc import Mapping

from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Participation
from cis_graph.reconciliation.clusters import Cluster
from cis_graph.reconciliation.ledger import Ledger

_Content = tuple[str, str, str, str | None]


def participation_clusters(
    participations: Mapping[NodeId, Participation], keys: Mapping[NodeId, str], ledger: Ledger
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


def _content(node: NodeId, participation: Participation, keys: Mapping[NodeId, str]) -> _Content:
    def key_of(name: str) -> str:
        return keys[NodeId(node.contributor, node.record, name)]

    role = participation.role.concept or participation.role.text
    programme = key_of(participation.programme) if participation.programme else None
    return key_of(participation.actor), key_of(participation.project), role, programme


def _by_start(members: list[NodeId], participations: Mapping[NodeId, Participation]) -> list[list[NodeId]]:
    starts: dict[str | None, list[NodeId]] = defaultdict(list)
    for node in members:
        started = participations[node].started
        starts[started.text if started else None].append(node)
    if len(starts) == 2 and None in starts:  # noqa: PLR2004 - one start stated, and none
        return [members]
    return list(starts.values())


def _cluster(members: list[NodeId], ledger: Ledger) -> Cluster:
    oldest_first = sorted(members, key=lambda node: ledger.entries[node].age)
    return Cluster(key=ledger.entries[oldest_first[0]].key, members=tuple(oldest_first))
