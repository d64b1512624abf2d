"""A map of the territories of one level: each an outline or a dot with its count and a link, and all in a list."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cis_graph.model.releases import OpenRelease, SearchAnswer, SearchKind, SearchQuestion
from cis_graph.territories.outlines import STEPS_PER_DEGREE, Atlas, Outline, Ring
from cis_graph.web.facets import lies_within
from cis_graph.web.maps import Window, path_data

Box = tuple[float, float, float, float]  # west, south, east, north, in steps

_MAINLAND: Box = (-5200, 41300, 9700, 51150)
_LEVELS = ("region", "departement", "epci", "commune")
_FACETS = {"region": "area", "departement": "area", "epci": "epci", "commune": "commune"}
PARTS: tuple[SearchKind, ...] = ("project", "actor")
_SHADES = 6
_LETTER = 0.026  # height of a count, of the larger side
_INSET_LETTER = 0.3
_DOTS = 0.012, 0.032  # least and largest radius of a dot, of the larger side
_MARGIN = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One territory: its outline, or where it has none its dot; ``shade`` from 1 to 6 tells its count.

    ``x`` and ``y``, in the units of the view box, are its middle, where its count is written.
    """

    label: str
    count: int
    address: str
    shade: int
    outline: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What to draw, as in :class:`cis_graph.web.maps.Map`; ``letter`` is the height of a count."""

    view_box: str
    scale: str
    letter: float
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMap:
    """The territories drawn together, those far from them each on its own, and all of them as a list."""

    window: Window
    main: Picture
    insets: tuple[Picture, ...]
    listed: tuple[Area, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is counted in each part of a territory, and its map; ``ground`` is the territory's own outline."""

    kind: SearchKind
    ground: str
    map: AreaMap


def parts_of(atlas: Atlas, release: OpenRelease, territory: str, paths: Callable[[str], str]) -> Parts | None:
    """Where in a territory its projects are, or where none is placed its actors; None where neither can be drawn.

    ``paths`` gives the path of a territory's page.
    """
    chosen = () if territory.startswith("pays-") else (territory,)
    filters = {"territory": frozenset((territory,))}
    for kind in PARTS:
        asked = SearchQuestion(kind=kind, filters=filters, size=1, facets=frozenset(_FACETS.values()))
        found = release.search(asked)
        drawing = area_map(atlas, chosen, counted_below(chosen, found), found, paths)
        if drawing:
            own = atlas.of(territory)
            return Parts(kind=kind, ground=path_data(own) if own else "", map=drawing)
    return None


def counted_below(chosen: Sequence[str], found: SearchAnswer) -> Mapping[str, int]:
    """How many answers lie in each territory right below those that are chosen; in each région where none is."""
    levels = [_LEVELS.index(level) for key in chosen if (level := key.partition("-")[0]) in _LEVELS]
    level = _LEVELS[min(max(levels, default=-1) + 1, len(_LEVELS) - 1)]
    counts = found.facets.get(_FACETS[level], {})
    return {
        key: count
        for key, count in counts.items()
        if key.startswith(f"{level}-") and (level == "region" or lies_within(key, chosen, found))
    }


def area_map(
    atlas: Atlas, chosen: Sequence[str], counts: Mapping[str, int], found: SearchAnswer, address: Callable[[str], str]
) -> AreaMap | None:
    """The map of the territories that are counted, in those that are chosen; None where there is nothing to draw.

    ``address`` is where a territory leads to.
    """
    drawing = _Drawing(atlas, counts, found, address)
    keys = sorted(counts, key=lambda key: (-counts[key], drawing.label(key)))
    box = _MAINLAND if all(key.startswith("region-") for key in keys) else drawing.frame(chosen, keys)
    if not keys or box is None:
        return None
    window = Window(box)
    near = [key for key in keys if drawing.lies_in(key, box)]
    far = [outline for key in keys if key not in near and (outline := atlas.of(key))]
    return AreaMap(
        window=window,
        main=drawing.picture(near, window, _LETTER),
        insets=tuple(drawing.picture([one.key], Window(one.box), _INSET_LETTER) for one in far),
        listed=tuple(drawing.area(key, window) for key in keys),
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws the territories of one answer."""

    atlas: Atlas
    counts: Mapping[str, int]
    found: SearchAnswer
    address: Callable[[str], str]

    def label(self, key: str) -> str:
        """The name of a territory."""
        return self.found.name("territory", key) or key

    def picture(self, keys: Sequence[str], window: Window, letter: float) -> Picture:
        """These territories in a window, counts ``letter`` high in parts of its larger side."""
        return Picture(
            view_box=window.view_box(_MARGIN),
            scale=window.scale,
            letter=round(window.side * letter, 1),
            areas=tuple(self.area(key, window) for key in keys),
        )

    def area(self, key: str, window: Window) -> Area:
        """One territory as it stands in a window."""
        count, most = self.counts[key], max(self.counts.values())
        share = math.log(count + 1) / math.log(most + 1)
        outline = self.atlas.of(key)
        east, north = self.middle(key) or (0.0, 0.0)
        return Area(
            label=self.label(key),
            count=count,
            address=self.address(key),
            shade=max(1, round(share * _SHADES)),
            outline=path_data(outline) if outline else "",
            x=round(east * window.narrowing, 1),
            y=round(-north, 1),
            radius=round(window.side * (_DOTS[0] + share * (_DOTS[1] - _DOTS[0])), 1),
        )

    def middle(self, key: str) -> tuple[float, float] | None:
        """The centre of the largest part of an outline, or the point of what has none, in steps."""
        if outline := self.atlas.of(key):
            return max(map(_centre, outline.rings))[1]
        mention = self.found.mentions.get(f"territory/{key}")
        if mention is None or mention.point is None:
            return None
        return mention.point.longitude * STEPS_PER_DEGREE, mention.point.latitude * STEPS_PER_DEGREE

    def lies_in(self, key: str, box: Box) -> bool:
        """Whether the middle of a territory lies in a box."""
        middle = self.middle(key)
        return middle is not None and box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3]

    def frame(self, chosen: Sequence[str], keys: Sequence[str]) -> Box | None:
        """The box around the chosen territories, or the nearest around them that have outlines, and what is counted."""
        around = [self._outlined(key) for key in chosen] + [self.atlas.of(key) for key in keys]
        boxes: list[Box] = [one.box for one in around if one]
        if not boxes:
            return None
        wests, souths, easts, norths = zip(*boxes, strict=True)
        return min(wests), min(souths), max(easts), max(norths)

    def _outlined(self, key: str) -> Outline | None:
        outlines = (self.atlas.of(one) for one in (key, *self.found.above(key)))
        return next((outline for outline in outlines if outline), None)


def _centre(ring: Ring) -> tuple[float, tuple[float, float]]:
    """The size of a ring and its centre of gravity."""
    turns = [(a[0] * b[1] - b[0] * a[1], a, b) for a, b in pairwise(ring)]
    twice = sum(turn for turn, _, _ in turns)
    if not twice:
        return 0.0, (float(ring[0][0]), float(ring[0][1]))
    east = sum((a[0] + b[0]) * turn for turn, a, b in turns) / (3 * twice)
    north = sum((a[1] + b[1]) * turn for turn, a, b in turns) / (3 * twice)
    return abs(twice), (east, north)
