"""The ledger: a key for every record node at first sight, never given twice, kept in an append-only log.

The log also keeps under which canonical key each node was last published (its home), so that a node that is withdrawn
still leads to what it was merged with.
"""

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import Any, Self

from cis_graph.errors import ReleaseFault
from cis_graph.model.nodes import KINDS, NodeId
from cis_graph.model.records import Kind

KEY_LENGTH = 10  # base32 characters: 50 bits
_AT_ONCE = 1_000  # lines
_KINDS: Mapping[str, Kind] = {kind: kind for kind in KINDS.values()}


@dataclass(frozen=True, slots=True)
class Entry:
    """A node's key, its kind, and the number of the build that first saw it."""

    key: str
    kind: Kind
    first_seen: int

    @property
    def age(self) -> tuple[int, str]:
        """Oldest first; ties in one build by key."""
        return (self.first_seen, self.key)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every node ever seen with its entry, and its home where that is not its own key."""

    entries: Mapping[NodeId, Entry]
    homes: Mapping[NodeId, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The ledger rebuilt from its log; empty where there is none. A last line cut by a crash is left out.

        Raises:
            ReleaseFault: a line inside the log is damaged, or gives a node or a key a second time.
        """
        entries: dict[NodeId, Entry] = {}
        homes: dict[NodeId, str] = {}
        keys: set[str] = set()
        for number, (node, said) in enumerate(_parsed(path), 1):
            if isinstance(said, str):
                homes[node] = said
                continue
            if node in entries or said.key in keys:
                raise ReleaseFault(f"{path} line {number}: {said.key} of {node} stands there twice; restore a backup")
            entries[node] = said
            keys.add(said.key)
        return cls(entries, _away(entries, homes))

    def home(self, node: NodeId) -> str:
        """The canonical key under which a node was last published."""
        return self.homes.get(node) or self.entries[node].key

    def with_homes(self, canonical: Mapping[NodeId, str]) -> Self:
        """The ledger that remembers these canonical keys; nodes that are not named keep their home."""
        others = {node: home for node, home in self.homes.items() if node not in canonical}
        return type(self)(self.entries, others | _away(self.entries, canonical))

    def with_nodes(self, nodes: Iterable[tuple[NodeId, Kind]], build: int) -> Self:
        """The ledger that knows these nodes too; those it knew keep their keys."""
        fresh = {node: kind for node, kind in nodes if node not in self.entries}
        entries, taken = dict(self.entries), {entry.key for entry in self.entries.values()}
        for node in sorted(fresh):
            key = _free_key(node, taken)
            taken.add(key)
            entries[node] = Entry(key, fresh[node], build)
        return type(self)(entries, self.homes)

    def append_to(self, path: Path, known: Self) -> int:
        """Writes to the log what ``known`` did not hold, and waits until it is on disk; how many lines."""
        fresh = sorted((entry.age, node) for node, entry in self.entries.items() if node not in known.entries)
        moved = sorted(
            (node, self.home(node))
            for node in self.entries
            if node in known.entries and self.home(node) != known.home(node)
        )
        moved += sorted((node, self.homes[node]) for _, node in fresh if node in self.homes)
        if not fresh and not moved:
            return 0
        path.parent.mkdir(parents=True, exist_ok=True)
        _cut_torn_line(path)
        with path.open("a", encoding="utf-8") as log:
            log.writelines(_entry_line(node, self.entries[node]) for _, node in fresh)
            log.writelines(_home_line(node, home) for node, home in moved)
            log.flush()
            os.fsync(log.fileno())
        return len(fresh) + len(moved)


def mint(node: NodeId, salt: int = 0) -> str:
    """A node's key: a hash of contributor, local id and node name; the base plays no part."""
    text = "\x1f".join((node.contributor, node.record, node.node, *([str(salt)] if salt else [])))
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:KEY_LENGTH]


def _free_key(node: NodeId, taken: set[str]) -> str:
    salt = 0
    while (key := mint(node, salt)) in taken:
        salt += 1
    return key


def _away(entries: Mapping[NodeId, Entry], homes: Mapping[NodeId, str]) -> dict[NodeId, str]:
    return {node: home for node, home in homes.items() if node in entries and entries[node].key != home}


def _entry_line(node: NodeId, entry: Entry) -> str:
    return _line({"key": entry.key, "kind": entry.kind, "first_seen": entry.first_seen}, node)


def _home_line(node: NodeId, home: str) -> str:
    return _line({"home": home}, node)


def _line(said: Mapping[str, str | int], node: NodeId) -> str:
    fields = {**said, "contributor": node.contributor, "record": node.record, "node": node.node}
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _parsed(path: Path) -> Iterator[tuple[NodeId, Entry | str]]:
    """What each whole line of a log says."""
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    for start in range(0, len(lines), _AT_ONCE):
        some = lines[start : start + _AT_ONCE]
        for number, fields in enumerate(_objects(path, start + 1, some), start + 1):
            try:
                node = NodeId(intern(fields["contributor"]), intern(fields["record"]), intern(fields["node"]))
                if "home" in fields:
                    yield node, str(fields["home"])
                else:
                    yield node, Entry(fields["key"], _KINDS[fields["kind"]], fields["first_seen"])
            except (KeyError, TypeError) as error:
                raise _damaged(path, number, error) from error


def _objects(path: Path, first: int, lines: Sequence[bytes]) -> Sequence[Any]:
    """What lines of JSON hold; they are read together, which takes less time, unless one of them is damaged."""
    with suppress(ValueError):
        found: Sequence[Any] = json.loads(b"[%s]" % b",".join(lines))
        if len(found) == len(lines):
            return found
    return [_object(path, number, line) for number, line in enumerate(lines, first)]


def _object(path: Path, number: int, line: bytes) -> object:
    try:
        return json.loads(line)
    except ValueError as error:
        raise _damaged(path, number, error) from error


def _damaged(path: Path, number: int, error: Exception) -> ReleaseFault:
    return ReleaseFault(f"{path} line {number} is damaged ({error}); restore a backup of the ledger")


def _cut_torn_line(path: Path) -> None:
    if not path.exists():
        return
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) != len(data):
        with path.open("r+b") as log:
            log.truncate(len(whole))
