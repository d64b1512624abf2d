import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.territories.outlines import Atlas
from cis_graph.web.plot import Place, plotted
from tests.support.client import Client

ATLAS = Atlas()
LYON = "POINT(4.83 45.76)"
FORT_DE_FRANCE = "POINT(-61.07 14.6)"
GEO = "http://www.opengis.net/ont/geosparql#"


def place(wkt: str) -> Place:
    """A place without a page."""
    return Place(wkt=wkt, name="ici")


def test_a_point_stands_within_its_frame_on_the_departements_around() -> None:
    """Lyon is one spot inside the view box, and the ground below it is not empty."""
    found = plotted([place(LYON)], ATLAS)

    assert found
    ((spot,),) = (mark.spots for mark in found.marks)
    west, top, width, height = map(float, found.view_box.split())
    assert west < spot.x < west + width
    assert top < spot.y < top + height
    assert spot.x == pytest.approx(4830 * math.cos(math.radians(45.76)), abs=1)
    assert found.ground.startswith("M")


def test_what_is_overseas_does_not_shrink_the_metropole() -> None:
    """Martinique beside Lyon is told of, not drawn; alone it has its own map."""
    both = plotted([place(LYON), place(FORT_DE_FRANCE)], ATLAS)
    alone = plotted([place(FORT_DE_FRANCE)], ATLAS)

    assert both
    assert (1, 1) == (len(both.marks), both.left_out)
    assert alone
    assert 0 == alone.left_out
    assert alone.ground


@pytest.mark.parametrize(
    ("wkt", "drawn"),
    [
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> Point (4.83 45.76)", "spot"),
        ("MULTIPOINT((4 45), (5 46))", "spot"),
        ("MULTIPOINT(4 45, 5 46)", "spot"),
        ("POINT Z (4.83 45.76 170)", "spot"),
        ("LINESTRING(4 45, 5 46)", "line"),
        ("POLYGON((4 45, 5 45, 5 46, 4 45))", "area"),
        ("MULTIPOLYGON(((4 45, 5 45, 5 46, 4 45)),((1 45, 2 45, 2 46, 1 45)))", "area"),
    ],
)
def test_the_shapes_of_geosparql(wkt: str, drawn: str) -> None:
    """Points become spots, lines and areas become paths, alone or several."""
    found = plotted([place(wkt)], ATLAS)

    assert found
    (mark,) = found.marks
    assert [drawn] == [
        name for name, there in (("spot", mark.spots), ("line", mark.line), ("area", mark.area)) if there
    ]


@pytest.mark.parametrize(
    "wkt",
    [
        "", "POINT", "POINT()", "POINT(4)", "POINT(x y)", "POINT(1e999 1)", "POINT(nan 4)", "POINT(400 45)",
        "<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(45 4)", "POINT EMPTY", "CIRCLE(4 45)", "POINT(4 45",
        "((((((((", "POINT(4 45)" * 2,
    ],
)  # fmt: skip
def test_what_is_no_place_is_left_out(wkt: str) -> None:
    """A text that cannot be read, a coordinate off the earth, axes in another order: no map, and no failure."""
    assert plotted([place(wkt)], ATLAS) is None


@given(st.text(alphabet="POINTLYGMUZ()., -+0123456789eE<>\n", max_size=60))
def test_no_text_breaks_the_map(text: str) -> None:
    """Whatever stands in a literal, drawing it raises nothing."""
    plotted([place(f"POINT({text})"), place(text)], ATLAS)


def test_an_answer_with_places_has_a_map(client: Client) -> None:
    """The results page draws the places of its table, leads from each to the page about it, and escapes its name."""
    query = f"""SELECT ?territory ?name ?where {{
        VALUES ?territory {{ <https://carrefour.example/id/territory/commune-99102> }}
        BIND("Pommeraie <b>" AS ?name) BIND("{LYON}"^^<{GEO}wktLiteral> AS ?where) }}"""
    html = client.request("GET", "/sparql", params={"query": query, "format": "html"}).text

    assert 'class="map plot"' in html
    assert '<a tabindex="-1" href="/territory/commune-99102"><title>Pommeraie &lt;b&gt;</title><circle' in html
    assert 'class="map plot"' not in client.page("/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%203")
