"""The picture of a network without any script: actors where they were placed, territories and flows on the map."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from xml.sax.saxutils import escape

from cis_graph.model.network import NetworkNode, Shown
from cis_graph.territories.outlines import STEPS_PER_DEGREE, Outlines, Ring

Point = tuple[float, float]

_SIDE, _WIDTH = 900.0, 960.0
_NAMED = 24  # nodes with their name beside them
_COLOURS = ("#0b6060", "#b3541e", "#5b4b9a", "#7a6a00", "#a3335c", "#2f6db0", "#4f7a28")
_OTHER = "#6b7573"
_NEVER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEST, _EAST, _SOUTH, _NORTH = -5.3, 9.7, 41.3, 51.2  # metropolitan France
_STRETCH = 1 / math.cos(math.radians(46.5))
_SCALE = _SIDE / ((_NORTH - _SOUTH) * _STRETCH)
_OVERSEAS_STEP = 110.0
_STYLE = (
    "<style>.ground{fill:#eceae2;stroke:#fff;stroke-width:.8}.tie{stroke:#0b6060;fill:none}"
    "text{font:13px system-ui,sans-serif;fill:#1c2324;paint-order:stroke;stroke:#fbfaf6;stroke-width:3px}"
    "@media(prefers-color-scheme:dark){.paper{fill:#131617}.ground{fill:#23292b;stroke:#131617}"
    ".tie{stroke:#7fd1c6}text{fill:#e7eae8;stroke:#131617}}</style>"
)


def svg(shown: Shown, title: str) -> bytes:
    """The network as one SVG image, its title its name."""
    draw = _flows if shown.asked.level else _graph
    body = "\n".join(draw(shown))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_SIDE:g}" role="img">'
        f"<title>{_text(title)}</title>{_STYLE}"
        f'<rect class="paper" width="{_WIDTH:g}" height="{_SIDE:g}" fill="#fbfaf6"/>\n{body}\n</svg>\n'
    ).encode()


def _graph(shown: Shown) -> Iterator[str]:
    """Actors by their positions, sized by degree, coloured by type."""
    places = _fitted(shown.nodes)
    yield from _lines(shown, places)
    colours = _colours(shown.nodes)
    for node in shown.nodes:
        x, y = places[node.key]
        radius = 3 + 0.9 * math.sqrt(node.degree)
        colour = colours.get(node.type, _OTHER)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}">{_title(node)}</circle>'
    yield from _names(shown.nodes, places)


def _flows(shown: Shown) -> Iterator[str]:
    """Territories on the map, a line for what flows between two, a disc for what stays inside."""
    yield f'<path class="ground" d="{_ground()}"/>'
    places = _on_map(shown.nodes)
    yield from _lines(shown, places)
    inside = {tie.source: tie.weight for tie in shown.ties if tie.source == tie.target}
    most = max((node.strength for node in shown.nodes), default=1) or 1
    for node in shown.nodes:
        x, y = places[node.key]
        radius = 4 + 22 * math.sqrt(inside.get(node.key, 0) / most)
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{_COLOURS[1]}" fill-opacity=".75">'
            f"{_title(node)}</circle>"
        )
    yield from _names(shown.nodes, places)


def _lines(shown: Shown, places: Mapping[str, Point]) -> Iterator[str]:
    """The ties between two nodes, the heaviest last; long ones are bent, so that both directions can be told."""
    between = [tie for tie in shown.ties if tie.source != tie.target]
    most = max((tie.weight for tie in between), default=1)
    few = 1.0 if len(between) < 400 else 0.45  # noqa: PLR2004 - so many lines hide each other
    for tie in sorted(between, key=lambda tie: (tie.weight, tie.source, tie.target)):
        (x, y), (u, v) = places[tie.source], places[tie.target]
        share = tie.weight / most
        bend_x, bend_y = (x + u) / 2 + (v - y) * 0.12, (y + v) / 2 - (u - x) * 0.12
        yield (
            f'<path class="tie" d="M{x:.1f} {y:.1f}Q{bend_x:.1f} {bend_y:.1f} {u:.1f} {v:.1f}" '
            f'stroke-width="{0.6 + 5 * math.sqrt(share) * few:.2f}" '
            f'stroke-opacity="{(0.15 + 0.55 * math.sqrt(share)) * few:.2f}"/>'
        )


def _names(nodes: Sequence[NetworkNode], places: Mapping[str, Point]) -> Iterator[str]:
    for node in sorted(nodes, key=lambda node: (-node.strength, node.key))[:_NAMED]:
        x, y = places[node.key]
        anchor, side = ("end", -8) if x > _SIDE * 0.75 else ("start", 8)
        yield f'<text x="{x + side:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}">{_text(node.label[:40])}</text>'


def _colours(nodes: Sequence[NetworkNode]) -> Mapping[str, str]:
    """A colour for each of the most frequent types."""
    counts = Counter(node.type for node in nodes if node.type)
    frequent = sorted(counts, key=lambda type_: (-counts[type_], type_))
    return dict(zip(frequent, _COLOURS, strict=False))


def _fitted(nodes: Sequence[NetworkNode]) -> Mapping[str, Point]:
    """The actors' positions stretched over the picture; those without one stand on a ring."""
    known = [(node.x, node.y) for node in nodes if node.x is not None and node.y is not None]
    low = [min((point[axis] for point in known), default=0.0) for axis in (0, 1)]
    span = max((max(point[axis] for point in known) - low[axis] for axis in (0, 1)), default=0.0) if known else 0.0
    room, scale = _SIDE - 160, 1 / span if span else 0.0
    places = {}
    for number, node in enumerate(nodes):
        if node.x is None or node.y is None:
            turn = 2 * math.pi * number / len(nodes)
            places[node.key] = (_SIDE / 2 * (1 + 0.9 * math.cos(turn)), _SIDE / 2 * (1 + 0.9 * math.sin(turn)))
        else:
            places[node.key] = (80 + room * (node.x - low[0]) * scale, 80 + room * (node.y - low[1]) * scale)
    return places


