"""The picture of a network without any script: actors where they were placed, territories on their map."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from cis_graph.model.network import NetworkNode, Shown
from cis_graph.network.exports.columns import decimal
from cis_graph.network.exports.map import Point, flow_map

_SIDE, _WIDTH = 900.0, 960.0
_NAMED = 24  # nodes with their name beside them
_LETTER, _LINE = 6.6, 14.0  # how wide a letter is, and how high a line, in the units of the picture
_COLOURS = ("#0b6060", "#b3541e", "#5b4b9a", "#7a6a00", "#a3335c", "#2f6db0", "#4f7a28")
_OTHER = "#6b7573"
_NEVER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = (
    "<style>.ground{fill:#eceae2;stroke:#fff;stroke-width:.8}.own{fill:#d3e4df;stroke:#fff}.tie{stroke:#0b6060;fill:none}"
    ".inside{fill:#b3541e;fill-opacity:.78;stroke:#fbfaf6}"
    "text{font:13px system-ui,sans-serif;fill:#1c2324;paint-order:stroke;stroke:#fbfaf6;stroke-width:3px}"
    "@media(prefers-color-scheme:dark){.paper{fill:#131617}.ground{fill:#23292b;stroke:#131617}"
    ".own{fill:#1f4340;stroke:#131617}.inside{fill:#ff9a62;stroke:#131617}"
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
        colour = colours.get(node.type, _OTHER)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_radius(node):.1f}" fill="{colour}">{_title(node)}</circle>'
    yield from _names(shown.nodes, places, _radius)


def _radius(node: NetworkNode) -> float:
    return 3 + 0.9 * math.sqrt(node.degree)


def _flows(shown: Shown) -> Iterator[str]:
    """Territories on the map, a line for what flows between two, a disc for what stays inside."""
    drawn = flow_map(shown.nodes, shown.asked.level)
    yield f'<path class="ground" d="{drawn.ground}"/><path class="own" d="{drawn.own}"/>'
    yield from _lines(shown, drawn.places)
    inside = {tie.source: tie.weight for tie in shown.ties if tie.source == tie.target}
    most = max(inside.values(), default=1) or 1

    def radius(node: NetworkNode) -> float:
        return 4 + 24 * math.sqrt(inside.get(node.key, 0) / most)

    for node in shown.nodes:
        x, y = drawn.places[node.key]
        yield f'<circle class="inside" cx="{x:.1f}" cy="{y:.1f}" r="{radius(node):.1f}">{_title(node)}</circle>'
    yield from _names(shown.nodes, drawn.places, radius)
    yield from _scale(shown, most)


def _scale(shown: Shown, inside: int) -> Iterator[str]:
    """What the widest line and the largest disc weigh."""
    between = max((tie.weight for tie in shown.ties if tie.source != tie.target), default=0)
    y = _SIDE - 34
    yield f'<path class="tie" d="M24 {y:g}h34" stroke-width="5.6"/>'
    yield f'<text x="66" y="{y + 4:g}">{_weight(between)} entre deux territoires</text>'
    yield f'<circle class="inside" cx="41" cy="{y + 20:g}" r="7"/>'
    yield f'<text x="66" y="{y + 24:g}">{_weight(inside)} au plus dans un seul</text>'


def _weight(parts: int) -> str:
    return f"{decimal(parts):.6g}".replace(".", ",")


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


def _names(
    nodes: Sequence[NetworkNode], places: Mapping[str, Point], radius: Callable[[NetworkNode], float]
) -> Iterator[str]:
    """The names of the strongest nodes, each where no stronger one's stands."""
    taken: list[tuple[float, float, float]] = []
    for node in sorted(nodes, key=lambda node: (-node.strength, node.key))[:_NAMED]:
        x, y = places[node.key]
        away, long = radius(node) + 4, _LETTER * min(len(node.label), 40)
        anchor, side = ("end", -away) if x > _SIDE * 0.75 else ("start", away)
        left = x + side - (long if side < 0 else 0)
        if any(abs(y - other) < _LINE and left < end and start < left + long for other, start, end in taken):
            continue
        taken.append((y, left, left + long))
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


def _title(node: NetworkNode) -> str:
    return f"<title>{_text(node.label)}</title>"


def _text(value: str) -> str:
    return escape(_NEVER.sub("\N{REPLACEMENT CHARACTER}", value))
