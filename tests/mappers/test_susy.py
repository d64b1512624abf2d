import json
from dataclasses import replace
from functools import cache

import pytest

from cis_graph.harvest.reading import read
from cis_graph.mappers.susy import MAPPER, Row
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.tables import Table
from cis_graph.model.places import Coordinates
from cis_graph.model.records import Record
from cis_graph.resources import DEMONSTRATION

FACTS = DEMONSTRATION / "susy"
FACT_NAMES = {
    "name",
    "_id",
    "_uri",
    "_created",
    "_timestamp",
    "type_of_initiative",
    "addr:city",
    "addr:postcode",
    "addr:country",
    "website",
    "contact:website",
}


@cache
def table() -> Table:
    """The bundled facts, read as a harvest reads them."""
    content = read(MAPPER.source.data[0], (FACTS / "initiatives.geojson").read_bytes())
    assert isinstance(content, Table)
    return content


@cache
def mapped() -> Mapped:
    """What the mapper makes of the bundled facts."""
    return run(MAPPER, (table(),))


def mapped_with(**cells: str) -> tuple[Record, Mapped]:
    """The first record, with some cells of its row written anew, and all that was made."""
    names = {"point": "geometry.coordinates", "created": "properties._created"}
    changed = {names.get(name, f"properties.{name.replace('_', ':', 1)}"): cell for name, cell in cells.items()}
    made = run(MAPPER, (replace(table(), rows=({**table().rows[0], **changed}, *table().rows[1:])),))
    return made.records[0], made


def test_every_feature_is_a_record() -> None:
    """55 features in France make 55 records, one actor each, and nothing is refused."""
    assert (mapped().rows, len(mapped().records), mapped().findings) == (55, 55, ())
    assert [each.rows for each in mapped().records] == [(number,) for number in range(1, 56)]
    assert {len(each.actors) for each in mapped().records} == {1}


def test_a_name_that_comes_twice_is_two_records() -> None:
    """Whether they are one is not the mapper's to say."""
    names = [each.actors[0].label for each in mapped().records]
    assert sorted({name for name in names if names.count(name) > 1}) == ["Coworking PAYS BASQUE"]


def test_an_initiative_has_what_the_map_says() -> None:
    """Name, place, point, site, types, page and times of one initiative."""
    one = next(each for each in mapped().records if each.actors[0].label == "TXIRRIND'OLA")
    (actor,) = one.actors
    assert [place.text for place in actor.places] == ["64100 BAYONNE"]
    assert actor.coordinates == (Coordinates(latitude=43.4992427, longitude=-1.4894348),)
    assert actor.homepage == "http://txirrindola.org/"
    assert actor.keywords == ("bicycle_selfrepair", "recycling", "other_political", "other_communities")
    assert one.page == f"https://data.transformap.co/place/{one.key}"
    assert one.issued is not None
    assert one.modified is not None
    assert "2016" <= one.issued.text <= one.modified.text < "2018-07"


@pytest.mark.parametrize("country", ["France", "FRANCE", " fr ", "Frace"])
def test_france_is_spelled_in_several_ways(country: str) -> None:
    """Each of them places the initiative."""
    assert mapped_with(addr_country=country)[0].actors[0].places


@pytest.mark.parametrize("country", ["", "BE", "Belgique", "Österreich", "Atlantis", "Frances"])
def test_abroad_is_no_place_and_no_finding(country: str) -> None:
    """Abroad no territory is known: neither the town nor the point is taken for a French one, and nobody is blamed."""
    one, made = mapped_with(addr_country=country)
    assert (one.actors[0].places, one.actors[0].coordinates) == ((), ())
    assert made.findings == ()


@pytest.mark.parametrize("text", ["2", "a;b", "1;2;3", ";", "2;91", "181;2", "nan;nan", "inf;0"])
def test_what_is_no_point_is_refused(text: str) -> None:
    """A position is longitude and latitude in range."""
    one, made = mapped_with(point=text)
    assert one.actors[0].coordinates == ()
    assert [(each.field, each.value) for each in made.findings] == [("geometry.coordinates", text)]


@pytest.mark.parametrize("text", ["x", "1e999", "9" * 30, "-" + "9" * 17, "inf"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """Milliseconds beyond the calendar cost the date and not the record."""
    one, made = mapped_with(created=text)
    assert one.issued is None
    assert [each.value for each in made.findings] == [text]


def test_a_new_tag_is_noticed() -> None:
    """A tag that the map did not have in 2018 raises an alarm; those it had are ignored by name."""
    wider = replace(table(), columns=(*table().columns, "properties.drone", "properties.asylum seekers"))
    assert [each.field for each in run(MAPPER, (wider,)).findings] == ["properties.drone"]
    assert len(Row.ignored) == 179


def test_no_text_and_no_contact_is_bundled() -> None:
    """Facts only, of France only, and no e-mail among the sites."""
    text = (FACTS / "initiatives.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    assert {name for one in features for name in one["properties"]} <= FACT_NAMES
    assert "@" not in text
    assert {one["properties"]["addr:country"].upper() for one in features} == {"FR", "FRANCE", "FRACE"}
