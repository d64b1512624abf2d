"""What a source hands over, read but not yet understood."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """A delimited text file with a header row; UTF-8 with or without a mark, else Windows-1252.

    What else a source does to its file is declared, never guessed. ``encoded_by_line``: each line is one or the other
    by itself. ``saved_within``: the whole file was saved once more under this delimiter, its lines cut and quoted by
    it. ``amount`` is a column whose decimal comma is not quoted, ``prose`` are columns whose commas are not: the cells
    of a row that has too many are put together again where they fit in one way (a comma before a blank is prose). A
    row that does not fit stays as it is, with what is too much under ``(colonne N)``.
    """

    name: str
    delimiter: str = ","
    encoded_by_line: bool = False
    saved_within: str | None = None
    amount: str | None = None
    prose: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class XlsxFile:
    """One sheet of a workbook; ``header`` is the row that names its columns, those above it are titles."""

    name: str
    sheet: str
    header: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class XlsFile:
    """One sheet of a workbook in the binary format of before 2007; ``header`` as in :class:`XlsxFile`."""

    name: str
    sheet: str
    header: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonFile:
    """A JSON document; ``records`` are the keys that lead to its list of records (``("features",)`` in GeoJSON).

    Nested objects become dotted columns (``properties.name``), lists of plain values are joined by semicolons, lists of
    objects stay JSON text.
    """

    name: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile:
    """A YAML document whose top level maps each record's key to its fields; the key is the column ``(clé)``."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page's text; its sections are its columns and the page is one row. A section may be missing."""

    name: str


DataFile = CsvFile | XlsxFile | XlsFile | JsonFile | YamlFile | TextPage


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
