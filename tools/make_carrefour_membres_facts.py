"""Make the bundled facts of the Carrefour's members from the original list of co-demos/cis-data.

Columns and rows are those of the original; presentations, accounts, contacts, remarks and images are emptied. The same
input gives the same bytes.
"""

import argparse
import csv
import io
import json
from pathlib import Path

FACTS = frozenset({"MEMBRE DU COLLECTIF", "ECHELLE DE SON ACTION", "SITE WEB ", "ACTIVITES", "PUBLICATION SUR LE SITE"})
SNAPSHOT = {
    "retrieved": "2026-11-21T00:00:00Z",
    "origin": "Dépôt co-demos/cis-data (licence MIT), data/members.csv au commit 0162520 : noms, échelles, sites et "
    "activités des membres ; présentations, contacts, comptes, remarques et images retirés.",
    "facts_only": True,
}


def facts(original: Path) -> bytes:
    """The list without its texts."""
    text = io.StringIO(newline="")
    with original.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(
            [cell if name in FACTS else "" for name, cell in zip(header, row, strict=True)] for row in rows
        )
    return text.getvalue().encode()


def main() -> None:
    """Write ``members.csv`` and ``snapshot.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", type=Path, help="members.csv")
    parser.add_argument("folder", type=Path, help="demonstration/carrefour-membres")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "members.csv").write_bytes(facts(given.csv))
    snapshot = json.dumps(SNAPSHOT, ensure_ascii=False, indent=2) + "\n"
    (given.folder / "snapshot.json").write_text(snapshot, encoding="utf-8")


if __name__ == "__main__":
    main()
