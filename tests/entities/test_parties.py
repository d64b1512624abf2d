from dataclasses import replace
from datetime import date

import pytest

from cis_graph.entities.merge import Entity
from cis_graph.entities.parties import parties
from cis_graph.model.dates import StatedDate
from cis_graph.model.nodes import KINDS, NodeId, Thing
from cis_graph.model.records import Label
from cis_graph.model.ties import Party
from tests.support.making import actor, part, place, project

COOPERATIVE = frozenset({"porteur", "partenaire"})
GRANT = Label(text="grant", scheme="project-kind", concept="grant")


def entity(value: Thing, key: str, contributor: str = "a") -> Entity:
    """An entity of one node."""
    return Entity(kind=KINDS[type(value)], key=key, value=value, members=(NodeId(contributor, "1", key),))


def found(*entities: Entity) -> dict[tuple[str, str], Party]:
    """The parties by side and actor."""
    return {(party.side, party.actor): party for party in parties(entities, COOPERATIVE)}


def test_two_roles_in_one_project_are_one_party() -> None:
    """An actor that leads and is a partner cooperates once, in both roles, as both sources say."""
    one = entity(part("a", "p", "porteur"), "1")
    other = entity(part("a", "p", "partenaire"), "2", contributor="b")
    (party,) = found(one, other).values()

    assert (party.roles, party.participations) == (("partenaire", "porteur"), ("1", "2"))
    assert party.contributors == ("a", "b")
    assert party.leads


@pytest.mark.parametrize(
    ("role", "sides"),
    [
        ("porteur", {"cooperates", "receives"}),
        ("partenaire", {"cooperates"}),
        ("beneficiaire", {"receives"}),
        ("observateur", set()),
    ],
)
def test_a_role_puts_an_actor_on_a_side(role: str, sides: set[str]) -> None:
    """Who leads cooperates, and receives where somebody pays; who watches is party to nothing."""
    known = found(entity(part("f", "p", "financeur"), "0"), entity(part("a", "p", role), "1"))

    assert {side for side, key in known if key == "a"} == sides
    assert ("funds", "f") in known


def test_nobody_receives_where_nobody_pays() -> None:
    """A lead of a project without a funder is only a partner among partners."""
    assert set(found(entity(part("a", "p", "porteur"), "1"))) == {("cooperates", "a")}


def test_a_grant_is_no_cooperation() -> None:
    """Whatever the roles in a grant, they make no cooperation."""
    grant = entity(replace(project("g"), kind=GRANT), "p")
    known = found(grant, entity(part("a", "p", "porteur"), "1"), entity(part("f", "p", "financeur"), "2"))

    assert set(known) == {("receives", "a"), ("funds", "f")}


def test_time_comes_from_the_participation_else_from_the_project() -> None:
    """Each bound is that of the participation, else that of the project, and which is said."""
    told = {"started": StatedDate.parse("2017"), "ended": StatedDate.parse("2020-06")}
    whole = entity(replace(project("x"), **told), "p")  # type: ignore[arg-type]
    plain, own = part("a", "p"), replace(part("b", "p"), started=StatedDate.parse("2019-03"))
    known = found(whole, entity(plain, "1"), entity(own, "2"))

    first, second = known["cooperates", "a"], known["cooperates", "b"]
    assert (first.begins, first.ends, first.dated) == (date(2017, 1, 1), date(2020, 6, 30), "project")
    assert (second.begins, second.ends, second.dated) == (date(2019, 3, 1), date(2020, 6, 30), "participation")


def test_an_end_before_the_beginning_is_left_out() -> None:
    """A participation that begins after its project's end has no end."""
    whole = entity(replace(project("x"), ended=StatedDate.parse("2018")), "p")
    late = entity(replace(part("a", "p"), started=StatedDate.parse("2019")), "1")

    assert found(whole, late)["cooperates", "a"].ends is None


def test_a_grant_lasts_as_long_as_its_date_is_wide() -> None:
    """A grant of 2018 is of 2018; a project begun in 2018 goes on."""
    dated = {"started": StatedDate.parse("2018")}
    for kind, ends in ((GRANT, date(2018, 12, 31)), (None, None)):
        whole = entity(replace(project("x"), kind=kind, **dated), "p")  # type: ignore[arg-type]
        known = found(whole, entity(part("a", "p", "beneficiaire"), "1"), entity(part("f", "p", "financeur"), "2"))
        assert known["receives", "a"].ends == ends


def test_territory_comes_from_the_participation_then_the_actor_then_the_project() -> None:
    """The nearest statement of where a party works is taken, and which it is is said."""
    own = replace(part("a", "p"), places=(place("commune-69123"),))
    things = (
        entity(project("x", "region-84"), "p"),
        entity(actor("A", "pays-fr"), "a"),
        entity(actor("B", "pays-fr"), "b"),
        entity(actor("C"), "c"),
        *(entity(value, str(n)) for n, value in enumerate((own, part("b", "p"), part("c", "p")))),
    )
    known = found(*things)

    assert [(known["cooperates", key].territories, known["cooperates", key].placed) for key in "abc"] == [
        (("commune-69123",), "participation"),
        (("pays-fr",), "actor"),
        (("region-84",), "project"),
    ]


def test_what_is_nowhere_says_so() -> None:
    """Without any place there is no territory and nothing it came from."""
    party = found(entity(part("a", "p"), "1"))["cooperates", "a"]

    assert (party.territories, party.placed, party.dated) == ((), None, None)
