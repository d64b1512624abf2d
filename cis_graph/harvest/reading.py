"""Bytes of a data file to rows of text."""

import csv
import io
from collections.abc import Mapping, Sequence

from python_calamine import CalamineError, CalamineWorkbook

from cis_graph.errors import SourceFault
from cis_graph.mapping.tables import Content, CsvFile, DataFile, PageText, Table, XlsxFile

LARGEST_FILE = 200 * 1024 * 1024  # bytes
_LARGEST_CELL = 1024 * 1024  # characters


def read(file: DataFile, data: bytes) -> Content:
    """The content of one data file.

    Raises:
        SourceFault: too large, unreadable, no such sheet, no header, or a header that names a column twice.
    """
    if len(data) > LARGEST_FILE:
        raise SourceFault(f"{file.name}: {len(data)} bytes, at most {LARGEST_FILE} are read; cut it in parts")
    if isinstance(file, CsvFile):
        return _table(file.name, _csv_rows(file, data))
    if isinstance(file, XlsxFile):
        return _table(file.name, _xlsx_rows(file, data))
    return PageText(text=_text(data))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _csv_rows(file: CsvFile, data: bytes) -> Sequence[Sequence[str]]:
    csv.field_size_limit(_LARGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(_text(data), newline=""), delimiter=file.delimiter, strict=True))
    except csv.Error as error:
        raise SourceFault(f"{file.name}: not readable as CSV: {error}; see its quotes and its delimiter") from error


def _xlsx_rows(file: XlsxFile, data: bytes) -> Sequence[Sequence[str]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if file.sheet not in workbook.sheet_names:
            raise SourceFault(f'{file.name}: no sheet "{file.sheet}"; it has {", ".join(workbook.sheet_names)}')
        rows = workbook.get_sheet_by_name(file.sheet).to_python()
    except (CalamineError, OSError) as error:
        raise SourceFault(f"{file.name}: not readable as a workbook: {error}; save it again as .xlsx") from error
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _table(name: str, rows: Sequence[Sequence[str]]) -> Table:
    if not rows or not any(rows[0]):
        raise SourceFault(f"{name}: no header row; the first row must name the columns")
    columns = tuple(rows[0])
    named = [column for column in columns if column.strip()]
    twice = sorted({column for column in named if named.count(column) > 1})
    if twice:
        raise SourceFault(f"{name}: the header names twice: {', '.join(twice)}; give each column its own name")
    return Table(columns=tuple(named), rows=tuple(_row(columns, row) for row in rows[1:]))


def _row(columns: Sequence[str], row: Sequence[str]) -> Mapping[str, str]:
    return {column: cell for column, cell in zip(columns, row, strict=False) if column.strip()}
