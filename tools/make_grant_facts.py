"""Make the bundled facts of two départements' lists of grants from the original files.

The copies have the columns, rows, sheets, encodings, delimiters and unquoted commas of the originals, so that they are
read as the originals are. Conditions and periods of payment are emptied, objects cut to their first words, the persons
that associations are addressed to taken out of names. The one .xls, which nothing here writes, is copied byte for byte
but for the persons who made it. The same inputs give the same bytes.
"""

import argparse
import csv
import io
import json
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from cis_graph.harvest.reading import read
from cis_graph.mappers import departement_de_la_sarthe as sarthe
from cis_graph.mappers import departement_de_la_vendee as vendee
from cis_graph.mapping.grants import shortened
from cis_graph.mapping.tables import CsvFile, Table, XlsxFile

ORIGIN = "Dépôt etalab/hackathon_associations (données ouvertes, Licence Ouverte), état du 5 décembre 2019 : "
ORIGINS = {
    "vendee": f"{ORIGIN}huit fichiers de données essentielles des conventions de subvention ; objets abrégés à 120 "
    "caractères, conditions et dates de versement retirées.",
    "sarthe": f"{ORIGIN}listes de 2017 et 2018 et conventions de 2018-2019 ; noms de personnes retirés.",
}
MADE = datetime(2019, 12, 5, tzinfo=UTC)
NOT_FACTS = frozenset({"conditionsVersement", "datesPeriodeVersement"})
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")  # openpyxl writes the time of saving
_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")  # format of a compound file's summary
_PERSONS = (4, 8)  # properties: author, last author
_WRITER = b"\x5c\x00\x70\x00"  # record with the name of who saved a workbook, 112 bytes


def csv_facts(file: CsvFile, data: bytes) -> bytes:
    """One file of the Vendée: facts only, with the original's commas, its line ends and each line's encoding."""
    table = read(file, data)
    if not isinstance(table, Table):
        raise TypeError(file.name)
    originals = data.splitlines()
    text = io.StringIO(newline="")
    lines = [",".join(table.columns), *(",".join(_facts(table.columns, row)) for row in table.rows)]
    for line, original in zip(lines, originals, strict=True):
        if file.saved_within:
            csv.writer(text, delimiter=file.saved_within).writerow([line, *_tail(original, file.saved_within)])
        else:
            text.write(line.strip(",") + "\r\n")
    made = text.getvalue().splitlines(keepends=True)
    return b"".join(line.encode(_encoding(original)) for line, original in zip(made, originals, strict=True))


def _facts(columns: Sequence[str], row: Mapping[str, str]) -> list[str]:
    facts = {name: "" if name in NOT_FACTS else row.get(name, "") for name in columns}
    return [shortened(cell) if name == "objet" else cell for name, cell in facts.items()]


def _tail(original: bytes, delimiter: str) -> list[str]:
    end = original[len(original.rstrip(delimiter.encode())) :]
    return [""] * len(end)


def _encoding(line: bytes) -> str:
    try:
        line.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def sheet_facts(file: XlsxFile, original: Path) -> bytes:
    """One yearly list of the Sarthe: its sheet alone, names without persons."""
    rows = CalamineWorkbook.from_path(original).get_sheet_by_name(file.sheet).to_python()
    name = rows[file.header - 1].index("Nom de l'organisme bénéficiaire")
    made = Workbook()
    made.properties.created = MADE.replace(tzinfo=None)
    made.properties.creator = "cis-graph"
    sheet = made.worksheets[0]
    sheet.title = file.sheet
    for number, row in enumerate(rows):
        cells = [cell if cell != "" else None for cell in row]
        if number >= file.header:
            cells[name] = sarthe.organisation(str(row[name]))
        sheet.append(cells)
    saved = io.BytesIO()
    made.save(saved)
    return _timeless(saved.getvalue())


def _timeless(workbook: bytes) -> bytes:
    """The same archive with one time for all its members, the document's own included."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(given.namelist()):
            member = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(member, _MODIFIED.sub(rf"\g<1>{MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), given.read(name)))
    return file.getvalue()


def without_makers(workbook: bytes) -> bytes:
    """A workbook of before 2007 with blanks for the persons who wrote and saved it."""
    made = bytearray(workbook)
    start = made.index(_SUMMARY)
    (section,) = struct.unpack_from("<I", made, start + 16)
    section += start - 28  # counted from the stream's head, which is 28 bytes before the format
    (count,) = struct.unpack_from("<I", made, section + 4)
    for number in range(count):
        key, offset = struct.unpack_from("<II", made, section + 8 + 8 * number)
        if key in _PERSONS:
            (length,) = struct.unpack_from("<I", made, section + offset + 4)
            made[section + offset + 8 : section + offset + 7 + length] = b" " * (length - 1)
    writer = made.index(_WRITER) + 4
    made[writer : writer + 112] = b"\0\0\0" + b" " * 109
    return bytes(made)


def main() -> None:
    """Write ``departement-de-la-vendee`` and ``departement-de-la-sarthe``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vendee", type=Path, help="folder 85-Vendee")
    parser.add_argument("sarthe", type=Path, help="folder 72-Sarthe")
    parser.add_argument("folder", type=Path, help="demonstration")
    given = parser.parse_args()
    for file in vendee.FILES:
        _write(given.folder / vendee.SOURCE.slug / file.name, csv_facts(file, (given.vendee / file.name).read_bytes()))
    for sheet in sarthe.LISTS:
        _write(given.folder / sarthe.SOURCE.slug / sheet.name, sheet_facts(sheet, given.sarthe / sheet.name))
    conventions = sarthe.CONVENTIONS.name
    made = without_makers((given.sarthe / conventions).read_bytes())
    _write(given.folder / sarthe.SOURCE.slug / conventions, made)
    for name, origin in ORIGINS.items():
        about = {"retrieved": f"{MADE:%Y-%m-%dT%H:%M:%SZ}", "origin": origin, "facts_only": True}
        snapshot = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
        _write(given.folder / f"departement-de-la-{name}" / "snapshot.json", snapshot.encode())


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    main()
