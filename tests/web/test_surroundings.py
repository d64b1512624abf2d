import pytest

from cis_graph.model.terms import Iri
from cis_graph.web import surroundings
from cis_graph.web import vocabulary as v
from cis_graph.web.statements import ASKED
from cis_graph.web.surroundings import Surroundings
from tests.support.small_release import BASE, SmallRelease, fixture_store

VERGER = f"{BASE}id/project/verger"


@pytest.fixture
def around() -> Surroundings:
    """A project of two records, with what is around it."""
    return Surroundings(SmallRelease(fixture_store()), VERGER, "project")


def test_what_is_looked_up_is_what_the_queries_find(around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who tells of a thing, and who disagrees about it, is the same asked for by a query, as it is where many tell."""
    tellers, claims = set(around.tellers()), set(around.disputed(ASKED))
    disputed = {claim.property for claim in claims}
    monkeypatch.setattr(surroundings, "_SOURCES", 0)
    monkeypatch.setattr(surroundings, "_MANY", 0)
    asked = set(around.disputed(ASKED))

    assert len(tellers) > 1
    assert tellers == set(around.tellers())
    assert disputed
    assert claims == {claim for claim in asked if claim.property in disputed}


def test_everybody_who_takes_part_is_named_with_a_role(around: Surroundings) -> None:
    """Each participation that the project has, by its actor's name, with the type that is stated."""
    parts = list(around.participants())

    assert {one.value for one in around.pointing[v.PROJECT]} >= {part.iri for part in parts}
    assert all(part.role and part.names for part in parts)
    assert f"{BASE}id/actor/clairiere" in {part.item for part in parts}


def test_what_nobody_speaks_of_has_nothing_around_it() -> None:
    """No statement, no record, no match, nobody who takes part, no disagreement."""
    nothing = Surroundings(SmallRelease(fixture_store()), f"{BASE}id/project/nothing", "project")

    assert {} == nothing.own
    assert [] == [*nothing.sources(), *nothing.tellers(), *nothing.matches(), *nothing.participants()]
    assert [] == list(nothing.disputed(ASKED))
    assert all(not found for found in nothing.pointing.values())


def test_one_record_alone_disagrees_with_nobody() -> None:
    """Two names that one record gives are no disagreement between sources."""
    store = fixture_store()
    store.update(
        f"""INSERT DATA {{
            <{BASE}id/record/x/1#project> <{v.DESCRIBES}> <{BASE}id/project/alone> .
            GRAPH <{BASE}id/record/x/1> {{ <{BASE}id/record/x/1#project> <{v.LABEL}> "Un"@fr , "One"@en }} }}"""
    )

    assert [] == list(Surroundings(SmallRelease(store), f"{BASE}id/project/alone", "project").disputed(ASKED))
    assert (
        Iri(f"{BASE}id/record/x/1#project")
        in Surroundings(SmallRelease(store), f"{BASE}id/project/alone", "project").pointing[v.DESCRIBES]
    )
