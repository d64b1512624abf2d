import math
import random

import networkx as nx
import pytest

from cis_graph.model.network import NetworkNode, NetworkTie
from cis_graph.network.betweenness import betweenness
from cis_graph.network.communities import communities
from cis_graph.network.graph import Graph
from cis_graph.network.layout import positions
from cis_graph.network.measures import with_degrees


def graph_of(network: "nx.Graph") -> Graph:
    """The same network in our form."""
    return Graph.of(len(network), sorted((min(one, other), max(one, other), 1.0) for one, other in network.edges))


@pytest.mark.parametrize("seed", range(5))
def test_betweenness_is_that_of_networkx(seed: int) -> None:
    """Another implementation finds the same shares, in networks that do not hang together too."""
    network = nx.gnm_random_graph(40, 60, seed=seed)
    expected = nx.betweenness_centrality(network)

    assert betweenness(graph_of(network)) == pytest.approx([expected[node] for node in range(40)])


def test_communities_are_the_cliques_they_are() -> None:
    """Twelve caves of twelve are twelve communities, each named by one of its own."""
    found = communities(graph_of(nx.connected_caveman_graph(12, 12)))

    assert [len({found[12 * cave + each] for each in range(12)}) for cave in range(12)] == [1] * 12
    assert {name // 12 for name in found} == set(range(12))


@pytest.mark.parametrize("seed", range(3))
def test_communities_are_as_good_as_networkx_finds(seed: int) -> None:
    """Their modularity is at least nine tenths of what networkx' Louvain comes to."""
    network = nx.gnm_random_graph(120, 400, seed=seed)
    found = communities(graph_of(network))
    ours = [{node for node in network if found[node] == name} for name in set(found)]

    assert nx.community.modularity(network, ours) > 0.9 * nx.community.modularity(
        network, nx.community.louvain_communities(network, seed=1)
    )


def test_the_same_network_gives_the_same_standing() -> None:
    """Nothing is left to chance."""
    network = graph_of(nx.gnm_random_graph(60, 150, seed=3))

    assert positions(network, {}) == positions(network, {})
    assert communities(network) == communities(network)


@pytest.mark.parametrize("cliques", [8, 150])
def test_neighbours_lie_nearer_than_strangers(cliques: int) -> None:
    """The picture shows who is tied to whom, in a large network too: a clique lies closer together than the whole."""
    network = nx.connected_caveman_graph(cliques, 10)
    places = [place.shown for place in positions(graph_of(network), {})]
    near = [math.dist(places[one], places[other]) for one, other in network.edges]
    chance = random.Random(1)
    far = [math.dist(*chance.sample(places, 2)) for _ in range(500)]

    assert sum(near) / len(near) < 0.5 * sum(far) / len(far)
    assert all(math.hypot(*place) <= 1 for place in places)


def test_nobody_jumps() -> None:
    """From where forces left it a network hardly moves."""
    network = graph_of(nx.connected_caveman_graph(8, 10))
    before = positions(network, {})
    after = positions(network, {node: place.left for node, place in enumerate(before) if place.left})

    moves = sorted(math.dist(one.shown, other.shown) for one, other in zip(before, after, strict=True))

    assert moves[len(moves) // 2] < 0.02
    assert moves[-1] < 0.25  # round the middle, which is the middle of those who moved too


@pytest.mark.parametrize("nodes", [0, 1, 2])
def test_hardly_any_network_is_a_network(nodes: int) -> None:
    """Nobody, one alone and two strangers have their standing too."""
    network = Graph.of(nodes, [])

    assert betweenness(network) == [0.0] * nodes
    assert communities(network) == list(range(nodes))
    assert len(positions(network, {})) == nodes


def test_degree_and_strength_are_those_of_what_is_shown() -> None:
    """A territory's tie with itself adds to its strength once and to its degree not at all."""
    nodes = [NetworkNode(key=key, kind="territory", label=key) for key in "ab"]
    ties = [
        NetworkTie(source="a", target="a", weight=3, projects=1, grants=0),
        NetworkTie(source="a", target="b", weight=2, projects=1, grants=0),
    ]

    assert [(node.degree, node.strength) for node in with_degrees(nodes, ties)] == [(1, 5), (1, 2)]
