"""Nodes that no record tells of any more: they stay with what they were last published with."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.clusters import Cluster
from cis_graph.reconciliation.ledger import Ledger


def with_gone(
    clusters: Sequence[Cluster], ledger: Ledger, apart: Collection[frozenset[NodeId]] = frozenset()
) -> tuple[tuple[Cluster, ...], tuple[Cluster, ...]]:
    """The clusters with the withdrawn nodes that belong to them, and clusters that are withdrawn whole.

    A withdrawn node belongs to the cluster that holds a node it was last published with: the oldest such node where
    they have parted since. Its age counts, so the key of a cluster does not change when its oldest record leaves. It
    belongs to nothing where somebody decided that it is not the same as a member: ``apart`` holds such pairs.
    """
    alive = {member for found in clusters for member in found.members}
    gone: dict[str, list[NodeId]] = defaultdict(list)
    for node in ledger.entries.keys() - alive:
        gone[ledger.home(node)].append(node)
    heirs = _heirs(clusters, ledger, gone.keys())
    strangers = {
        node
        for home, place in heirs.items()
        for node in gone[home]
        if apart and any(frozenset((node, member)) in apart for member in clusters[place].members)
    }
    mine = {home: [node for node in nodes if node not in strangers] for home, nodes in gone.items()}
    kept = tuple(_with(found, gone_to, ledger) for found, gone_to in _shared(clusters, mine, heirs))
    lost = (_cluster((), nodes, ledger) for home, nodes in gone.items() if home not in heirs)
    alone = (_cluster((), [node], ledger) for node in sorted(strangers))
    return tuple(sorted(kept, key=_key)), tuple(sorted((*lost, *alone), key=_key))


def _heirs(clusters: Sequence[Cluster], ledger: Ledger, homes: Iterable[str]) -> dict[str, int]:
    """The place of the cluster that inherits each home: that of the oldest node last published there."""
    wanted = set(homes)
    best: dict[str, tuple[tuple[int, str], int]] = {}
    for place, found in enumerate(clusters):
        for member in found.members:
            if (home := ledger.home(member)) not in wanted:
                continue
            age = ledger.entries[member].age
            if home not in best or age < best[home][0]:
                best[home] = (age, place)
    return {home: place for home, (_, place) in best.items()}


def _shared(
    clusters: Sequence[Cluster], gone: dict[str, list[NodeId]], heirs: dict[str, int]
) -> Iterable[tuple[Cluster, list[NodeId]]]:
    inherited: dict[int, list[NodeId]] = defaultdict(list)
    for home, place in heirs.items():
        inherited[place] += gone[home]
    return ((found, inherited.get(place, [])) for place, found in enumerate(clusters))


def _with(found: Cluster, gone: list[NodeId], ledger: Ledger) -> Cluster:
    return replace(_cluster(found.members, gone, ledger), links=found.links) if gone else found


def _cluster(members: tuple[NodeId, ...], gone: list[NodeId], ledger: Ledger) -> Cluster:
    oldest = min((*members, *gone), key=lambda node: ledger.entries[node].age)
    return Cluster(key=ledger.entries[oldest].key, members=members, gone=tuple(sorted(gone)))


def _key(found: Cluster) -> str:
    return found.key
