"""Bytes of a data file to rows of text."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from cis_graph.errors import SourceFault
from cis_graph.harvest.commas import mended
from cis_graph.harvest.embedded import pages_table
from cis_graph.harvest.feeds import feed_table
from cis_graph.harvest.graphs import rdf_table
from cis_graph.harvest.old_workbook import old_rows
from cis_graph.harvest.parts import Part, parted
from cis_graph.harvest.structured import json_lines_table, json_table, yaml_table
from cis_graph.harvest.texts import decoded
from cis_graph.harvest.trees import xml_table
from cis_graph.mapping.origins import Counted, NumberedPages, OaiPmh, Sitemap
from cis_graph.mapping.tables import (
    Content,
    CsvFile,
    DataFile,
    FeedFile,
    JsonFile,
    JsonLinesFile,
    PagesFile,
    PageText,
    RdfFile,
    Table,
    TextPage,
    XlsFile,
    XlsxFile,
    XmlFile,
    YamlFile,
)

LARGEST_FILE = 200 * 1024 * 1024  # bytes
_LARGEST_CELL = 1024 * 1024  # characters
_LARGEST_SHEET = 10_000_000  # cells from the first to the farthest
_UNREADABLE = (zipfile.BadZipFile, zlib.error, CalamineError, OSError, EOFError, NotImplementedError, RuntimeError)
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,3})([0-9]+)""")  # of a row or a cell


def read(file: DataFile, data: bytes) -> Content:
    """The content of one data file.

    Raises:
        SourceFault: too large, unreadable, no such sheet, no header, or a header that names a column twice.
    """
    if len(data) > LARGEST_FILE:
        raise SourceFault(f"{file.name}: {len(data)} bytes, at most {LARGEST_FILE} are read; cut it in parts")
    if isinstance(file, PagesFile):
        return pages_table(file, parted(file.name, data) if isinstance(file.at, _SEVERAL) else (Part("", data),))
    if isinstance(file.at, _SEVERAL):
        return _one_table(file.name, [_content(file, part.data) for part in parted(file.name, data)])
    return _content(file, data)


def _content(file: DataFile, data: bytes) -> Content:
    table: Callable[[Any, bytes], Content] = _READERS[type(file)]
    return table(file, data)


def _one_table(name: str, contents: Sequence[Content]) -> Table:
    tables = [content for content in contents if isinstance(content, Table)]
    if len(tables) < len(contents):
        raise SourceFault(f"{name}: a page's text has no rows; declare one address, or pages that hold items")
    columns = dict.fromkeys(column for table in tables for column in table.columns)
    return Table(columns=tuple(columns), rows=tuple(row for table in tables for row in table.rows))


def _csv_table(file: CsvFile, data: bytes) -> Table:
    return _table(file.name, _csv_rows(file, data))


def _xlsx_table(file: XlsxFile, data: bytes) -> Table:
    return _table(file.name, _xlsx_rows(file, data)[file.header - 1 :])


def _xls_table(file: XlsFile, data: bytes) -> Table:
    return _table(file.name, old_rows(file, data)[file.header - 1 :])


def _page(_: TextPage, data: bytes) -> PageText:
    return PageText(text=decoded(data))


def _csv_rows(file: CsvFile, data: bytes) -> Sequence[Sequence[str]]:
    text = "".join(map(decoded, data.splitlines(keepends=True))) if file.encoded_by_line else decoded(data)
    if within := file.saved_within:
        text = "\n".join(within.join(line).rstrip(within) for line in _cells(file.name, text, within))
    return mended(file, _cells(file.name, text, file.delimiter))


