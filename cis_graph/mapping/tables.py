"""What a source hands over, read but not yet understood."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """A delimited text file with a header row; UTF-8 with or without a mark, else Windows-1252."""

    name: str
    delimiter: str = ","


@dataclass(frozen=True, slots=True, kw_only=True)
class XlsxFile:
    """One sheet of a workbook; its first row is the header."""

    name: str
    sheet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class XlsFile:
    """One sheet of a workbook in the binary format of before 2007; its first row is the header."""

    name: str
    sheet: str


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
