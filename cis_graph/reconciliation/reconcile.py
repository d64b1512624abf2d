"""All record nodes to clusters, each with its canonical key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cis_graph.model.nodes import KINDS, NodeId, Thing, things
from cis_graph.model.records import Kind, Participation, Record
from cis_graph.reconciliation.clusters import Cluster, cluster
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.matching import Contains, conflict, links
from cis_graph.reconciliation.participations import participation_clusters


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """Clusters of every kind; ``canonical`` and ``own`` give each node the key of its cluster and its own."""

    clusters: tuple[Cluster, ...]
    ledger: Ledger
    canonical: Mapping[NodeId, str]
    own: Mapping[NodeId, str]
    withdrawn: tuple[tuple[Kind, str], ...]


def reconcile(
    records: Iterable[Record], contains: Contains, decisions: Sequence[Decision], ledger: Ledger, build: int
) -> Reconciled:
    """Who is who; new nodes get their keys in ``build``; ``contains`` tells whether one territory holds another."""
    nodes: dict[NodeId, Thing] = {node: thing for record in records for node, thing in things(record)}
    known = ledger.with_nodes(((node, KINDS[type(thing)]) for node, thing in nodes.items()), build)
    participations = {node: thing for node, thing in nodes.items() if isinstance(thing, Participation)}
    others = {node: thing for node, thing in nodes.items() if node not in participations}
    first = cluster(others, links(others, contains), decisions, conflict, known)
    keys = _keys(first)
    clusters = (*first, *participation_clusters(participations, keys, known))
    gone = sorted((entry.kind, entry.key) for node, entry in known.entries.items() if node not in nodes)
    return Reconciled(
        clusters=clusters,
        ledger=known,
        canonical=_keys(clusters),
        own={node: known.entries[node].key for node in nodes},
        withdrawn=tuple(gone),
    )


def _keys(clusters: Iterable[Cluster]) -> dict[NodeId, str]:
    return {member: found.key for found in clusters for member in found.members}