def _cells(name: str, text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_LARGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(lines)
    except csv.Error as error:
        at = lines.line_num
        raise SourceFault(
            f"{name}, line {at}: not readable as CSV: {error}; see its quotes and its delimiter",
            french=f"{name}, ligne {at} : CSV illisible ({error}), voyez ses guillemets et son séparateur",
        ) from error


def sheets_of(name: str, data: bytes) -> tuple[str, ...]:
    """The names of a workbook's sheets.

    Raises:
        SourceFault: too large, or no workbook.
    """
    try:
        return tuple(CalamineWorkbook.from_filelike(_unpacked(name, data)).sheet_names)
    except _UNREADABLE as error:
        raise _no_workbook(name, error) from error


def _no_workbook(name: str, error: Exception) -> SourceFault:
    return SourceFault(
        f"{name}: not readable as a workbook: {error}; save it again as .xlsx",
        french=f"{name} n'est pas un classeur lisible : enregistrez-le de nouveau en .xlsx",
    )


def _xlsx_rows(file: XlsxFile, data: bytes) -> Sequence[Sequence[str]]:
    try:
        workbook = CalamineWorkbook.from_filelike(_unpacked(file.name, data))
        if file.sheet not in workbook.sheet_names:
            raise SourceFault(f'{file.name}: no sheet "{file.sheet}"; it has {", ".join(workbook.sheet_names)}')
        rows = workbook.get_sheet_by_name(file.sheet).to_python()
    except _UNREADABLE as error:
        raise _no_workbook(file.name, error) from error
    return [[_cell(value) for value in row] for row in rows]


def _unpacked(name: str, data: bytes) -> io.BytesIO:
    """The workbook's members as they are, none of them a bomb; calamine would unpack all and fill a sheet's gaps."""
    file = io.BytesIO()
    left = LARGEST_FILE
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for member in given.infolist():
            left -= member.file_size  # no more is read, whatever the member holds
            if left < 0:
                raise SourceFault(f"{name}: unpacks to more than {LARGEST_FILE} bytes; cut it in parts")
            if member.filename in made.NameToInfo:
                raise zipfile.BadZipFile(f"two members named {member.filename}")
            content = given.read(member)
            _check_extent(name, content)
            made.writestr(member.filename, content)
    file.seek(0)
    return file


def _check_extent(name: str, content: bytes) -> None:
    width, height = 1, 1
    for letters, digits in _REFERENCE.findall(content):
        width = max(width, _column_number(letters))
        height = max(height, int(digits[:8]))
    if width * height > _LARGEST_SHEET:
        raise SourceFault(f"{name}: a sheet of {width} columns and {height} rows; clear what lies far from the others")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _table(name: str, rows: Sequence[Sequence[str]]) -> Table:
    if not rows or not any(rows[0]):
        raise SourceFault(
            f"{name}: no header row; the first row must name the columns",
            french=f"{name} n'a pas de ligne d'en-tête : la première ligne doit nommer les colonnes",
        )
    columns = tuple(_columns(rows))
    named = [column for column in columns if column]
    twice = sorted({column for column in named if named.count(column) > 1})
    if twice:
        raise SourceFault(
            f"{name}: the header names twice: {', '.join(twice)}; give each column its own name",
            french=f"{name} : deux colonnes portent le nom {', '.join(twice)}",
        )
    return Table(columns=tuple(named), rows=tuple(_row(columns, row) for row in rows[1:]))


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The header's names; a nameless column that holds something is named by its number, so that it is noticed."""
    header = rows[0]
    used = {
        number
        for row in rows[1:]
        for number, cell in enumerate(row, 1)
        if _is_nameless(header, number) and cell.strip()
    }
    for number in range(1, max((len(header), *used)) + 1):
        if not _is_nameless(header, number):
            yield header[number - 1]
        else:
            yield f"(colonne {number})" if number in used else ""


def _is_nameless(header: Sequence[str], number: int) -> bool:
    return number > len(header) or not header[number - 1].strip()


def _row(columns: Sequence[str], row: Sequence[str]) -> Mapping[str, str]:
    return {column: cell for column, cell in zip(columns, row, strict=False) if column}


_SEVERAL = NumberedPages | Counted | OaiPmh | Sitemap
_READERS: Mapping[type[DataFile], Callable[[Any, bytes], Content]] = {
    CsvFile: _csv_table,
    XlsxFile: _xlsx_table,
    XlsFile: _xls_table,
    JsonFile: json_table,
    JsonLinesFile: json_lines_table,
    YamlFile: yaml_table,
    XmlFile: xml_table,
    FeedFile: feed_table,
    RdfFile: rdf_table,
    TextPage: _page,
}
