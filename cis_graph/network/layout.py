"""Positions by forces after ForceAtlas2: neighbours attract, all repel, the centre holds everybody.

Near nodes repel one by one; far ones by the leaf of a k-d tree they lie in, as one mass, and those much farther away by
the branch that holds their leaf (Barnes and Hut 1986).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from cis_graph.network.graph import Graph

Point = tuple[float, float]
Mass = tuple[float, float, float]  # x, y, mass

_LEAF = 24  # nodes that repel one by one
_SAME = 2  # rounds for which they stay together: neighbours move alike
_BRANCH = 16  # leaves that are one mass from afar
_AFAR = 2.0  # times their reach
_SCALING, _GRAVITY = 10.0, 4.0
_FRESH, _FEWEST = 120, 30  # rounds from nothing, the fewer the larger a network is
_AGAIN = 8  # rounds from where the last release left it
_MOVES = 600_000  # moves of a node in all from nothing: a large network comes to rest over a few releases
_KNOWN = 0.5  # share of nodes with a position from which on the last release is only mended
_SPREAD = 10.0  # of the disc to start from
_RING = 1.0  # where those without any tie stand; the others lie within 0.9
_TURN = math.pi * (3 - math.sqrt(5))  # the golden angle: an even disc to start from


class Place(NamedTuple):
    """Where a node is shown, from -1 to 1, and where forces left it; those whom no tie holds, nowhere."""

    shown: Point
    left: Point | None = None


def positions(graph: Graph, before: Mapping[int, Point]) -> list[Place]:
    """A place for each node, near its last one where ``before`` has where it was left."""
    tied = [node for node in range(len(graph)) if graph.neighbours[node]]
    number = {node: index for index, node in enumerate(tied)}
    inner = Graph.of(len(tied), ((number[a], number[b], weight) for a, b, weight in graph.edges))
    known = {number[node]: point for node, point in before.items() if node in number}
    mending = len(known) >= _KNOWN * len(tied)
    places = [_start(node, inner, known) for node in range(len(tied))]
    left = _settled(inner, places, _AGAIN if mending else _rounds(len(tied)))
    held = {
        node: Place(_rounded(shown), _rounded(rest))
        for node, shown, rest in zip(tied, _fitted(left), left, strict=True)
    }
    alone = [node for node in range(len(graph)) if node not in number]
    turns = ((node, 2 * math.pi * index / len(alone)) for index, node in enumerate(alone))
    around = {node: Place(_rounded((_RING * math.cos(turn), _RING * math.sin(turn)))) for node, turn in turns}
    return [held[node] if node in number else around[node] for node in range(len(graph))]


def _rounds(nodes: int) -> int:
    """Rounds from nothing: the fewer the more nodes there are."""
    return max(_FEWEST, min(_FRESH, _MOVES // max(1, nodes)))


def _start(node: int, graph: Graph, known: Mapping[int, Point]) -> Point:
    """Where it was, else amid its known neighbours, else on a disc in order of number."""
    turn = node * _TURN
    if node in known:
        return known[node]
    near = [known[other] for other, _ in graph.neighbours[node] if other in known]
    if near:
        x, y = (sum(point[axis] for point in near) / len(near) for axis in (0, 1))
        return x + math.cos(turn), y + math.sin(turn)
    radius = _SPREAD * math.sqrt(node + 0.5)
    return radius * math.cos(turn), radius * math.sin(turn)


def _settled(graph: Graph, places: list[Point], rounds: int) -> list[Point]:
    """The places after so many rounds; each node is slowed by how much its force swings (Jacomy et al. 2014)."""
    masses = [strength + 1.0 for strength in graph.strengths()]
    last, speed = [(0.0, 0.0)] * len(places), 1.0
    leaves: list[list[int]] = []
    for number in range(rounds if places else 0):
        if number % _SAME == 0:
            leaves = _leaves(places)
        forces = _repulsion(leaves, places, masses)
        _attract(graph, places, masses, forces)
        swings = [math.dist(now, then) for now, then in zip(forces, last, strict=True)]
        pulls = [math.hypot(x + u, y + v) / 2 for (x, y), (u, v) in zip(forces, last, strict=True)]
        swinging = sum(mass * swing for mass, swing in zip(masses, swings, strict=True))
        pulling = sum(mass * pull for mass, pull in zip(masses, pulls, strict=True))
        speed += min(pulling / (swinging + 1e-9) - speed, speed / 2)
        steps = [speed / (1 + math.sqrt(speed * swing)) for swing in swings]
        places = [(x + u * s, y + v * s) for (x, y), (u, v), s in zip(places, forces, steps, strict=True)]
        last = forces
    return places


def _attract(graph: Graph, places: Sequence[Point], masses: Sequence[float], forces: list[Point]) -> None:
    """Adds the pull of the edges, and that of the centre."""
    pull = [list(force) for force in forces]
    for one, other, weight in graph.edges:
        dx, dy = ((places[other][axis] - places[one][axis]) * weight for axis in (0, 1))
        pull[one][0] += dx
        pull[one][1] += dy
        pull[other][0] -= dx
        pull[other][1] -= dy
    for node, (x, y) in enumerate(places):
        towards = _GRAVITY * masses[node] / (math.hypot(x, y) + 1e-9)
        forces[node] = (pull[node][0] - x * towards, pull[node][1] - y * towards)


def _repulsion(leaves: Sequence[list[int]], places: Sequence[Point], masses: Sequence[float]) -> list[Point]:
    centres = [_centre(leaf, places, masses) for leaf in leaves]
    branches = [_Branch.of(centres[first : first + _BRANCH]) for first in range(0, len(centres), _BRANCH)]
    forces: list[Point] = [(0.0, 0.0)] * len(places)
    for number, leaf in enumerate(leaves):
        far = _seen(centres[number], branches)
        near = [(places[node][0], places[node][1], masses[node]) for node in leaf]
        x, y, _ = centres[number]
        outer = _push(x, y, 1.0, far)
        for node in leaf:
            inner = _push(*places[node], masses[node], near)
            forces[node] = (inner[0] + outer[0] * masses[node], inner[1] + outer[1] * masses[node])
    return forces


def _push(x: float, y: float, mass: float, others: Sequence[Mass]) -> Point:
    """What masses at (x, y, mass) push a mass away with; one in the same place does not push."""
    right = up = 0.0
    for other_x, other_y, other in others:
        dx, dy = x - other_x, y - other_y
        strength = other / (dx * dx + dy * dy + 1e-2)
        right += dx * strength
        up += dy * strength
    return right * _SCALING * mass, up * _SCALING * mass


def _leaves(places: Sequence[Point]) -> list[list[int]]:
    """The nodes halved along their longer side until few enough lie together."""
    axes = [[place[axis] for place in places] for axis in (0, 1)]

    def halved(nodes: list[int]) -> list[list[int]]:
        if len(nodes) <= _LEAF:
            return [nodes] if nodes else []
        values = [[along[node] for node in nodes] for along in axes]
        spans = [max(found) - min(found) for found in values]
        ordered = sorted(nodes, key=axes[spans[1] > spans[0]].__getitem__)  # equal ones stay in the order they were in
        half = len(ordered) // 2
        return halved(ordered[:half]) + halved(ordered[half:])

    return halved(list(range(len(places))))


def _centre(leaf: Sequence[int], places: Sequence[Point], masses: Sequence[float]) -> Mass:
    return _middle([(*places[node], masses[node]) for node in leaf])


def _middle(masses: Sequence[Mass]) -> Mass:
    whole = sum(mass for _, _, mass in masses)
    return sum(x * mass for x, _, mass in masses) / whole, sum(y * mass for _, y, mass in masses) / whole, whole


@dataclass(frozen=True, slots=True)
class _Branch:
    """Leaves that lie together: their middle, and the square of the distance from which it stands for them."""

    middle: Mass
    afar: float
    leaves: Sequence[Mass]

    @classmethod
    def of(cls, leaves: Sequence[Mass]) -> Self:
        middle = _middle(leaves)
        reach = max(math.dist(leaf[:2], middle[:2]) for leaf in leaves)
        return cls(middle, (_AFAR * reach) ** 2, leaves)


def _seen(centre: Mass, branches: Iterable[_Branch]) -> list[Mass]:
    """The masses that a leaf sees: middles of branches far away, leaves of those near, itself left out."""
    x, y, _ = centre
    found: list[Mass] = []
    for branch in branches:
        dx, dy = branch.middle[0] - x, branch.middle[1] - y
        if dx * dx + dy * dy > branch.afar and len(branch.leaves) > 1:
            found.append(branch.middle)
        else:
            found += (leaf for leaf in branch.leaves if leaf is not centre)
    return found


def _fitted(places: list[Point]) -> list[Point]:
    """The places in a disc of 0.9, each node as far out as as many are further in: no crowd, and nobody far away."""
    if not places:
        return []
    x, y = (sorted(point[axis] for point in places)[len(places) // 2] for axis in (0, 1))
    moved = [(px - x, py - y) for px, py in places]
    inwards = sorted(range(len(moved)), key=lambda node: (math.hypot(*moved[node]), node))
    radius = {node: 0.9 * math.sqrt(rank / len(moved)) for rank, node in enumerate(inwards)}
    turns = [math.atan2(py, px) for px, py in moved]
    return [(radius[node] * math.cos(turn), radius[node] * math.sin(turn)) for node, turn in enumerate(turns)]


def _rounded(point: Point) -> Point:
    return round(point[0], 4), round(point[1], 4)
