"""The outlines of régions, départements and EPCI: in which one a point lies, and what there is to draw."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Self

from cis_graph import resources
from cis_graph.errors import CisGraphError
from cis_graph.model.places import Coordinates

STEPS_PER_DEGREE = 1000
"""Points lie on a grid of a thousandth of a degree."""

Point = tuple[int, int]  # east, north, in steps
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True, eq=False)  # one is itself alone: what is drawn of it can be kept under it
class Outline:
    """One territory: its rings, holes too, and the box around them (west, south, east, north), in steps."""

    key: str
    rings: tuple[Ring, ...]
    box: tuple[int, int, int, int]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside: a ray from it crosses the rings an odd number of times."""
        west, south, east, north = self.box
        if not (west <= x <= east and south <= y <= north):
            return False
        crossings = sum(_crosses(x, y, a, b) for a, b in self._segments())
        return crossings % 2 == 1

    def _segments(self) -> Iterator[tuple[Point, Point]]:
        return (segment for ring in self.rings for segment in pairwise(ring))


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outlines of one level by the keys of their territories, simplified to a hundredth of a degree."""

    outlines: Mapping[str, Outline]

    @classmethod
    def load(cls, level: str, folder: Path = resources.TERRITORIES) -> Self:
        """The outlines of ``region`` (former ones too), ``departement`` or ``epci``.

        Raises:
            CisGraphError: the file cannot be read, or is not as it was made.
        """
        path = outline_file(folder, level)
        try:
            content = json.loads(gzip.decompress(path.read_bytes()))
            return cls({key: _outline(key, rings) for key, rings in content.items()})
        except (OSError, EOFError, ValueError, TypeError, AttributeError) as error:
            raise CisGraphError(f"{path} cannot be read ({error}): install the package again") from error

    def find(self, point: Coordinates) -> str | None:
        """The key of the territory that holds a point, if one does."""
        x, y = point.longitude * STEPS_PER_DEGREE, point.latitude * STEPS_PER_DEGREE
        return next((key for key, outline in self.outlines.items() if outline.holds(x, y)), None)


class Atlas:
    """Every outline by its territory's key; a level is read when first asked for."""

    def of(self, key: str) -> Outline | None:
        """The outline of a territory, None where there is none: communes, the country, some EPCI."""
        match key.partition("-")[0]:
            case "region":
                return self._regions.outlines.get(key)
            case "departement":
                return self._departements.outlines.get(key)
            case "epci":
                return self._epci.outlines.get(key)
        return None

    def departements_in(self, box: tuple[float, float, float, float]) -> Iterator[Outline]:
        """The départements whose boxes meet this one: west, south, east, north, in steps."""
        west, south, east, north = box
        for outline in self._departements.outlines.values():
            left, bottom, right, top = outline.box
            if left <= east and right >= west and bottom <= north and top >= south:
                yield outline

    @cached_property
    def _regions(self) -> Outlines:
        return Outlines.load("region")

    @cached_property
    def _departements(self) -> Outlines:
        return Outlines.load("departement")

    @cached_property
    def _epci(self) -> Outlines:
        return Outlines.load("epci")


def outline_file(folder: Path, level: str) -> Path:
    """Where the outlines of a level lie."""
    return folder / f"outlines-{level}.json.gz"


def _outline(key: str, rings: list[list[int]]) -> Outline:
    closed = tuple(tuple(_points(ring)) for ring in rings)
    easts = [x for ring in closed for x, _ in ring]
    norths = [y for ring in closed for _, y in ring]
    return Outline(key, closed, (min(easts), min(norths), max(easts), max(norths)))


def _points(steps: list[int]) -> Iterator[Point]:
    """A ring from its first point and the step to each next one."""
    if not all(isinstance(step, int) for step in steps):
        raise ValueError("a step is no whole number")
    return zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)


def _crosses(x: float, y: float, a: Point, b: Point) -> bool:
    (ax, ay), (bx, by) = a, b
    return (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax)
