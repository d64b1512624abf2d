"""The places in an answer, as GeoSPARQL writes them, drawn on the départements around them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from cis_graph.territories.outlines import STEPS_PER_DEGREE, Atlas
from cis_graph.web.maps import Spot, Window, path_data

WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_TEXT = re.compile(
    r"\s*(?:<([^>]*)>)?\s*((?:MULTI)?(?:POINT|LINESTRING|POLYGON))\s*Z?\s*(\([-+0-9eE.,()\s]*\))\s*", re.IGNORECASE
)
_METROPOLE = (-5300.0, 41200.0, 9800.0, 51300.0)  # west, south, east, north, in steps
_LEAST = 600.0  # steps; a place alone has its département around it
_MARGIN = 0.08  # of the larger side
_RADIUS = 0.013  # of the larger side
_LONGEST = 20_000  # coordinates of all shapes

Position = tuple[float, float]  # east, north, in steps
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in an answer: its well-known text, what it is called, the address of its page if it has one."""

    wkt: str
    name: str
    path: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place as it is drawn: points as spots, lines and areas as the data of a path."""

    place: Place
    spots: tuple[Spot, ...]
    line: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What to draw: the ground is in steps of the outlines, ``scale`` brings it to the view box, north up.

    ``left_out`` places are too far from the others to be on the same map.
    """

    view_box: str
    scale: str
    ground: str
    marks: tuple[Mark, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Shape:
    place: Place
    kind: str  # POINT, LINESTRING or POLYGON
    lines: tuple[tuple[Position, ...], ...]

    def within(self, box: Box) -> bool:
        west, south, east, north = box
        return all(west <= x <= east and south <= y <= north for x, y in chain.from_iterable(self.lines))


def plotted(places: Iterable[Place], atlas: Atlas) -> Plot | None:
    """The map of these places, None where none can be read; those outside the métropole yield to those in it."""
    shapes = _bounded([shape for place in places if (shape := _shape(place))])
    if not shapes:
        return None
    chosen = [shape for shape in shapes if shape.within(_METROPOLE)] or shapes
    box = _around(chosen)
    window = Window(box)
    return Plot(
        view_box=window.view_box(),
        scale=window.scale,
        ground="".join(path_data(outline) for outline in atlas.departements_in(box)),
        marks=tuple(_mark(shape, window.narrowing, window.side * _RADIUS) for shape in chosen),
        left_out=len(shapes) - len(chosen),
    )


def _shape(place: Place) -> _Shape | None:
    """The shape a text tells of in WGS84 with the longitude first, None for anything else."""
    found = _TEXT.fullmatch(place.wkt)
    if found is None or found[1] not in {None, _CRS84}:
        return None
    try:
        lines = tuple(tuple(map(_position, group.split(","))) for group in re.findall(r"\(([^()]+)\)", found[3]))
    except ValueError:
        return None
    shape = _Shape(place, found[2].upper().removeprefix("MULTI"), lines)
    world = tuple(degrees * STEPS_PER_DEGREE for degrees in (-180.0, -90.0, 180.0, 90.0))
    return shape if lines and shape.within((world[0], world[1], world[2], world[3])) else None


def _position(text: str) -> Position:
    longitude, latitude, *_ = text.split()
    return float(longitude) * STEPS_PER_DEGREE, float(latitude) * STEPS_PER_DEGREE


def _bounded(shapes: list[_Shape]) -> list[_Shape]:
    """The first shapes, as many as a page can hold."""
    left, kept = _LONGEST, []
    for shape in shapes:
        left -= sum(map(len, shape.lines))
        if left >= 0:
            kept.append(shape)
    return kept


def _around(shapes: Iterable[_Shape]) -> Box:
    points = [point for shape in shapes for line in shape.lines for point in line]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    side = max(east - west, north - south, _LEAST)
    wider = max(0.0, _LEAST - (east - west)) / 2 + side * _MARGIN
    higher = max(0.0, _LEAST - (north - south)) / 2 + side * _MARGIN
    return west - wider, south - higher, east + wider, north + higher


def _mark(shape: _Shape, narrowing: float, radius: float) -> Mark:
    drawn = [[(x * narrowing, -y) for x, y in line] for line in shape.lines]
    paths = ["M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) for line in drawn]
    point = shape.kind == "POINT"
    spots = (Spot(x=round(x, 1), y=round(y, 1), radius=round(radius, 1)) for line in drawn for x, y in line if point)
    return Mark(
        place=shape.place,
        spots=tuple(spots),
        line="".join(paths) if shape.kind == "LINESTRING" else "",
        area="".join(f"{path}z" for path in paths) if shape.kind == "POLYGON" else "",
    )
