"""Makes the outlines that come with the project: régions (former ones too), départements, EPCI; one file a level.

usage: python -m tools.make_outlines FOLDER OUTPUT

FOLDER holds ``regions.json``, ``departements.json`` and ``epci.geojson`` (WGS84), OUTPUT the territories as shipped:
an outline of what is none of them is left out.
"""

import csv
import gzip
import json
import sys
from itertools import chain
from pathlib import Path
from typing import Any

from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.outlines import STEPS_PER_DEGREE, outline_file

Rings = list[list[int]]
_SOURCES = {"region": "regions.json", "departement": "departements.json", "epci": "epci.geojson"}


def stepped(ring: list[list[float]]) -> list[int]:
    """A ring's first point in thousandths of a degree, then the step to each next point: small numbers pack well."""
    points = [(round(x * STEPS_PER_DEGREE), round(y * STEPS_PER_DEGREE)) for x, y in ring]
    befores = [(0, 0), *points]
    steps = [(x - west, y - south) for (x, y), (west, south) in zip(points, befores, strict=False)]
    moved = [step for index, step in enumerate(steps) if index == 0 or step != (0, 0)]
    return list(chain.from_iterable(moved))


def rings(geometry: dict[str, Any]) -> Rings:
    """Every ring of a polygon or multipolygon, holes too."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [stepped(ring) for polygon in polygons for ring in polygon]


def former_regions(table: Path, departements: dict[str, Rings]) -> dict[str, Rings]:
    """A former région as its départements side by side: nothing is drawn anew."""
    with table.open(encoding="utf-8", newline="") as lines:
        return {
            f"region-{row['code']}": [
                ring for code in row["departements"].split() for ring in departements[f"departement-{code}"]
            ]
            for row in csv.DictReader(lines)
        }


def main(source: Path, output: Path) -> None:
    """Writes ``outlines-LEVEL.json.gz``, whose bytes depend on the outlines alone."""
    known = Gazetteer.load(output).territories
    levels: dict[str, dict[str, Rings]] = {}
    for level, name in _SOURCES.items():
        features = json.loads((source / name).read_text(encoding="utf-8"))["features"]
        found = {f"{level}-{each['properties']['code']}": rings(each["geometry"]) for each in features}
        levels[level] = {key: outline for key, outline in found.items() if key in known}
    levels["region"] |= former_regions(output / "former-regions.csv", levels["departement"])
    for level, outlines in levels.items():
        text = json.dumps(outlines, separators=(",", ":"), sort_keys=True)
        made = gzip.compress(text.encode(), compresslevel=9, mtime=0)
        outline_file(output, level).write_bytes(made)
        points = sum(len(ring) // 2 for outline in outlines.values() for ring in outline)
        print(f"{level}: {len(outlines)} outlines, {points} points, {len(made)} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
