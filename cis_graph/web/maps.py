"""The map of a territory: its outline or its point in the territory around it, drawn as paths of an inline SVG."""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from cis_graph.model.places import Coordinates
from cis_graph.territories.outlines import STEPS_PER_DEGREE, Atlas, Outline, Ring

_AROUND = {
    "commune": ("departement", "region"),
    "epci": ("departement", "region"),
    "departement": ("region",),
    "region": ("region",),  # a former one lies in today's
}
_MARGIN = 0.03  # of the larger side
_SPOT = 0.022  # radius, of the larger side


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point with its radius, in the units of the view box."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Window:
    """What a map shows of the world: west, south, east and north in steps of the outlines."""

    box: tuple[float, float, float, float]

    @property
    def narrowing(self) -> float:
        """How much shorter a step east is than one north, at the middle."""
        return math.cos(math.radians((self.box[1] + self.box[3]) / 2 / STEPS_PER_DEGREE))

    @property
    def side(self) -> float:
        """The larger side, in steps north."""
        west, south, east, north = self.box
        return max((east - west) * self.narrowing, north - south)

    @property
    def scale(self) -> str:
        """What brings steps to the view box, north up."""
        return f"{self.narrowing:.4f} -1"

    def view_box(self, margin: float = 0.0) -> str:
        """The view box of an SVG, with a margin in parts of the larger side."""
        west, south, east, north = self.box
        beside = self.side * margin
        corners = (
            west * self.narrowing - beside,
            -north - beside,
            (east - west) * self.narrowing + 2 * beside,
            north - south + 2 * beside,
        )
        return " ".join(f"{number:.0f}" for number in corners)


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """What to draw: the paths are in steps of the outlines, ``scale`` brings them to the view box, north up.

    ``around`` is the key of the territory that ``ground`` draws, empty where there is none.
    """

    view_box: str
    scale: str
    ground: str
    shape: str
    spot: Spot | None
    around: str


@lru_cache(2048)
def drawn(atlas: Atlas, key: str, containers: tuple[str, ...], point: Coordinates | None) -> Map | None:
    """The map of one territory among those it lies in, None where neither has an outline."""
    own = atlas.of(key)
    ground = _ground(atlas, key, containers)
    outlines = [outline for outline in (ground, own) if outline]
    if not outlines:
        return None
    west, south = min(one.box[0] for one in outlines), min(one.box[1] for one in outlines)
    east, north = max(one.box[2] for one in outlines), max(one.box[3] for one in outlines)
    window = Window((west, south, east, north))
    return Map(
        view_box=window.view_box(_MARGIN),
        scale=window.scale,
        ground=path_data(ground) if ground else "",
        shape=path_data(own) if own else "",
        spot=_spot(point, window.narrowing, window.side) if point and not own else None,
        around=ground.key if ground else "",
    )


def _ground(atlas: Atlas, key: str, containers: tuple[str, ...]) -> Outline | None:
    """The territory around: of the smallest level above that has outlines; the larger of two régions is today's."""
    for level in _AROUND.get(key.partition("-")[0], ()):
        found = [outline for one in containers if one.startswith(f"{level}-") and (outline := atlas.of(one))]
        if found:
            return max(found, key=_extent)
    return None


def _extent(outline: Outline) -> int:
    west, south, east, north = outline.box
    return (east - west) * (north - south)


def _spot(point: Coordinates, narrowing: float, side: float) -> Spot:
    return Spot(
        x=round(point.longitude * STEPS_PER_DEGREE * narrowing, 1),
        y=round(-point.latitude * STEPS_PER_DEGREE, 1),
        radius=round(side * _SPOT, 1),
    )


@lru_cache(2048)
def path_data(outline: Outline) -> str:
    """An outline as the data of a path, each ring a point and then steps; kept, as there are so many in all."""
    return "".join(map(_ring, outline.rings))


def _ring(ring: Ring) -> str:
    (x, y), *_ = ring
    steps = chain.from_iterable((bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(ring[:-1]))
    return f"M{x} {y}l{' '.join(map(str, steps))}z"
