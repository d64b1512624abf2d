"""Betweenness by Brandes' algorithm: exact for small networks, from evenly chosen sources for large ones."""

from collections import deque

from cis_graph.network.graph import Graph

_STEPS = 5_000_000  # edges that may be walked in all


def betweenness(graph: Graph) -> list[float]:
    """The share of the shortest paths between two others that pass through each node, from 0 to 1."""
    nodes = len(graph)
    scores = [0.0] * nodes
    sources = _sources(graph)
    for source in sources:
        _add(graph, source, scores)
    others = (nodes - 1) * (nodes - 2)
    scale = nodes / len(sources) / others if others > 0 and sources else 0.0
    return [score * scale for score in scores]


def _sources(graph: Graph) -> range:
    """Every node, or as many as the steps allow, evenly spread over the keys."""
    affordable = max(1, _STEPS // max(1, 2 * len(graph.edges)))
    return range(0, len(graph), max(1, -(-len(graph) // affordable)))


def _add(graph: Graph, source: int, scores: list[float]) -> None:
    """Adds what the paths from one source pass through (Brandes 2001, unweighted)."""
    distance, paths = {source: 0}, {source: 1}
    order: list[int] = []
    waiting = deque([source])
    while waiting:
        node = waiting.popleft()
        order.append(node)
        for other, _ in graph.neighbours[node]:
            if other not in distance:
                distance[other], paths[other] = distance[node] + 1, 0
                waiting.append(other)
            if distance[other] == distance[node] + 1:
                paths[other] += paths[node]
    depending = dict.fromkeys(order, 0.0)
    for node in reversed(order):
        for other, _ in graph.neighbours[node]:
            if distance[other] == distance[node] - 1:
                depending[other] += paths[other] / paths[node] * (1 + depending[node])
        if node != source:
            scores[node] += depending[node]
