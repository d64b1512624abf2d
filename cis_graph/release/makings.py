"""What each entity follows from, by which the next release knows of which it has nothing new to say."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import NamedTuple, Self

from cis_graph.model.nodes import NodeId
from cis_graph.rdf.told import Told
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.links import Evidence, Link
from cis_graph.reconciliation.reconcile import Reconciled

FILE = "makings.json"
_SIZE = 9  # bytes of a digest: twelve letters
_MOST = 1 / 8  # of what there was; where more changed, it costs less to tell all anew

Makings = Mapping[str, str]  # ``kind/key`` of an entity, or of a key that leads to one → a digest


class Follows(NamedTuple):
    """What entities follow from, and which of them (``kind/key``) from something else than they did, where known."""

    makings: dict[str, str]
    changed: AbstractSet[str] | None

    @classmethod
    def of(cls, told: Iterable[Told], found: Reconciled, before: Makings) -> Self:
        """What they follow from now, beside the makings of the release before."""
        known = makings(told, found)
        return cls(known, changed_makings(known, before))


def makings(told: Iterable[Told], found: Reconciled) -> dict[str, str]:
    """What tells each entity from what it was: its records, whom they name, and why they stand together.

    Keys of withdrawn nodes are told by where they lead.
    """
    made = {(one.contributor, one.key): _of_record(one, found) for one in told}
    settled = {frozenset((one.first, one.second)): one for one in found.decisions}
    known: dict[str, str] = {}
    for cluster in found.clusters:
        digest = blake2b(digest_size=_SIZE)
        for node in sorted(cluster.members):
            digest.update(made[node[:2]])
            digest.update(f"{node.node} ".encode())
        for link in cluster.links:
            digest.update(_of_link(link, settled))
        kind = found.ledger.entries[cluster.members[0]].kind
        known[f"{kind}/{cluster.key}"] = _text(digest.digest())
    known.update((f"{kind}/{key}", canonical) for kind, key, canonical in found.redirects)
    known.update((f"{kind}/{key}", "") for kind, key in found.withdrawn)
    return known


def changed_makings(now: Makings, before: Makings) -> set[str] | None:
    """What follows from something else than it did, is new or gone; None where that is not known, or too much."""
    changed = {name for name, made in now.items() if before.get(name) != made} | (before.keys() - now.keys())
    return changed if len(changed) <= len(before) * _MOST else None


def write_makings(place: Path, known: Makings) -> str:
    """Writes them beside the parts of a release; the sha256 of the file."""
    text = json.dumps(known, separators=(",", ":")).encode()
    (place / FILE).write_bytes(text)
    return sha256(text).hexdigest()


def read_makings(place: Path, sha: str) -> Makings:
    """Those that were written beside a release; none where they are not the file of this sha256."""
    path = place / FILE
    text = path.read_bytes() if path.exists() else b""
    if sha256(text).hexdigest() != sha:
        return {}
    known: Makings = json.loads(text)
    return known


def _of_record(told: Told, found: Reconciled) -> bytes:
    """A record with the keys of its nodes: their entities', and their own."""
    digest = blake2b(told.made_of, digest_size=_SIZE)
    for node in told.nodes:
        digest.update(f"{found.canonical[node]} {found.own[node]} ".encode())
    return digest.digest()


def _of_link(link: Link, settled: Mapping[frozenset[NodeId], Decision]) -> bytes:
    nodes = f"{link.first} {link.second} {link.reason} {link.score}".encode()
    if link.reason == "decision":
        return nodes + repr(settled.get(frozenset((link.first, link.second)))).encode()
    return nodes + _of_evidence(link.evidence)


@lru_cache(maxsize=1 << 16)
def _of_evidence(evidence: tuple[Evidence, ...]) -> bytes:
    """What some evidence is known by; many links have the same."""
    return blake2b(repr(evidence).encode(), digest_size=_SIZE).digest()


def _text(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode()
