"""Territories on a map: as near as what is shown allows, the overseas ones in a row of their own."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from cis_graph.model.network import NetworkLevel, NetworkNode
from cis_graph.territories.outlines import STEPS_PER_DEGREE, Outline, Outlines, Ring

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # west, south, east, north, in degrees

_WIDTH, _HEIGHT = 960.0, 900.0
_METROPOLIS: Box = (-5.3, 41.3, 9.7, 51.2)
_LEAST = 1.6  # degrees from south to north, nearer than which no map comes
_NEAR = 3.2  # degrees up to which communes and EPCI have the outlines of EPCI under them
_MARGIN = 70.0
_INSET = 104.0  # side of an overseas territory's own square, and the step to the next one
_ROW = _HEIGHT - 70 - _INSET


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowMap:
    """Paths of what is around and of the territories themselves, and where each node stands."""

    ground: str
    own: str
    places: Mapping[str, Point]


@dataclass(frozen=True, slots=True)
class _Projection:
    """Degrees to pixels, the middle of a box in the middle of the picture; as wide as it is long at its middle."""

    box: Box

    @property
    def stretch(self) -> float:
        return 1 / math.cos(math.radians((self.box[1] + self.box[3]) / 2))

    @property
    def scale(self) -> float:
        west, south, east, north = self.box
        across, along = (_WIDTH - 2 * _MARGIN) / (east - west), (_HEIGHT - 2 * _MARGIN) / self.stretch / (north - south)
        return min(across, along)

    def place(self, longitude: float, latitude: float) -> Point:
        west, south, east, north = self.box
        x = _WIDTH / 2 + (longitude - (west + east) / 2) * self.scale
        return x, _HEIGHT / 2 - (latitude - (south + north) / 2) * self.scale * self.stretch

    def path(self, outlines: Iterable[Outline]) -> str:
        return "".join(self._ring(ring) for outline in outlines for ring in outline.rings)

    def _ring(self, ring: Ring) -> str:
        points = [self.place(x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE) for x, y in ring]
        rounded = [(round(x), round(y)) for x, y in points]
        kept = [rounded[0], *(now for then, now in pairwise(rounded) if now != then)]
        return f"M{'L'.join(f'{x} {y}' for x, y in kept)}Z" if len(kept) > 2 else ""  # noqa: PLR2004 - a line has no inside


def flow_map(nodes: Sequence[NetworkNode], level: NetworkLevel | None) -> FlowMap:
    """The map of these territories."""
    located = {node.key: (node.x, node.y) for node in nodes if node.x is not None and node.y is not None}
    near = {key: point for key, point in located.items() if _within(point, _METROPOLIS)}
    box = _around(near.values(), level)
    projection = _Projection(box)
    shapes = _outlines(level) if level in {"region", "departement", "epci"} else {}
    own = [shapes[node.key] for node in nodes if node.key in near and node.key in shapes]
    under = _outlines("epci" if level in {"epci", "commune"} and box[3] - box[1] <= _NEAR else "departement")
    far = [node.key for node in nodes if node.key not in near]
    insets = [_inset(place, shapes.get(key)) for place, key in enumerate(far)]
    return FlowMap(
        ground=projection.path(_seen(under.values(), box)),
        own=projection.path(own) + "".join(path for path, _ in insets),
        places={key: projection.place(*point) for key, point in near.items()}
        | {key: point for key, (_, point) in zip(far, insets, strict=True)},
    )


def _around(points: Iterable[Point], level: NetworkLevel | None) -> Box:
    """A box around all points; all of the metropolis for régions, and where there are none."""
    found = list(points)
    if level == "region" or not found:
        return _METROPOLIS
    (west, east), (south, north) = (_range([point[axis] for point in found]) for axis in (0, 1))
    return west, south, east, north


def _range(values: Sequence[float]) -> tuple[float, float]:
    middle, half = (min(values) + max(values)) / 2, max((max(values) - min(values)) * 0.58, _LEAST / 2)
    return middle - half, middle + half


def _inset(place: int, outline: Outline | None) -> tuple[str, Point]:
    """The outline in a square of its own below the map, and its middle."""
    row, column = divmod(place, 8)
    x, y = 40 + column * _INSET + _INSET / 2, _ROW - row * _INSET + _INSET / 2
    if outline is None:
        return "", (x, y)
    west, south, east, north = (side / STEPS_PER_DEGREE for side in outline.box)
    projection = _Projection((west, south, east, north))
    shrink = (
        0.7 * _INSET / max((east - west) * projection.scale, (north - south) * projection.scale * projection.stretch)
    )
    rings = []
    for ring in outline.rings:
        points = (projection.place(a / STEPS_PER_DEGREE, b / STEPS_PER_DEGREE) for a, b in ring)
        moved = (f"{x + (a - _WIDTH / 2) * shrink:.1f} {y + (b - _HEIGHT / 2) * shrink:.1f}" for a, b in points)
        rings.append(f"M{'L'.join(moved)}Z")
    return "".join(rings), (x, y)


def _seen(outlines: Iterable[Outline], box: Box) -> Iterable[Outline]:
    """The outlines that meet the metropolis and come near the box."""
    west, south, east, north = (side * STEPS_PER_DEGREE for side in box)
    wide, high = east - west, north - south
    for outline in outlines:
        left, low, right, top = outline.box
        if right > west - wide and left < east + wide and top > south - high and low < north + high:
            yield outline


def _within(point: Point, box: Box) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


@cache
def _outlines(level: str) -> Mapping[str, Outline]:
    return Outlines.load(level).outlines
