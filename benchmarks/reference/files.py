"""Files written row by row, so that the largest set needs no memory; the same rows give the same bytes."""

import csv
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from xml.sax.saxutils import escape

from benchmarks.reference.habits import FileKind

MOST_ROWS = 20_000  # of one file; the next rows go to another
SHEET = "Projets"
RECORDS = "resultats"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_NAMESPACE = "http://schemas.openxmlformats.org"
_WORKBOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_NAMESPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_NAMESPACE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_NAMESPACE}/spreadsheetml/2006/main" '
    f'xmlns:r="{_NAMESPACE}/officeDocument/2006/relationships"><sheets>'
    f'<sheet name="{SHEET}" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships"><Relationship '
    f'Id="r1" Type="{_NAMESPACE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}


class Sink(Protocol):
    """Takes rows, one after the other."""

    def add(self, row: Mapping[str, Any]) -> None:
        """Writes one row."""

    def close(self) -> None:
        """Finishes the file."""


class CsvSink:
    """A delimited file; what its encoding lacks becomes a question mark."""

    def __init__(self, path: Path, columns: Sequence[str], delimiter: str, encoding: str) -> None:
        self._file = path.open("w", encoding=encoding, errors="replace", newline="")
        self._rows = csv.DictWriter(self._file, columns, delimiter=delimiter, lineterminator="\r\n")
        self._rows.writeheader()

    def add(self, row: Mapping[str, Any]) -> None:
        """Writes one row."""
        self._rows.writerow(row)

    def close(self) -> None:
        """Finishes the file."""
        self._file.close()


class JsonSink:
    """A JSON document with its list of records under one key."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._file.write(f'{{"{RECORDS}": [')
        self._before = "\n"

    def add(self, row: Mapping[str, Any]) -> None:
        """Writes one record."""
        self._file.write(self._before + json.dumps(row, ensure_ascii=False))
        self._before = ",\n"

    def close(self) -> None:
        """Finishes the file."""
        self._file.write("\n]}\n")
        self._file.close()


class XlsxSink:
    """A workbook of one sheet, stored and not packed: packers differ from one machine to the next."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._columns, self._number = columns, 0
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED)
        for name, content in _WORKBOOK.items():
            self._archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), content)
        sheet = zipfile.ZipInfo("xl/worksheets/sheet1.xml", _LONG_AGO)
        self._sheet = self._archive.open(sheet, "w", force_zip64=True)
        self._sheet.write(f'<worksheet xmlns="{_NAMESPACE}/spreadsheetml/2006/main"><sheetData>'.encode())
        self.add({column: column for column in columns})

    def add(self, row: Mapping[str, Any]) -> None:
        """Writes one row."""
        self._number += 1
        cells = "".join(self._cell(place, row.get(column, "")) for place, column in enumerate(self._columns))
        self._sheet.write(f'<row r="{self._number}">{cells}</row>\n'.encode())

    def close(self) -> None:
        """Finishes the file."""
        self._sheet.write(b"</sheetData></worksheet>")
        self._sheet.close()
        self._archive.close()

    def _cell(self, place: int, text: str) -> str:
        if not text:
            return ""
        where = f"{chr(ord('A') + place)}{self._number}"
        return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the files of one kind of row look like; ``delimiter`` and ``encoding`` are those of CSV."""

    kind: FileKind
    columns: Sequence[str]
    delimiter: str
    encoding: str


class Files:
    """The files of one kind of row of a contributor: a new one whenever the last is full."""

    def __init__(self, folder: Path, stem: str, form: Form) -> None:
        self._folder, self._stem, self._form = folder, stem, form
        self._sink: Sink | None = None
        self._rows = 0
        self.names: list[str] = []

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Writes rows that belong together to one file."""
        for row in rows:
            if self._sink is None:
                self._sink = self._next()
            self._sink.add(row)
            self._rows += 1
        if self._rows >= MOST_ROWS:
            self.close()

    def close(self) -> None:
        """Finishes the file under way."""
        if self._sink is not None:
            self._sink.close()
        self._sink, self._rows = None, 0

    def _next(self) -> Sink:
        form = self._form
        name = f"{self._stem}-{len(self.names) + 1:03}.{form.kind}"
        self.names.append(name)
        if form.kind == "json":
            return JsonSink(self._folder / name)
        if form.kind == "xlsx":
            return XlsxSink(self._folder / name, form.columns)
        return CsvSink(self._folder / name, form.columns, form.delimiter, form.encoding)
