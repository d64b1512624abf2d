from itertools import pairwise

import pytest

from cis_graph.model.network import NetworkNode
from cis_graph.network.exports.map import flow_map

LYON = NetworkNode(key="commune-69123", kind="territory", label="Lyon", type="commune", x=4.84, y=45.76)
BRON = NetworkNode(key="commune-69029", kind="territory", label="Bron", type="commune", x=4.91, y=45.73)
LILLE = NetworkNode(key="commune-59350", kind="territory", label="Lille", type="commune", x=3.06, y=50.63)
RHONE = NetworkNode(key="departement-69", kind="territory", label="Rhône", type="departement", x=4.64, y=45.87)
REUNION = NetworkNode(key="departement-974", kind="territory", label="La Réunion", type="departement", x=55.5, y=-21.1)
NOWHERE = NetworkNode(key="commune-98799", kind="territory", label="Clipperton", type="commune")


def test_the_map_comes_as_near_as_what_it_shows() -> None:
    """Two neighbours lie far apart on a map of their own, and close together where the map must reach further."""
    near, far = flow_map([LYON, BRON], "commune").places, flow_map([LYON, BRON, LILLE], "commune").places

    assert abs(near[LYON.key][0] - near[BRON.key][0]) > 3 * abs(far[LYON.key][0] - far[BRON.key][0])


@pytest.mark.parametrize("level", ["region", "departement", "epci", "commune"])
def test_everything_shown_is_inside_the_picture(level: str) -> None:
    """Wherever territories are, overseas or unknown, each has its own place within 960 by 900; north is up."""
    nodes = [LYON, BRON, LILLE, REUNION, NOWHERE]
    places = flow_map(nodes, level).places  # type: ignore[arg-type]

    assert places.keys() == {node.key for node in nodes}
    assert all(0 < x < 960 and 0 < y < 900 for x, y in places.values())
    assert all(one != other for one, other in pairwise(sorted(places.values())))
    assert places[LILLE.key][1] < places[LYON.key][1]


def test_territories_have_their_outlines() -> None:
    """Those that have one are filled, overseas ones in a square of their own; nothing shown leaves the ground alone."""
    assert flow_map([RHONE], "departement").own.count("M") >= 1
    assert len(flow_map([RHONE, REUNION], "departement").own) > len(flow_map([RHONE], "departement").own)
    assert flow_map([], "region").ground
    assert not flow_map([], "region").own
    assert not flow_map([LYON], "commune").own
