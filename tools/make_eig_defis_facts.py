"""Make the bundled facts of the Entrepreneurs d'intérêt général from the original list of their site's repository.

Keys and fields are those of the original; sentences, figures, images and productions are left out. The same input gives
the same bytes.
"""

import argparse
import json
from pathlib import Path

import yaml

FACTS = (
    "title", "link_to", "skills", "year", "promotion", "duration_months", "ville", "administration",
    "administration_website", "website",
)  # fmt: skip
SNAPSHOT = {
    "retrieved": "2026-11-21T00:00:00Z",
    "origin": "Dépôt entrepreneur-interet-general/site-eig (Licence Ouverte), _data/defis.yml au commit bc2afe5 : "
    "intitulés, administrations, années, promotions, villes, compétences et sites ; descriptions, chiffres, images et "
    "personnes retirés.",
    "facts_only": True,
}


def facts(original: Path) -> bytes:
    """The challenges without their texts."""
    given = yaml.safe_load(original.read_text(encoding="utf-8"))
    made = {key: {name: fields[name] for name in FACTS if name in fields} for key, fields in given.items()}
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=1_000).encode()


def main() -> None:
    """Write ``defis.yml`` and ``snapshot.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("yml", type=Path, help="_data/defis.yml")
    parser.add_argument("folder", type=Path, help="demonstration/eig-defis")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "defis.yml").write_bytes(facts(given.yml))
    snapshot = json.dumps(SNAPSHOT, ensure_ascii=False, indent=2) + "\n"
    (given.folder / "snapshot.json").write_text(snapshot, encoding="utf-8")


if __name__ == "__main__":
    main()
