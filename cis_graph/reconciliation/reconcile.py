"""All record nodes to clusters, each with its canonical key."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cis_graph.model.nodes import KINDS, NodeId, things
from cis_graph.model.records import Kind, Participation, Record
from cis_graph.reconciliation.clusters import Cluster, cluster
from cis_graph.reconciliation.decisions import Decision, in_force
from cis_graph.reconciliation.hearing import Heard, Joined
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.links import Link
from cis_graph.reconciliation.matching import Matched, Matcher
from cis_graph.reconciliation.participations import participation_clusters
from cis_graph.reconciliation.withdrawn import with_gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """Clusters of every kind that somebody tells of.

    ``canonical`` and ``own`` give each node its cluster's key and its own. ``redirects`` are (kind, key, canonical key)
    of withdrawn nodes whose cluster lives on; ``withdrawn`` are (kind, key) of those whose cluster is gone with them.
    ``decisions`` are those that were heard, and ``unsure`` the pairs in two clusters that only a person can tell.
    """

    clusters: tuple[Cluster, ...]
    ledger: Ledger
    canonical: Mapping[NodeId, str]
    own: Mapping[NodeId, str]
    redirects: tuple[tuple[Kind, str, str], ...]
    withdrawn: tuple[tuple[Kind, str], ...]
    decisions: tuple[Decision, ...]
    unsure: tuple[Link, ...]


def reconcile(
    records: Iterable[Record], matcher: Matcher, decisions: Sequence[Decision], ledger: Ledger, build: int
) -> Reconciled:
    """Who is who in some records; new nodes get their keys in ``build``."""
    nodes, heard = {node: thing for record in records for node, thing in things(record)}, Heard()
    for node, thing in nodes.items():
        heard.hear(node, type(thing), Joined.of(thing))
    return reconciled(heard, lambda: matcher.match(nodes, decisions), decisions, ledger, build)


def reconciled(
    heard: Heard,
    matching: Callable[[], Matched],
    decisions: Sequence[Decision],
    ledger: Ledger,
    build: int,
    then: Callable[[], None] = lambda: None,
) -> Reconciled:
    """Who is who in what was heard, and is let go; how it was matched is asked for once the ledger knows all of it.

    ``then`` is called as soon as that is known: matching is what all else waits for.
    """
    nodes = heard.kinds
    known = ledger.with_nodes(((node, KINDS[kind]) for node, kind in nodes.items()), build)
    others = {node: kind for node, kind in nodes.items() if kind is not Participation}
    own = {node: known.entries[node].key for node in nodes}
    matched = matching()
    then()
    first = cluster(others, matched.links, decisions, matched.mark, known)
    every = (*first, *participation_clusters(heard.participations, _keys(first), known))
    apart = {pair for pair, said in in_force(decisions).items() if not said.same}
    clusters, lost = with_gone(every, known, apart)
    canonical = _keys(clusters)
    heard.forget_all()
    return Reconciled(
        clusters=clusters,
        ledger=known.with_homes(canonical),
        canonical={node: key for node, key in canonical.items() if node in own},
        own=own,
        redirects=tuple(sorted(_redirects(clusters, known))),
        withdrawn=tuple(sorted((known.entries[n].kind, known.entries[n].key) for found in lost for n in found.gone)),
        decisions=tuple(decisions),
        unsure=tuple(_open(matched.unsure, canonical, decisions)),
    )


def _open(unsure: Iterable[Link], keys: Mapping[NodeId, str], decisions: Iterable[Decision]) -> Iterable[Link]:
    decided = in_force(decisions)
    for link in unsure:
        if keys[link.first] != keys[link.second] and frozenset((link.first, link.second)) not in decided:
            yield link


def _redirects(clusters: Iterable[Cluster], ledger: Ledger) -> Iterable[tuple[Kind, str, str]]:
    for found in clusters:
        for entry in (ledger.entries[node] for node in found.gone):
            if entry.key != found.key:
                yield entry.kind, entry.key, found.key


def _keys(clusters: Iterable[Cluster]) -> dict[NodeId, str]:
    return {member: found.key for found in clusters for member in (*found.members, *found.gone)}
