"""An undirected weighted graph over numbered nodes, as neighbour lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

Edge = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Graph:
    """``neighbours[n]`` holds (other, weight) of each edge of node n, in order of number."""

    edges: tuple[Edge, ...]
    neighbours: tuple[tuple[tuple[int, float], ...], ...]

    @classmethod
    def of(cls, nodes: int, edges: Iterable[Edge]) -> Self:
        """The graph of so many nodes; no edge stands twice and none joins a node to itself."""
        kept = tuple(edges)
        around: list[list[tuple[int, float]]] = [[] for _ in range(nodes)]
        for one, other, weight in kept:
            around[one].append((other, weight))
            around[other].append((one, weight))
        return cls(kept, tuple(tuple(sorted(each)) for each in around))

    def __len__(self) -> int:
        return len(self.neighbours)

    def strengths(self) -> list[float]:
        """The sum of the weights of each node's edges."""
        return [sum(weight for _, weight in each) for each in self.neighbours]
