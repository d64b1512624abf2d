"""The map of a search: answers where they are, those of one place as one dot, drawn as an inline SVG."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cis_graph.model.releases import SearchHit
from cis_graph.territories.outlines import STEPS_PER_DEGREE, Atlas
from cis_graph.web.areas import AreaMap
from cis_graph.web.maps import Window, path_data

ON_MAP = 400  # answers
_REGIONS = 13  # on the mainland and in Corsica: where all are drawn, nothing is seen of the ground
_MAINLAND = (-5.5, 41.2, 9.8, 51.3)  # west, south, east, north: what is drawn where anything lies in it
_CELLS = 26  # across the larger side: what lies in one cell is one dot
_MARGIN = 0.08
_LEAST = 0.6  # degrees a side
_RADIUS = 0.45  # of a cell, for many answers

Place = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """One dot with the search around it; ``x``, ``y`` and ``radius`` in the units of the view box."""

    x: float
    y: float
    radius: float
    count: int
    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchMap:
    """What to draw, as in :class:`cis_graph.web.maps.Map`; ``shown`` answers, of which ``placed`` are on the map.

    ``areas`` are the territories below those that are chosen, with their counts.
    """

    view_box: str
    scale: str
    grounds: tuple[str, ...]
    areas: AreaMap | None
    clusters: tuple[Cluster, ...]
    shown: int
    placed: int


def search_map(
    atlas: Atlas, hits: Sequence[SearchHit], around: Callable[[str], str], areas: AreaMap | None = None
) -> SearchMap:
    """The map of these answers over ``areas``, or where there are none over the départements around.

    ``around`` gives the address of the search around ``latitude,longitude``.
    """
    placed = [((hit.longitude, hit.latitude), hit.label) for hit in hits
              if hit.latitude is not None and hit.longitude is not None]  # fmt: skip
    if areas is None:
        if at_home := [(place, label) for place, label in placed if _in(_MAINLAND, place)]:
            placed = at_home
        west, south, east, north = (number * STEPS_PER_DEGREE for number in _box([place for place, _ in placed]))
        window = Window((west, south, east, north))
    else:
        window = areas.window
        west, south, east, north = (step / STEPS_PER_DEGREE for step in window.box)
        placed = [(place, label) for place, label in placed if _in((west, south, east, north), place)]
    covered = areas is not None and len(areas.main.areas) >= _REGIONS
    grounds = atlas.departements_in(window.box) if (placed or areas) and not covered else ()
    return SearchMap(
        view_box=window.view_box(),
        scale=window.scale,
        grounds=tuple(path_data(one) for one in grounds),
        areas=areas,
        clusters=tuple(_clusters(placed, window.side / STEPS_PER_DEGREE, window.narrowing, around)),
        shown=len(hits),
        placed=len(placed),
    )


def _in(box: tuple[float, float, float, float], place: Place) -> bool:
    west, south, east, north = box
    return west <= place[0] <= east and south <= place[1] <= north


def _box(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """A little more than what holds the places: west, south, east, north."""
    if not places:
        return _MAINLAND
    easts, norths = [place[0] for place in places], [place[1] for place in places]
    side = max(max(easts) - min(easts), max(norths) - min(norths), _LEAST) * _MARGIN + _LEAST / 4
    return min(easts) - side, min(norths) - side, max(easts) + side, max(norths) + side


def _clusters(
    placed: Iterable[tuple[Place, str]], side: float, narrowing: float, around: Callable[[str], str]
) -> Iterable[Cluster]:
    cell = side / _CELLS
    cells: dict[tuple[int, int], list[tuple[Place, str]]] = defaultdict(list)
    for place, label in placed:
        cells[int(place[0] * narrowing // cell), int(place[1] // cell)].append((place, label))
    for _, members in sorted(cells.items()):
        east = sum(place[0] for place, _ in members) / len(members)
        north = sum(place[1] for place, _ in members) / len(members)
        yield Cluster(
            x=round(east * narrowing * STEPS_PER_DEGREE, 1),
            y=round(-north * STEPS_PER_DEGREE, 1),
            radius=round(cell * _RADIUS * min(1.0, 0.4 + math.log10(len(members)) / 3) * STEPS_PER_DEGREE, 1),
            count=len(members),
            label=members[0][1],
            address=around(f"{north:.4f},{east:.4f}"),
        )
