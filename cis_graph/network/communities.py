"""Communities by the Louvain method, in order of node, so that the same network gives the same groups."""

from cis_graph.network.graph import Graph

_PASSES = 20
_GAIN = 1e-9  # a move must be worth more than what rounding leaves


def communities(graph: Graph) -> list[int]:
    """For each node the number of the strongest node of its community, the smallest where several are as strong."""
    members = list(range(len(graph)))  # for each node, the node of the coarser graph it is part of
    level, loops = graph, [0.0] * len(graph)
    while True:
        groups = _grouped(level, loops)
        numbers = {group: number for number, group in enumerate(sorted(set(groups)))}
        if len(numbers) == len(level):
            return _named(graph, members)
        joined = [numbers[group] for group in groups]
        members = [joined[member] for member in members]
        level, loops = _coarser(level, loops, joined)


def _grouped(graph: Graph, loops: list[float]) -> list[int]:
    """Each node in the neighbouring group where modularity gains most, until nobody moves."""
    strengths = [strength + 2 * loop for strength, loop in zip(graph.strengths(), loops, strict=True)]
    total = sum(strengths) or 1.0
    groups, sums = list(range(len(graph))), list(strengths)
    for _ in range(_PASSES):
        moved = False
        for node, strength in enumerate(strengths):
            own = groups[node]
            sums[own] -= strength
            best = _best(graph, node, groups, sums, strength / total)
            sums[best] += strength
            groups[node] = best
            moved = moved or best != own
        if not moved:
            break
    return groups


def _best(graph: Graph, node: int, groups: list[int], sums: list[float], pull: float) -> int:
    """The group that gains most by a node which is in none; its last one where nothing gains more."""
    own = groups[node]
    towards = {own: 0.0}
    for other, weight in graph.neighbours[node]:
        towards[groups[other]] = towards.get(groups[other], 0.0) + weight
    best, gain = own, towards[own] - pull * sums[own]
    for group in sorted(towards):
        if towards[group] - pull * sums[group] > gain + _GAIN:
            best, gain = group, towards[group] - pull * sums[group]
    return best


def _coarser(graph: Graph, loops: list[float], joined: list[int]) -> tuple[Graph, list[float]]:
    """One node a group; the weight inside a group becomes its loop."""
    size = max(joined) + 1
    inside, between = [0.0] * size, dict[tuple[int, int], float]()
    for node, loop in enumerate(loops):
        inside[joined[node]] += loop
    for one, other, weight in graph.edges:
        first, second = sorted((joined[one], joined[other]))
        if first == second:
            inside[first] += weight
        else:
            between[first, second] = between.get((first, second), 0.0) + weight
    return Graph.of(size, ((one, other, weight) for (one, other), weight in sorted(between.items()))), inside


def _named(graph: Graph, members: list[int]) -> list[int]:
    strengths = graph.strengths()
    strongest: dict[int, int] = {}
    for node, group in enumerate(members):
        if group not in strongest or strengths[node] > strengths[strongest[group]] + _GAIN:
            strongest[group] = node
    return [strongest[group] for group in members]
