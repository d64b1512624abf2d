"""A record told in RDF: its own statements, and what there is to say of it as a record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cis_graph.mapping.source import Source
from cis_graph.model.records import Record
from cis_graph.rdf.documents import record_document
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.provenance import Seen, record_lines
from cis_graph.rdf.quads import Context, lines_by_graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A resolved record with its statements as N-Quads lines, in its own graph and about it."""

    iri: str
    record: Record
    source: Source
    statements: frozenset[str]
    provenance: frozenset[str]


def tell(records: Sequence[Record], source: Source, seen: Seen, context: Context, iris: Iris) -> Iterable[Told]:
    """The records of one harvest of one source."""
    graphs = lines_by_graph(context.quads((record_document(record, iris) for record in records), iris.base))
    for record in records:
        iri = iris.record(record.contributor, record.key)
        yield Told(
            iri=iri,
            record=record,
            source=source,
            statements=frozenset(graphs.get(iri, ())),
            provenance=frozenset(record_lines(record, seen, iris)),
        )
