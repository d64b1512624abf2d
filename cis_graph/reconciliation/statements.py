"""Why nodes stand together, as statements: each match with its nodes, its score, its evidence, who decided."""

import hashlib
from collections.abc import Iterable

from cis_graph.rdf.iris import DCTERMS, INSOC, RDF, RDFS, Iris
from cis_graph.rdf.statements import iri, statement, text, typed
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.links import CERTAIN, Link
from cis_graph.reconciliation.reconcile import Reconciled

MATCH = "#match-"  # after the IRI of an entity: the beginning of the name of each of its matches
_TELLING = 0.1  # nats: what weighs less is not told


def match_lines(found: Reconciled, iris: Iris) -> Iterable[str]:
    """The matches that stand in each cluster; a later decision on a pair is the one that is told."""
    settled = {frozenset((one.first, one.second)): one for one in found.decisions}
    for cluster in found.clusters:
        members = frozenset(cluster.members)
        for link in cluster.links:
            if link.first in members and link.second in members:
                entity = iris.entity(found.ledger.entries[link.first].kind, cluster.key)
                yield from _match(entity, link, settled.get(frozenset((link.first, link.second))), iris)


def _match(entity: str, link: Link, decision: Decision | None, iris: Iris) -> Iterable[str]:
    name = hashlib.sha256(f"{link.first}\x1f{link.second}\x1f{link.reason}".encode()).hexdigest()[:12]
    match = f"{entity}{MATCH}{name}"
    yield statement(entity, f"{INSOC}mergedThrough", iri(match))
    yield statement(match, f"{RDF}type", iri(f"{INSOC}Match"))
    for node in (link.first, link.second):
        yield statement(match, f"{INSOC}matches", iri(iris.node(node.contributor, node.record, node.node)))
    for said in evidence_of(link):
        yield statement(match, f"{INSOC}evidence", text(said))
    if link.score < CERTAIN:
        yield statement(match, f"{INSOC}score", typed(f"{link.score:.2f}", "decimal"))
    if link.reason == "decision" and decision:
        yield statement(match, f"{DCTERMS}creator", text(decision.by))
        yield statement(match, f"{DCTERMS}date", text(decision.date))
        yield statement(match, f"{RDFS}comment", text(decision.why))


def evidence_of(link: Link) -> Iterable[str]:
    """The slug of a rule or ``decision``; for comparisons ``question level weight`` of each that tells something."""
    if not link.evidence:
        yield link.reason
    for one in link.evidence:
        if abs(one.weight) >= _TELLING and one.level != "unknown":
            yield f"{one.question} {one.level} {one.weight:+.2f}"
