import pytest

from cis_graph.model.places import Coordinates
from cis_graph.model.releases import Mention, SearchAnswer
from cis_graph.territories.outlines import Atlas
from cis_graph.web.areas import AreaMap, area_map, counted_below, parts_of
from tests.support.client import Client
from tests.support.small_release import SmallRelease, fixture_store

ATLAS = Atlas()
RHONE = ("departement-69", "region-84")
LYON = Coordinates(latitude=45.76, longitude=4.84)
FOUND = SearchAnswer(
    total=9,
    hits=(),
    kinds={},
    facets={
        "area": {"region-84": 9, "region-11": 4, "region-04": 1, "departement-69": 5, "departement-75": 4},
        "epci": {"epci-200046977": 3, "epci-200054781": 1, "epci-247000": 1},
        "commune": {"commune-69123": 2, "commune-75056": 1},
    },
    mentions={
        "territory/region-84": Mention(label="Auvergne-Rhône-Alpes"),
        "territory/departement-69": Mention(label="Rhône", above=("region-84",)),
        "territory/departement-75": Mention(label="Paris", above=("region-11",)),
        "territory/epci-200046977": Mention(label="Métropole de Lyon", above=RHONE),
        "territory/epci-200054781": Mention(label="Métropole du Grand Paris", above=("departement-75", "region-11")),
        "territory/commune-69123": Mention(label="Lyon", above=("epci-200046977", *RHONE), point=LYON),
        "territory/commune-75056": Mention(label="Paris", above=("epci-200054781", "departement-75", "region-11")),
    },
)


def drawn(*chosen: str) -> AreaMap | None:
    """The map below these territories, each area leading to its own page."""
    return area_map(ATLAS, chosen, counted_below(chosen, FOUND), FOUND, lambda key: f"/territory/{key}")


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ((), {"region-84": 9, "region-11": 4, "region-04": 1}),
        (("pays-fr",), {"region-84": 9, "region-11": 4, "region-04": 1}),
        (("region-84",), {"departement-69": 5}),
        (("region-84", "region-11"), {"departement-69": 5, "departement-75": 4}),
        (("departement-69",), {"epci-200046977": 3, "epci-247000": 1}),
        (("epci-200046977",), {"commune-69123": 2}),
        (("commune-69123",), {"commune-69123": 2}),
        (("region-99",), {}),
    ],
)
def test_what_lies_right_below_is_counted(chosen: tuple[str, ...], expected: dict[str, int]) -> None:
    """Level by level; an EPCI of which no département is known stays, what lies elsewhere goes."""
    assert dict(counted_below(chosen, FOUND)) == expected


def test_regions_are_drawn_together_and_those_far_away_apart() -> None:
    """La Réunion has a frame of its own; all are listed with counts and links, the most frequent first."""
    found = drawn()

    assert found
    assert [area.label for area in found.main.areas] == ["Auvergne-Rhône-Alpes", "region-11"]
    assert [area.count for inset in found.insets for area in inset.areas] == [1]
    assert (found.listed[0].count, found.listed[0].address) == (9, "/territory/region-84")
    assert len(found.listed) == 3
    assert found.main.areas[0].shade > found.main.areas[1].shade > found.insets[0].areas[0].shade


def test_counts_stand_inside_their_outlines() -> None:
    """The middle of each outline lies within the outline, brought back to the steps it is drawn in."""
    found = drawn("region-84", "region-11")

    assert found
    narrowing = float(found.main.scale.split()[0])
    for area, key in zip(found.main.areas, ("departement-69", "departement-75"), strict=True):
        outline = ATLAS.of(key)
        assert outline
        assert outline.holds(area.x / narrowing, -area.y)


def test_communes_are_dots_in_their_epci() -> None:
    """The frame is that of the EPCI, or of the smallest outline around a commune."""
    epci = ATLAS.of("epci-200046977")
    for chosen in ("epci-200046977", "commune-69123"):
        found = drawn(chosen)
        assert found
        assert epci
        assert found.window.box == epci.box
        (lyon,) = found.main.areas
        assert (lyon.outline, lyon.label) == ("", "Lyon")
        assert lyon.radius > 0


@pytest.mark.parametrize("chosen", ["region-99", "departement-00", "epci-1", "commune-00000", "x", "region-"])
def test_what_does_not_exist_has_no_map(chosen: str) -> None:
    """An unknown key draws nothing."""
    assert not (found := drawn(chosen)) or (chosen == "x" and len(found.listed) == 3)


def test_a_territory_counts_the_projects_in_its_parts() -> None:
    """On its own outline; where nothing is placed below it there is no map."""
    release = SmallRelease(fixture_store())
    found = parts_of(ATLAS, release, "region-84", lambda key: f"/territory/{key}")

    assert found
    assert (found.kind, bool(found.ground)) == ("project", True)
    assert [(area.label, area.count) for area in found.map.listed] == [("Rhône", 2), ("Ain", 1)]
    assert parts_of(ATLAS, release, "region-11", str) is None


def test_the_home_page_and_the_search_lead_down_the_levels(client: Client) -> None:
    """Each outline is a link with a name; the search narrows and keeps its map, the home page leads to the page."""
    home, search = client.page("/"), client.page("/search?q=jardin&view=map&territory=region-84")

    assert 'href="/territory/region-84" aria-label="Auvergne-Rhône-Alpes, 3"' in home
    assert 'href="/search?q=jardin&amp;territory=departement-69&amp;view=map" aria-label="Rhône, 2"' in search
    assert "Auvergne-Rhône-Alpes, 3" not in search
