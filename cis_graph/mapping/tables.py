"""What a source hands over, read but not yet understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cis_graph.mapping.origins import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file by its name in a snapshot; ``at`` is where a harvest gets it, None where people hand it over."""

    name: str
    at: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile(_File):
    """A delimited text file with a header row; UTF-8 with or without a mark, else Windows-1252.

    What else a source does to its file is declared, never guessed. ``encoded_by_line``: each line is one or the other
    by itself. ``saved_within``: the whole file was saved once more under this delimiter, its lines cut and quoted by
    it. ``amount`` is a column whose decimal comma is not quoted, ``prose`` are columns whose commas are not: the cells
    of a row that has too many are put together again where they fit in one way (a comma before a blank is prose). A
    row that does not fit stays as it is, with what is too much under ``(colonne N)``.
    """

    delimiter: str = ","
    encoded_by_line: bool = False
    saved_within: str | None = None
    amount: str | None = None
    prose: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class XlsxFile(_File):
    """One sheet of a workbook; ``header`` is the row that names its columns, those above it are titles."""

    sheet: str
    header: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class XlsFile(_File):
    """One sheet of a workbook in the binary format of before 2007; ``header`` as in :class:`XlsxFile`."""

    sheet: str
    header: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonFile(_File):
    """A JSON document; ``records`` are the keys that lead to its list of records (``("features",)`` in GeoJSON).

    Nested objects become dotted columns (``properties.name``), lists of plain values are joined by semicolons, lists of
    objects stay JSON text.
    """

    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile(_File):
    """A YAML document whose top level maps each record's key to its fields; the key is the column ``(clé)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage(_File):
    """A page's text; its sections are its columns and the page is one row. A section may be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLinesFile(_File):
    """One JSON object a line; its columns are those of :class:`JsonFile`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlFile(_File):
    """An XML document whose elements named ``record`` (without namespace) are its records, however deep they stand.

    Elements within a record become dotted columns, attributes come after ``@`` (``place.@code``), what is repeated is
    joined by semicolons.
    """

    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFile(_File):
    """An RSS or Atom feed; its columns are id, title, link, published, updated, summary, author and categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesFile(_File):
    """HTML pages that hold schema.org items of one type, as JSON-LD or microdata; one row each.

    Columns are those of :class:`JsonFile`, and ``(adresse)``, the page's address where it is known.
    """

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RdfFile(_File):
    """RDF in one syntax; one row for each subject of the class ``record`` (an IRI).

    Columns are the predicates' IRIs and ``(IRI)``; what is repeated is joined by semicolons, a blank node's own
    predicates stand after a dot.
    """

    syntax: Literal["ttl", "nt", "rdf", "jsonld", "trig", "nq", "n3"]
    record: str


DataFile = (
    CsvFile
    | XlsxFile
    | XlsFile
    | JsonFile
    | JsonLinesFile
    | YamlFile
    | XmlFile
    | FeedFile
    | PagesFile
    | RdfFile
    | TextPage
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows as text under the source's own column names; ``rows[0]`` is row 1, blank rows are kept."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of a page, lines separated by a newline."""

    text: str


Content = Table | PageText
