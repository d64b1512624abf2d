"""What people call a thing when they decide on it: a key, an address, a path, or a record node."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from cis_graph.errors import ReleaseFault
from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Kind
from cis_graph.model.terms import Iri
from cis_graph.rdf.iris import Iris
from cis_graph.reconciliation.decisions import node_of
from cis_graph.reconciliation.ledger import KEY_LENGTH, Ledger
from cis_graph.release.backup import LEDGER
from cis_graph.release.shelf import Shelf
from cis_graph.settings import Settings

_KEY = re.compile(rf"(?:/(?:en/)?(?:id/)?(?P<kind>[a-z]+)/)?(?P<key>[a-z2-7]{{{KEY_LENGTH}}})")
_RECORD = re.compile(r"/(?:en/)?(?:id/)?record/([^/]+)/([^#]+)#(.+)")
_FOLLOWS = "participation"  # is one with another where their actors and projects are


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a name leads to: the record node it stands for, the IRI of its entity, and who else is meant by it.

    A canonical key stands for all records of its entity, any other key and any record node for one record.
    """

    kind: Kind
    node: NodeId
    entity: str
    members: tuple[NodeId, ...]


class Naming:
    """Looks names up in the ledger and in the published release."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._iris = settings, Iris(settings.base)
        self._release = Shelf(settings.data).served()

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger.load(self._settings.data / LEDGER)

    def named(self, name: str) -> Named:
        """What a name leads to.

        Raises:
            ReleaseFault: it reads as no name, is unknown, withdrawn, or a participation's.
        """
        node, is_key = self._node(name)
        kind = self._kind(node, name)
        if is_key and (members := self._members(own := self._iris.entity(kind, self._ledger.entries[node].key))):
            return Named(kind=kind, node=node if node in members else members[0], entity=own, members=members)
        return Named(kind=kind, node=node, entity=self._entity(node, name), members=(node,))

    def whole(self, name: str) -> tuple[NodeId, ...]:
        """Every record node of the entity that a name leads to; those that are withdrawn for now come last.

        Raises:
            ReleaseFault: as for :meth:`named`.
        """
        entity = self.named(name).entity
        alive, key = self._members(entity), entity.rpartition("/")[2]
        gone = (node for node in sorted(self._ledger.entries) if self._ledger.home(node) == key and node not in alive)
        return (*alive, *gone)

    def _node(self, name: str) -> tuple[NodeId, bool]:
        """The node, and whether it was named by its key."""
        text = self._path(name.strip())
        if found := _KEY.fullmatch(text):
            by_key = {entry.key: node for node, entry in self._ledger.entries.items()}
            node = by_key.get(found["key"])
            if node is None:
                raise ReleaseFault(f"{name}: no such key; an address of a page ends with its key")
            if found["kind"] and found["kind"] != (kind := self._ledger.entries[node].kind):
                raise ReleaseFault(f"{name}: {found['key']} is the key of one {kind}, not of one {found['kind']}")
            return node, True
        if record := _record(text):
            return record, False
        try:
            return node_of(name.strip()), False
        except ValueError:
            raise ReleaseFault(f"{name}: give a key, an address, /kind/key or contributor/record#node") from None

    def _kind(self, node: NodeId, name: str) -> Kind:
        if node not in self._ledger.entries:
            raise ReleaseFault(f"{name}: no record has ever told of {node}")
        kind = self._ledger.entries[node].kind
        if kind == _FOLLOWS:
            raise ReleaseFault(f"{name}: a participation follows its actor and its project; decide on those")
        return kind

    def _entity(self, node: NodeId, name: str) -> str:
        iri = self._iris.node(node.contributor, node.record, node.node)
        for row in self._release.rows("decisions/described", node=Iri(iri)):
            return row["entity"].value
        raise ReleaseFault(f"{name}: withdrawn; no record of the published release tells of it")

    def _members(self, entity: str) -> tuple[NodeId, ...]:
        rows = self._release.rows("decisions/members", entity=Iri(entity))
        found = (_record(self._path(row["node"].value)) for row in rows)
        return tuple(sorted((node for node in found if node), key=lambda node: self._ledger.entries[node].age))

    def _path(self, name: str) -> str:
        """The path and fragment of an address, of ours under any base or of any server's; else what was given."""
        if name.startswith(self._settings.base):
            return f"/{name.removeprefix(self._settings.base)}"
        if not name.startswith(("http://", "https://")):
            return name
        return f"/{name.partition('://')[2].partition('/')[2]}"


def _record(path: str) -> NodeId | None:
    found = _RECORD.fullmatch(path)
    return NodeId(*map(unquote, found.groups())) if found else None
