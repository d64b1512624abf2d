"""The body of a push: CSV, JSON, or RDF in our own words, whatever shape the source has elsewhere."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cis_graph.errors import SourceFault
from cis_graph.harvest.pushed import Files, rows_file, told_file
from cis_graph.harvest.reading import read
from cis_graph.harvest.texts import delimiter_of
from cis_graph.mapping.row import SourceRow
from cis_graph.mapping.source import Mapper
from cis_graph.mapping.tables import CsvFile, DataFile, JsonFile, Table
from cis_graph.model.gate import Handed
from cis_graph.rdf.iris import Iris

RDF_KINDS: Final = frozenset({"ttl", "nt", "jsonld", "rdf", "trig", "nq"})


def pushed_files(mapper: Mapper, handed: Handed, iris: Iris) -> Files:
    """What was handed over as a push keeps it; ``handed`` names one file of the source, or is of its only one.

    Raises:
        SourceFault: it cannot be read as its kind, or is of no file of the source.
    """
    ((name, data),) = handed.files.items()
    if handed.kind in RDF_KINDS:
        return told_file("RDF", data, handed.kind, iris)
    number = _number(mapper, name)
    file, row_class = mapper.source.data[number], mapper.rows[number]
    table = _csv(file, data) if handed.kind == "csv" else _json(file, data)
    return rows_file(file, _filled(table, row_class) if handed.kind == "json" else table)


def _number(mapper: Mapper, name: str) -> int:
    names = [file.name for file in mapper.source.data]
    if name in names:
        return names.index(name)
    if len(names) == 1 and not name:
        return 0
    raise SourceFault(
        f'"{name}" is no file of {mapper.source.slug}; name one with ?file=: {", ".join(names)}',
        french=f"« {name} » n'est pas un fichier de la source ; nommez-le par ?file= : {', '.join(names)}",
    )


def _csv(file: DataFile, data: bytes) -> Table:
    shape = file if isinstance(file, CsvFile) else CsvFile(name=file.name, delimiter=delimiter_of(data))
    return _as_rows(read(replace(shape, at=None), data))


def _json(file: DataFile, data: bytes) -> Table:
    """A list of objects, one object, or the document that the source hands over elsewhere."""
    name = file.name
    if isinstance(file, JsonFile) and file.records:
        try:
            return _as_rows(read(replace(file, at=None), data))
        except SourceFault:
            pass  # a plain list, then
    if data.lstrip()[:1] == b"{":
        data = b"[" + data.strip() + b"]"
    return _as_rows(read(JsonFile(name=name), data))


def _as_rows(content: object) -> Table:
    if not isinstance(content, Table):
        raise SourceFault("a page has no rows; push its sections as JSON", french="une page n'a pas de lignes")
    return content


def _filled(table: Table, row_class: type[SourceRow]) -> Table:
    """An object that leaves a field out has nothing there, where a record may do without."""
    left_out = sorted((row_class.soft() | row_class.optional) - set(table.columns))
    return Table(columns=(*table.columns, *left_out), rows=table.rows)


def kind_of(name: str, data: bytes) -> str:
    """What a file is, by its name's ending, else by how it begins."""
    ending = name.rpartition(".")[2].lower()
    known: Mapping[str, str] = {"csv": "csv", "json": "json", "geojson": "json", "jsonld": "jsonld", "ttl": "ttl",
                                "nt": "nt", "rdf": "rdf", "trig": "trig", "nq": "nq"}  # fmt: skip
    return known.get(ending) or ("json" if data.lstrip()[:1] in {b"{", b"["} else "csv")
