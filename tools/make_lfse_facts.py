"""Make the bundled facts of the Fondation La France s'engage from the two original files of co-demos/cis-data.

The copies have the columns, rows and sheet of the originals; texts, images, accounts, e-mails and logos are emptied.
The same inputs give the same bytes.
"""

import argparse
import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "BDD FFE"
NOT_FACTS = frozenset(
    {
        "Description",
        "Facebook",
        "Twitter ",
        "Autres réseaux",
        "Autres site web 1",
        "Autres site web 2",
        "Email",
        "Image Link",
        "ImagePath",
        "URL Logo sourceur",
        "GUID",
    }
)
SNAPSHOT = {
    "retrieved": "2019-09-11T00:00:00Z",
    "origin": "Dépôt co-demos/cis-data (licence MIT), état du 11 septembre 2019 : « BDD FFE - TEST - V0.csv » et "
    "« BDD FFE TEST - V3.xlsx » ; textes, images, réseaux sociaux et courriels retirés.",
    "facts_only": True,
}
MADE = datetime(2019, 9, 11, tzinfo=UTC)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")  # openpyxl writes the time of saving


def csv_facts(original: Path) -> bytes:
    """The CSV edition without its texts."""
    text = io.StringIO(newline="")
    with original.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        writer = csv.DictWriter(text, reader.fieldnames or (), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _fact(name, cell) for name, cell in row.items()} for row in reader)
    return text.getvalue().encode()


def sheet_facts(original: Path) -> bytes:
    """The workbook's sheet of projects without its texts; of a formula, the value last computed."""
    given = load_workbook(original, data_only=True)[SHEET]
    made = Workbook()
    made.properties.created = MADE.replace(tzinfo=None)
    made.properties.creator = "cis-graph"
    sheet = made.active
    sheet.title = SHEET
    _copy(given, sheet)
    file = io.BytesIO()
    made.save(file)
    return _timeless(file.getvalue())


def _copy(given: Worksheet, made: Worksheet) -> None:
    rows = given.iter_rows(values_only=True)
    header = next(rows)
    made.append(header)
    for row in rows:
        made.append([_fact(name, cell) for name, cell in zip(header, row, strict=True)])


def _fact(name: str, cell: object) -> object:
    return None if name in NOT_FACTS else cell


def _timeless(workbook: bytes) -> bytes:
    """The same archive with one time for all its members, the document's own included."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(given.namelist()):
            member = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(member, _MODIFIED.sub(rf"\g<1>{MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), given.read(name)))
    return file.getvalue()


def main() -> None:
    """Write ``v0.csv``, ``v3.xlsx`` and ``snapshot.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", type=Path, help="BDD FFE - TEST - V0.csv")
    parser.add_argument("xlsx", type=Path, help="BDD FFE TEST - V3.xlsx")
    parser.add_argument("folder", type=Path, help="demonstration/la-france-s-engage")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "v0.csv").write_bytes(csv_facts(given.csv))
    (given.folder / "v3.xlsx").write_bytes(sheet_facts(given.xlsx))
    snapshot = json.dumps(SNAPSHOT, ensure_ascii=False, indent=2) + "\n"
    (given.folder / "snapshot.json").write_text(snapshot, encoding="utf-8")


if __name__ == "__main__":
    main()
