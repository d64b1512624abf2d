from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cis_graph.entities.merge import Description, Entity, merge
from cis_graph.model.dates import StatedDate
from cis_graph.model.nodes import KINDS, NodeId, Thing, things
from cis_graph.model.places import Place
from cis_graph.model.records import Event, Label, Programme, Record
from tests.support.making import actor, part, place, project, record

KEY = "k"


def dated(contributor: str, thing: Any, modified: str | None = None, issued: str | None = None) -> Record:
    """A record of one thing with its dates."""
    one = record(contributor, "1", thing)
    stated = [StatedDate.parse(text) if text else None for text in (modified, issued)]
    return replace(one, modified=stated[0], issued=stated[1])


def descriptions(*records: Record) -> list[Description]:
    """Every node of records as its record tells it."""
    return [told for one in records for told in Description.of(one)]


def merged(*records: Record, keys: dict[NodeId, str] | None = None) -> Any:
    """The value of the entity that all nodes of these records make."""
    told = descriptions(*records)
    known = {one.node: KEY for one in told} | (keys or {})
    return merge(KINDS[type(told[0].thing)], KEY, told, known, ()).value


def named(*labels: str) -> Any:
    """The entity of one actor a contributor, under these labels; the first is in the newest record."""
    years = range(2000 + len(labels), 2000, -1)
    return merged(*(dated(f"c{year}", actor(label), str(year)) for year, label in zip(years, labels, strict=True)))


def test_the_most_frequent_label_wins() -> None:
    """What most contributors call it is its name, however new or long another is; the others stay as names."""
    one = named("La très grande Clairière", "Clairière", "Clairière")

    assert (one.label, one.alternative_labels) == ("Clairière", ("La très grande Clairière",))


def test_a_label_in_capitals_gives_way() -> None:
    """Among equals, nobody is shouted at."""
    assert named("CLAIRIERE DES BOIS", "Clairière").label == "Clairière"


def test_the_longest_label_says_most() -> None:
    """Among equals in small letters, the longest is taken."""
    assert named("Clairière", "La Clairière").label == "La Clairière"


def test_the_newest_record_decides_between_labels_of_one_length() -> None:
    """When nothing else tells labels apart, the newest record does."""
    assert named("Verger", "Jardin").label == "Verger"
    assert named("Jardin", "Verger").label == "Jardin"


def test_a_label_of_an_old_edition_gives_way_to_one_of_the_newest() -> None:
    """What a contributor itself has renamed keeps its new name, even if the old one is longer."""
    old = replace(actor("La vieille Clairière", node="old"), edition_of="actor")
    one = merged(record("a", "1", actor("Clairière"), old))

    assert (one.label, one.alternative_labels) == ("Clairière", ("La vieille Clairière",))


def test_the_newest_record_gives_single_values() -> None:
    """A homepage is that of the record modified last, else issued last; an undated record comes last."""
    pages = [replace(actor("x"), homepage=f"https://{number}.example/") for number in range(4)]
    one = merged(
        dated("a", pages[0]),
        dated("b", pages[1], modified="2019-06"),
        dated("c", pages[2], issued="2020"),
        dated("d", pages[3], modified="2018-01-01", issued="2024"),
    )

    assert one.homepage == "https://2.example/"


def test_a_value_the_newest_record_lacks_comes_from_the_next() -> None:
    """Silence of the newest record is no contradiction."""
    known = replace(actor("x"), homepage="https://old.example/")

    assert merged(dated("a", actor("x"), "2024"), dated("b", known, "2010")).homepage == "https://old.example/"


def test_a_newer_edition_of_a_record_comes_first() -> None:
    """Within one record the newest edition gives the value."""
    old = replace(project("x", node="old"), edition_of="project", description="old", edition="2019")
    new = replace(project("x"), description="new", edition="2021")
    one = merged(record("a", "1", old, new))

    assert (one.description, one.edition, one.edition_of) == ("new", None, None)


def test_zero_is_a_value() -> None:
    """No partner, said by the newest record, wins over five."""
    none, five = (replace(project("x"), stated_partner_count=count) for count in (0, 5))

    assert merged(dated("a", none, "2024"), dated("b", five, "2010")).stated_partner_count == 0


