import re

import pyoxigraph as ox
import pytest

from cis_graph.model.places import Coordinates
from cis_graph.settings import Settings
from cis_graph.territories.outlines import Atlas
from cis_graph.web.app import create_app
from cis_graph.web.maps import drawn
from tests.support.client import Client
from tests.support.small_release import BASE, SmallRelease, SmallRunner, SmallShelf, fixture_store

ATLAS = Atlas()


def corners(view_box: str) -> tuple[float, float, float, float]:
    """West, top, width and height of a view box."""
    west, top, width, height = map(float, view_box.split())
    return west, top, width, height


def test_a_departement_stands_in_its_region_of_today() -> None:
    """The Aisne is drawn in Hauts-de-France, not in Picardie, and lies within the frame."""
    found = drawn(ATLAS, "departement-02", ("region-22", "region-32", "pays-fr"), None)

    assert found
    assert "region-32" == found.around
    assert found.shape != found.ground
    west, top, width, height = corners(found.view_box)
    narrowing = float(found.scale.split()[0])
    starts = re.findall(r"M(-?[0-9]+) (-?[0-9]+)l", found.ground + found.shape)
    assert starts
    assert all(west < int(x) * narrowing < west + width and top < -int(y) < top + height for x, y in starts)


def test_what_has_no_outline_is_a_point_in_what_is_around() -> None:
    """A commune and an EPT are spots in their département."""
    for key in ("commune-93066", "epci-200057867"):
        found = drawn(ATLAS, key, ("departement-93", "region-11"), Coordinates(latitude=48.93, longitude=2.35))
        assert found
        assert ("", "departement-93") == (found.shape, found.around)
        assert found.spot
        west, top, width, height = corners(found.view_box)
        assert west < found.spot.x < west + width
        assert top < found.spot.y < top + height


@pytest.mark.parametrize("key", ["pays-fr", "pays-om", "commune-98735", "epci-../x", "departement-", ""])
def test_where_nothing_is_known_nothing_is_drawn(key: str) -> None:
    """The country, a commune of no département, a key that is none: no map."""
    assert drawn(ATLAS, key, ("pays-fr",), Coordinates(latitude=1.0, longitude=2.0)) is None


def test_a_page_has_its_map_only_where_there_is_one(client: Client) -> None:
    """The invented territories of the small release have no outline, so their pages have no empty frame."""
    assert "<svg role" not in client.get("/territory/departement-99").text


def test_a_project_shows_where_it_is() -> None:
    """A project that names a département has the map of it, which leads to the territory."""
    store = fixture_store(more=1)
    project, territory = (ox.NamedNode(f"{BASE}id/{end}") for end in ("project/jardin-1", "territory/departement-69"))
    store.add(ox.Quad(project, ox.NamedNode("https://w3id.org/insoc/ontology#territory"), territory))
    release = SmallRelease(store)
    page = Client(create_app(Settings(), SmallShelf(release), SmallRunner(release))).page("/project/jardin-1")

    assert re.search(r'<figure class="map">.*<path class="shape".*href="/territory/departement-69"', page, re.DOTALL)
