"""The outlines of départements: in which one a point lies."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Self

from cis_graph import resources
from cis_graph.errors import CisGraphError
from cis_graph.model.places import Coordinates

Point = tuple[float, float]  # longitude, latitude in degrees
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """One département: its rings, holes too, and the box around them (west, south, east, north)."""

    code: str
    rings: tuple[Ring, ...]
    box: tuple[float, float, float, float]

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside: a ray from it crosses the rings an odd number of times."""
        x, y = point
        west, south, east, north = self.box
        if not (west <= x <= east and south <= y <= north):
            return False
        crossings = sum(_crosses(x, y, a, b) for a, b in self._segments())
        return crossings % 2 == 1

    def _segments(self) -> Iterator[tuple[Point, Point]]:
        return (segment for ring in self.rings for segment in pairwise(ring))


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outlines of all départements, simplified to a hundredth of a degree."""

    outlines: tuple[Outline, ...]

    @classmethod
    def load(cls, folder: Path = resources.TERRITORIES) -> Self:
        """The outlines of a folder.

        Raises:
            CisGraphError: the file cannot be read, or is not as it was made.
        """
        path = folder / "outlines.json.gz"
        try:
            content = json.loads(gzip.decompress(path.read_bytes()))
            return cls(tuple(_outline(code, rings) for code, rings in content.items()))
        except (OSError, EOFError, ValueError, TypeError, AttributeError) as error:
            raise CisGraphError(f"{path} cannot be read ({error}): install the package again") from error

    def find(self, point: Coordinates) -> str | None:
        """The code of the département that holds a point, if one does."""
        where = (point.longitude, point.latitude)
        return next((outline.code for outline in self.outlines if outline.holds(where)), None)


def _outline(code: str, rings: list[list[list[float]]]) -> Outline:
    closed = tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings)
    longitudes = [x for ring in closed for x, _ in ring]
    latitudes = [y for ring in closed for _, y in ring]
    return Outline(code, closed, (min(longitudes), min(latitudes), max(longitudes), max(latitudes)))


def _crosses(x: float, y: float, a: Point, b: Point) -> bool:
    (ax, ay), (bx, by) = a, b
    return (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax)
