"""A record told in RDF: its own statements, and what there is to say of it as a record."""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from sys import intern

from cis_graph.mapping.source import Source
from cis_graph.model.records import Record
from cis_graph.rdf.documents import record_document
from cis_graph.rdf.iris import VOID, Iris
from cis_graph.rdf.provenance import Seen, description_lines, record_lines, snapshot_iri
from cis_graph.rdf.quads import Context, lines_by_graph, split_lines
from cis_graph.rdf.statements import statement, typed

_BATCH = 500  # records told at once
_FAST = 1  # of zlib's levels: a tenth of the size already


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a record says: its statements in its own graph, packed, how many they are, and the sha256 of its state."""

    packed: bytes = field(repr=False)
    size: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A resolved record with its statements as N-Quads lines, in its own graph and about it.

    A build holds all records at once: their statements are packed, and what follows from the record is made anew.
    ``made_of`` names all that the record follows from, wherever it stood.
    """

    iri: str
    record: Record
    source: Source
    seen: Seen
    iris: Iris
    said: Said
    made_of: bytes = b""

    @property
    def lines(self) -> bytes:
        """What it says, in its own graph: sorted lines without the last line end."""
        return zlib.decompress(self.said.packed)

    @property
    def statements(self) -> set[str]:
        """What it says, in its own graph."""
        return split_lines(self.lines.decode("utf-8"))

    @property
    def provenance(self) -> frozenset[str]:
        """What there is to say of it as a record, and of its graph."""
        size = statement(self.iri, f"{VOID}triples", typed(str(self.said.size), "integer"))
        return frozenset((size, *record_lines(self.record, self.seen, self.iris)))

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
            state = _state(record, statements, iris)
            yield Said(packed=zlib.compress(statements, _FAST), size=len(said), state=state)


def tell(
    record: Record,
    said: Said,
    source: Source,
    iris: Iris,
    at: str,
    *,
    made_of: bytes = b"",
    earlier: Callable[[str], str | None] = lambda _: None,
) -> Told:
    """A record of a source that was harvested ``at`` a time; ``made_of`` as for :class:`Told`.

    ``earlier`` gives when a record's state was first seen, by its IRI: a record that stays as it was keeps its
    snapshot, whatever else its source changes.
    """
    iri = iris.record(record.contributor, record.key)
    seen = Seen(sha256=said.state, at=intern(earlier(snapshot_iri(iri, said.state)) or at))
    return Told(iri=iri, record=record, source=source, seen=seen, iris=iris, said=said, made_of=made_of)


def _state(record: Record, statements: bytes, iris: Iris) -> str:
    """The sha256 of all that a record says and all that is said of it."""
    digest = hashlib.sha256(statements)
    digest.update("\n".join(description_lines(record, iris)).encode("utf-8"))
    return digest.hexdigest()