def test_lists_are_united_by_what_they_mean() -> None:
    """Two words for one theme are one theme, two texts for one territory one place; texts are all kept."""
    first = replace(
        project("x", "commune-69123"),
        themes=(Label(text="Santé", scheme="theme", concept="sante"),),
        keywords=("b", "a"),
    )
    second = replace(
        project("x"),
        places=(Place(text="Lyon", territory="commune-69123"), place("region-82")),
        themes=(Label(text="Soins", scheme="theme", concept="sante"), Label(text="?", scheme="theme")),
        keywords=("b", "c"),
    )
    one = merged(dated("a", first, "2024"), dated("b", second, "2010"))

    assert [each.territory for each in one.places] == ["commune-69123", "region-82"]
    assert [(each.text, each.concept) for each in one.themes] == [("?", None), ("Santé", "sante")]
    assert one.keywords == ("a", "b", "c")


def test_references_become_keys() -> None:
    """A participation of records' nodes is one of entities."""
    nodes = record("a", "1", actor("y"), project("x"), part("actor", "project"))
    told = [one for one in descriptions(nodes) if one.node.node.startswith("part")]
    keys = {NodeId("a", "1", "actor"): "A", NodeId("a", "1", "project"): "P", told[0].node: "T"}
    value: Any = merge("participation", "T", told, keys, ()).value

    assert (value.actor, value.project) == ("A", "P")


def test_a_thing_is_no_part_of_itself() -> None:
    """A project that merged with its whole keeps no link to itself; a link to another stays."""
    whole, small = project("x"), replace(project("x", node="small"), part_of="project")
    one = record("a", "1", whole, small)

    assert merged(one).part_of is None
    told = [each for each in descriptions(one) if each.node.node == "small"]
    keys = {NodeId("a", "1", "project"): "W", NodeId("a", "1", "small"): "S"}
    assert merge("project", "S", told, keys, ()).value.part_of == "W"  # type: ignore[union-attr]


def test_lists_of_references_become_keys_once() -> None:
    """Two nodes of one actor are one guest of an event."""
    event = Event(node="fair", label="Foire", started=StatedDate.parse("2020"), actors=("actor", "other"))
    one = replace(record("a", "1", actor("y"), actor("z", node="other")), events=(event,))
    told = [each for each in descriptions(one) if each.node.node == "fair"]
    keys = {node: "A" for node, _ in things(one)} | {NodeId("a", "1", "fair"): "E"}

    assert merge("event", "E", told, keys, ()).value.actors == ("A",)  # type: ignore[union-attr]


def test_a_programme_is_named_and_operated() -> None:
    """A programme keeps its name and its operator by key."""
    one = replace(record("a", "1", actor("y")), programmes=(Programme(node="call", label="Appel", operator="actor"),))
    told = [each for each in descriptions(one) if each.node.node == "call"]
    keys = {NodeId("a", "1", "actor"): "A", NodeId("a", "1", "call"): "C"}
    value: Any = merge("programme", "C", told, keys, ()).value

    assert (value.node, value.label, value.operator) == ("C", "Appel", "A")


RECORDS = [
    dated("a", actor("Clairière", "commune-69123", siren="443061841"), "2020"),
    dated("b", replace(actor("CLAIRIERE"), alternative_labels=("La C.",)), "2021-05"),
    dated("c", replace(actor("La Clairière", "region-82"), homepage="https://c.example/")),
    dated("d", replace(actor("Clairière"), homepage="https://d.example/")),
]


@given(st.permutations(RECORDS))
def test_the_order_of_records_plays_no_part(records: list[Record]) -> None:
    """The same descriptions in any order make the same entity."""
    assert merged(*RECORDS) == merged(*records)


@given(st.lists(st.sampled_from(RECORDS), min_size=1, unique_by=lambda one: one.contributor))
def test_no_name_and_no_place_is_lost(records: list[Record]) -> None:
    """Every name and every territory that somebody gave is on the entity, its label not among the others."""
    one = merged(*records)
    nodes = [node for each in records for node in each.actors]
    names = {node.label for node in nodes} | {name for node in nodes for name in node.alternative_labels}

    assert names == {one.label, *one.alternative_labels}
    assert one.label not in one.alternative_labels
    assert {spot.territory for node in nodes for spot in node.places} == {spot.territory for spot in one.places}


def test_an_entity_names_the_records_it_is_told_by() -> None:
    """Two nodes of one record are one source."""
    thing: Thing = actor("x")
    nodes = (NodeId("b", "2", "x"), NodeId("a", "1", "x"), NodeId("b", "2", "y"))
    one = Entity(kind="actor", key=KEY, value=thing, members=nodes)

    assert one.records == (("a", "1"), ("b", "2"))