def _on_map(nodes: Sequence[NetworkNode]) -> Mapping[str, Point]:
    """Longitude and latitude on the map; what lies outside it stands in a row below."""
    places, outside = {}, 0
    for node in nodes:
        if node.x is not None and node.y is not None and _WEST < node.x < _EAST and _SOUTH < node.y < _NORTH:
            places[node.key] = _projected((node.x, node.y))
        else:
            places[node.key] = (50 + outside % 8 * _OVERSEAS_STEP, _SIDE - 20 - outside // 8 * 24)
            outside += 1
    return places


def _projected(point: Point) -> Point:
    x = _SIDE / 2 + (point[0] - (_WEST + _EAST) / 2) * _SCALE
    return x, (_NORTH - point[1]) * _STRETCH * _SCALE


@cache
def _ground() -> str:
    """The outlines of the départements as one path."""
    rings = (_degrees(ring) for one in Outlines.load("departement").outlines.values() for ring in one.rings)
    return "".join(_ring(ring) for ring in rings if _WEST < ring[0][0] < _EAST and _SOUTH < ring[0][1] < _NORTH)


def _degrees(ring: Ring) -> list[Point]:
    return [(x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE) for x, y in ring]


def _ring(ring: Sequence[Point]) -> str:
    points = [f"{x:.0f} {y:.0f}" for x, y in map(_projected, ring)]
    kept = [point for point, last in zip(points, [None, *points], strict=False) if point != last]
    return f"M{'L'.join(kept)}Z"


def _title(node: NetworkNode) -> str:
    return f"<title>{_text(node.label)}</title>"


def _text(value: str) -> str:
    return escape(_NEVER.sub("\N{REPLACEMENT CHARACTER}", value))
