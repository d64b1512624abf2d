"""Make the bundled facts of SUSY's map from the original GeoJSON of DigitalCommons/open-data-and-maps.

Features in France, in the order of the original; texts, tags, contacts, streets and images are left out, and a site
that is an e-mail or an account. The same input gives the same bytes.
"""

import argparse
import json
from pathlib import Path
from typing import Any

FACTS = (
    "name", "_id", "_uri", "_created", "_timestamp", "type_of_initiative",
    "addr:city", "addr:postcode", "addr:country", "website", "contact:website",
)  # fmt: skip
FRANCE = frozenset({"FR", "FRANCE", "FRACE"})  # in capitals, as the map spells it
SNAPSHOT = {
    "retrieved": "2026-11-21T00:00:00Z",
    "origin": "Carte SUSY de TransforMap (domaine public), dépôt DigitalCommons/open-data-and-maps au commit 60926c1 "
    "(13 juin 2018), les 55 fiches de France sur 1 794 : noms, types, villes, pays, points et sites ; textes, "
    "contacts, rues, images et étiquettes libres retirés.",
    "facts_only": True,
}


def facts(original: Path) -> bytes:
    """The features in France without their texts, one a line."""
    given = json.loads(original.read_text(encoding="utf-8"))
    lines = ",\n".join(json.dumps(_feature(one), ensure_ascii=False) for one in given["features"] if _is_french(one))
    head = json.dumps({"type": given["type"], "source": given["source"], "license": given["license"]})
    return f'{head[:-1]}, "features": [\n{lines}\n]}}\n'.encode()


def _feature(given: dict[str, Any]) -> dict[str, Any]:
    properties = {name: given["properties"][name] for name in FACTS if _is_fact(name, given["properties"])}
    return {"type": given["type"], "properties": properties, "geometry": given["geometry"]}


def _is_french(given: dict[str, Any]) -> bool:
    return given["properties"].get("addr:country", "").strip().upper() in FRANCE


def _is_fact(name: str, properties: dict[str, Any]) -> bool:
    return name in properties and not (name.endswith("website") and "@" in properties[name])


def main() -> None:
    """Write ``initiatives.geojson`` and ``snapshot.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("geojson", type=Path, help="data/susy/original-data/data.json")
    parser.add_argument("folder", type=Path, help="demonstration/susy")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "initiatives.geojson").write_bytes(facts(given.geojson))
    snapshot = json.dumps(SNAPSHOT, ensure_ascii=False, indent=2) + "\n"
    (given.folder / "snapshot.json").write_text(snapshot, encoding="utf-8")


if __name__ == "__main__":
    main()
