"""What must hold of every release, asked in SPARQL of the demonstration: one law a test."""

from tests.sparql.expected import Asked

THINGS = "VALUES ?kind { insoc:Project insoc:Actor insoc:Programme insoc:Participation insoc:Event } ?thing a ?kind"


def exceptions(asked: Asked, cases: str, broken: str) -> list[tuple[str, ...]]:
    """Up to five cases of a pattern for which ``broken`` holds, once the pattern is known to have cases at all."""
    assert asked.rows(f"* {{ {cases} }} LIMIT 1")
    return asked.rows(f"* {{ {cases} FILTER({broken}) }} LIMIT 5")


def lacking(asked: Asked, cases: str, held: str) -> list[tuple[str, ...]]:
    """Up to five cases of a pattern without what must be ``held`` of each, once it is known to have cases at all."""
    assert asked.rows(f"* {{ {cases} }} LIMIT 1")
    return asked.rows(f"* {{ {cases} MINUS {{ {held} }} }} LIMIT 5")


def test_within_is_reflexive(asked: Asked) -> None:
    """Every territory is within itself."""
    assert not lacking(asked, "?place a insoc:Territory", "?place insoc:within ?place")


def test_within_is_transitive(asked: Asked) -> None:
    """Every territory is within all that contain the territories it is within."""
    chains = "?inner insoc:within ?middle . ?middle insoc:within ?outer"
    assert not lacking(asked, chains, "?inner insoc:within ?outer")


def test_an_area_holds_all_around(asked: Asked) -> None:
    """The area of a thing holds each of its territories and all that contain them."""
    around = "?thing insoc:territory/insoc:within ?outer"
    assert not lacking(asked, around, "?thing insoc:inArea ?outer")


def test_an_area_holds_nothing_else(asked: Asked) -> None:
    """The area of a thing holds no territory but its own and those that contain them."""
    areas = "?thing insoc:inArea ?area"
    assert not lacking(asked, areas, "?thing insoc:territory/insoc:within ?area")


def test_cooperation_goes_both_ways(asked: Asked) -> None:
    """Whoever cooperates with somebody is cooperated with, and nobody cooperates with itself."""
    ties = "?one insoc:cooperatesWith ?other"
    assert not exceptions(asked, ties, "?one = ?other || NOT EXISTS { ?other insoc:cooperatesWith ?one }")


def test_cooperation_has_a_project(asked: Asked) -> None:
    """Those who cooperate take part in one project at least together."""
    ties = "?one insoc:cooperatesWith ?other"
    together = "?one insoc:takesPartIn ?project . ?other insoc:takesPartIn ?project"
    assert not lacking(asked, ties, together)


def test_dates_that_are_stated_have_days(asked: Asked) -> None:
    """A project or participation with a stated start has the day it begins on, so that no comparison drops it."""
    starts = "VALUES ?kind { insoc:Project insoc:Participation } ?thing a ?kind ; schema:startDate ?stated"
    days = "?thing insoc:beginsOn ?day FILTER(DATATYPE(?day) = xsd:date)"
    assert not lacking(asked, starts, days)


def test_no_project_is_an_actor(asked: Asked) -> None:
    """Projects and actors are disjoint."""
    assert not exceptions(asked, "?thing a insoc:Project", "EXISTS { ?thing a insoc:Actor }")


def test_no_same_as(asked: Asked) -> None:
    """Nothing is merged by owl:sameAs, neither in the default graph nor in a record's."""
    assert not asked.rows("* { { ?one owl:sameAs ?other } UNION { GRAPH ?record { ?one owl:sameAs ?other } } }")


def test_every_entity_cites_a_record(asked: Asked) -> None:
    """No project, actor, programme, participation or event without a record it is drawn from."""
    assert not lacking(asked, THINGS, "?thing prov:wasDerivedFrom/a insoc:Record")


def test_every_entity_is_described_in_the_records_it_cites(asked: Asked) -> None:
    """For each record that an entity cites, a node of its kind in that record's graph describes the entity."""
    cited = f"{THINGS} ; prov:wasDerivedFrom ?record"
    node = "?node insoc:describes ?thing . GRAPH ?record { ?node a ?kind }"
    assert not lacking(asked, cited, node)


def test_every_record_has_a_licence_or_rights(asked: Asked) -> None:
    """Every record states a licence, or that none is stated."""
    terms = "?record dcterms:license|dcterms:rights ?terms"
    assert not lacking(asked, "?record a insoc:Record", terms)


def test_every_record_has_its_graph_and_every_graph_its_record(asked: Asked) -> None:
    """The named graphs are the records, one each."""
    graphs = asked.rows("?record { GRAPH ?record { ?thing ?property ?value } }")
    assert len(graphs) > 150
    assert graphs == asked.rows("?record { ?record a insoc:Record }")


def test_a_replaced_key_leads_to_a_living_entity(asked: Asked) -> None:
    """Whatever is replaced leads in one hop to something that is there and is not replaced itself."""
    replaced = "?own dcterms:isReplacedBy ?next"
    assert not exceptions(asked, replaced, "NOT EXISTS { ?next a ?kind } || EXISTS { ?next dcterms:isReplacedBy ?far }")


def test_a_replaced_key_is_no_entity(asked: Asked) -> None:
    """A key that leads elsewhere says nothing else of itself; only territories of the past do."""
    replaced = "?own dcterms:isReplacedBy ?next"
    past = "EXISTS { ?own ?property ?value FILTER(?property != dcterms:isReplacedBy) } && NOT EXISTS { ?own a insoc:Territory }"
    assert not exceptions(asked, replaced, past)
