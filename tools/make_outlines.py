"""Makes the outlines of départements that come with the project, from their GeoJSON.

usage: python -m tools.make_outlines DEPARTEMENTS.json OUTPUT
"""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

Ring = list[list[float]]


def rings(geometry: dict[str, Any]) -> list[Ring]:
    """Every ring of a polygon or multipolygon, holes too, as [longitude, latitude] pairs of three decimals."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[[round(x, 3), round(y, 3)] for x, y in ring] for polygon in polygons for ring in polygon]


def main(source: Path, output: Path) -> None:
    """Writes ``outlines.json.gz``, whose bytes depend on the outlines alone."""
    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    outlines = {feature["properties"]["code"]: rings(feature["geometry"]) for feature in features}
    text = json.dumps(outlines, separators=(",", ":"), sort_keys=True)
    (output / "outlines.json.gz").write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{len(outlines)} outlines, {sum(len(ring) for found in outlines.values() for ring in found)} points")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
