import re

import pytest

from cis_graph.model.releases import SearchHit
from cis_graph.model.spreadsheets import harmless
from cis_graph.territories.outlines import Atlas
from cis_graph.web.search_map import SearchMap, search_map
from tests.support.client import Client


def hit(key: str, latitude: float | None, longitude: float | None) -> SearchHit:
    """An answer at a point, or nowhere."""
    return SearchHit(kind="actor", key=key, label=f"Acteur {key}", detail="", latitude=latitude, longitude=longitude)


def drawn(*hits: SearchHit) -> SearchMap:
    """The map of these answers."""
    return search_map(Atlas(), hits, lambda point: f"/search?near={point}")


def test_answers_of_one_place_are_one_dot() -> None:
    """Two in Lyon and one in Lille are two dots with their counts, each leading to the search around it."""
    found = drawn(hit("a", 45.76, 4.84), hit("b", 45.761, 4.841), hit("c", 50.63, 3.06), hit("d", None, None))

    assert [1, 2] == sorted(dot.count for dot in found.clusters)
    assert (4, 3) == (found.shown, found.placed)
    assert {"/search?near=45.7605,4.8405", "/search?near=50.6300,3.0600"} == {dot.address for dot in found.clusters}
    assert found.grounds
    (lyon,) = [dot for dot in found.clusters if dot.count == 2]
    (lille,) = [dot for dot in found.clusters if dot.count == 1]
    assert lille.y < lyon.y
    assert lille.radius < lyon.radius


def test_the_view_holds_every_dot() -> None:
    """Every dot lies in the view box; what is overseas is left to the list where anything lies on the mainland."""
    found = drawn(hit("a", 48.4, -4.5), hit("b", 42.7, 2.9), hit("c", 48.57, 7.75), hit("d", -21.1, 55.5))
    west, north, width, height = map(float, found.view_box.split())

    assert 3 == found.placed
    assert all(west < dot.x < west + width and north < dot.y < north + height for dot in found.clusters)
    assert 1 == drawn(hit("d", -21.1, 55.5)).placed


def test_nothing_located_is_said() -> None:
    """Answers without a point draw no map."""
    assert ((), ()) == (drawn(hit("a", None, None)).clusters, drawn().grounds)


def test_a_map_is_a_state_of_the_search(client: Client) -> None:
    """?view=map keeps the list beside, and what is unknown is refused."""
    page = client.page("/search?q=jardin&view=map")

    assert "Chaque contour compte" in page
    assert "située assez précisément" in client.page("/search?q=jardin&view=map&territory=region-99")
    assert 40 == page.count('class="card whole"')
    assert 'href="/search?q=jardin"' in page
    assert re.search(r'href="/search\?q=jardin&amp;view=map" aria-current="true"', page)
    assert client.get("/search?view=globe").status_code == 400


def test_around_a_point_answers_come_by_distance(client: Client) -> None:
    """Distance is shown as the order there is; each other order leaves the point out."""
    page = client.page("/search?q=jardin&near=45.76,4.84")

    assert re.search(r'aria-current="true">Distance</a>', page)
    assert 'href="/search?q=jardin&amp;sort=date"' in page


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-2", "@SUM(1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_begins_a_formula(text: str) -> None:
    """What a spreadsheet would run stands behind an apostrophe; the rest stays as it is."""
    assert f"'{text}" == harmless(text)
    assert "a=1" == harmless("a=1")
