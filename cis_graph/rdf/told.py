"""A record told in RDF: its own statements, and what there is to say of it as a record."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cis_graph.mapping.source import Source
from cis_graph.model.records import Record
from cis_graph.rdf.documents import record_document
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.provenance import Seen, record_lines
from cis_graph.rdf.quads import Context, lines_by_graph, split_lines

_BATCH = 500  # records told at once
_FAST = 1  # of zlib's levels: a tenth of the size already


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A resolved record with its statements as N-Quads lines, in its own graph and about it.

    A build holds all records at once: their statements are packed, and what follows from the record is made anew.
    """

    iri: str
    record: Record
    source: Source
    seen: Seen
    iris: Iris
    packed: bytes = field(repr=False)

    @property
    def statements(self) -> set[str]:
        """What it says, in its own graph."""
        return split_lines(zlib.decompress(self.packed).decode("utf-8"))

    @property
    def provenance(self) -> frozenset[str]:
        """What there is to say of it as a record."""
        return frozenset(record_lines(self.record, self.seen, self.iris))


def tell(records: Sequence[Record], source: Source, seen: Seen, context: Context, iris: Iris) -> Iterable[Told]:
    """The records of one harvest of one source."""
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        graphs = lines_by_graph(context.quads((record_document(record, iris) for record in batch), iris.base))
        for record in batch:
            iri = iris.record(record.contributor, record.key)
            statements = "\n".join(sorted(graphs.get(iri, ())))
            packed = zlib.compress(statements.encode("utf-8"), _FAST)
            yield Told(iri=iri, record=record, source=source, seen=seen, iris=iris, packed=packed)
