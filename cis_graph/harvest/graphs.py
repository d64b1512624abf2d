"""RDF files to rows: one for each subject of a class."""

from collections.abc import Iterator

from cis_graph.harvest.structured import table_of
from cis_graph.mapping.tables import RdfFile, Table
from cis_graph.rdf.subjects import subjects_of

IRI = "(IRI)"
_BASE = "urn:source:"  # of relative IRIs in a file that names no base


def rdf_table(file: RdfFile, data: bytes) -> Table:
    """The subjects of the declared class, one row each.

    Raises:
        SourceFault: the data are not of the declared syntax.
    """
    found = subjects_of(file.name, data, file.syntax, file.record, _BASE)
    return table_of(file.name, (_cells(said) for said in found))


def _cells(said: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((column or IRI, ";".join(texts)) for column, texts in said.items())
