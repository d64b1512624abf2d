"""A record told in RDF: its own statements, and what there is to say of it as a record."""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Protocol

from cis_graph.mapping.source import Source
from cis_graph.model.nodes import NodeId, things
from cis_graph.model.quality import Quality
from cis_graph.model.records import Record
from cis_graph.rdf.documents import record_document
from cis_graph.rdf.iris import VOID, Iris
from cis_graph.rdf.provenance import Seen, description_lines, snapshot_iri, snapshot_lines
from cis_graph.rdf.quads import Context, lines_by_graph, split_lines
from cis_graph.rdf.statements import statement, typed

Measured = tuple[tuple[str, Quality, Quality], ...]  # a project's node, its quality, that if others tell of it too

_BATCH = 500  # records told at once
_APART = b"\n\n"  # stands between what describes a record and what it says: no line is empty
_FAST = 1  # of zlib's levels: a tenth of the size already


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a record says and what describes it, packed, how many statements it makes, and the sha256 of its state."""

    packed: bytes = field(repr=False)
    size: int
    state: str


class Body(Protocol):
    """A record and all that is said in it, wherever they are."""

    @property
    def record(self) -> Record:
        """The record; where it stood may be left out."""

    @property
    def packed(self) -> bytes:
        """The same as :attr:`Said.packed`."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record and all that is said in it, held in memory."""

    record: Record
    packed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A resolved record with its statements as N-Quads lines, in its own graph and about it.

    A build goes through all records several times: what it asks of each is here, the rest is read where ``body`` has
    it. ``nodes`` are the record's, ``size`` is how many statements it makes, ``made_of`` names all that the record
    follows from, wherever it stood. ``quality`` is that of its projects, where it was measured.
    """

    iri: str
    contributor: str
    key: str
    rows: tuple[int, ...]
    files: tuple[str, ...]
    nodes: tuple[NodeId, ...]
    source: Source
    seen: Seen
    size: int
    body: Body
    made_of: bytes = b""
    quality: Measured = ()

    @property
    def record(self) -> Record:
        """The record itself, where it stands."""
        return replace(self.body.record, rows=self.rows, files=self.files)

    @property
    def lines(self) -> bytes:
        """What it says, in its own graph: sorted lines without the last line end."""
        return zlib.decompress(self.body.packed).partition(_APART)[2]

    @property
    def statements(self) -> set[str]:
        """What it says, in its own graph."""
        return split_lines(self.lines.decode("utf-8"))

    @property
    def provenance(self) -> frozenset[str]:
        """What there is to say of it as a record, and of its graph."""
        described = zlib.decompress(self.body.packed).partition(_APART)[0].decode("utf-8")
        size = statement(self.iri, f"{VOID}triples", typed(str(self.size), "integer"))
        return frozenset((size, *described.split("\n"), *snapshot_lines(self.iri, self.seen)))

    @property
    def name(self) -> bytes:
        """What all its statements and its provenance follow from."""
        return f"{self.iri} {self.seen.sha256} {self.seen.at}".encode()


def say(records: Sequence[Record], context: Context, iris: Iris) -> Iterable[Said]:
    """What some records say."""
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        graphs = lines_by_graph(context.quads((record_document(record, iris) for record in batch), iris.base))
        for record in batch:
            said = graphs.get(iris.record(record.contributor, record.key), set())
            statements = "\n".join(sorted(said)).encode("utf-8")
            described = "\n".join(description_lines(record, iris)).encode("utf-8")
            state = hashlib.sha256(statements + described).hexdigest()
            packed = zlib.compress(described + _APART + statements, _FAST)
            yield Said(packed=packed, size=len(said), state=state)


def tell(record: Record, said: Said, source: Source, iris: Iris, at: str, *, made_of: bytes = b"") -> Told:
    """A record of a source that was harvested ``at`` a time; ``made_of`` as for :class:`Told`."""
    iri = iris.record(record.contributor, record.key)
    return Told(
        iri=iri,
        contributor=record.contributor,
        key=record.key,
        rows=record.rows,
        files=record.files,
        nodes=tuple(node for node, _ in things(record)),
        source=source,
        seen=seen(iri, said.state, at),
        size=said.size,
        body=Held(record, said.packed),
        made_of=made_of,
    )


def seen(iri: str, state: str, at: str, earlier: Callable[[str], str | None] = lambda _: None) -> Seen:
    """When a state of a record was seen: ``at`` a time, or ``earlier`` by its IRI.

    A record that stays as it was keeps its snapshot, whatever else its source changes.
    """
    return Seen(sha256=state, at=intern(earlier(snapshot_iri(iri, state)) or at))
