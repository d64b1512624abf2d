from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from cis_graph.model import places, records
from cis_graph.model.places import Place
from cis_graph.model.records import NO_LICENCE, Label, Participation, Record
from tests.support.making import actor, part, project, record

CLASSES = [
    kind
    for module in (records, places)
    for kind in vars(module).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__
]


def test_a_participation_is_named_by_what_it_joins() -> None:
    """Actor, project, role and programme make its node name; a resolved role counts by its concept."""
    role = Label(text="Financeur public", scheme="role")
    one = Participation(actor="a", project="p", role=role)

    assert one.node == "part-a-p-Financeur public"
    assert replace(one, role=replace(role, concept="financeur")).node == "part-a-p-financeur"
    assert replace(one, programme="appel").node == "part-a-p-Financeur public-appel"


def test_two_roles_of_one_actor_are_two_participations() -> None:
    """Who leads and pays takes part twice."""
    assert part("a", "p", "porteur").node != part("a", "p", "financeur").node


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_records_are_made_by_name_and_never_changed(kind: type) -> None:
    """Every part of a record is frozen, has no place for a field nobody declared, and is made by keywords."""
    assert all(field.kw_only for field in fields(kind))
    assert "__slots__" in vars(kind)
    assert vars(kind)["__dataclass_params__"].frozen


def test_a_record_cannot_be_changed() -> None:
    """What a contributor said stays said."""
    with pytest.raises(FrozenInstanceError):
        record("a").key = "2"  # type: ignore[misc]


def test_equal_records_are_equal_and_can_be_kept_in_a_set() -> None:
    """Nothing in a record is a list."""
    one = record("a", "1", project("x", "commune-69123"), actor("y"), part("actor", "project"))
    same = record("a", "1", project("x", "commune-69123"), actor("y"), part("actor", "project"))

    assert {one} == {same}


def test_a_record_is_french_and_open_about_its_licence() -> None:
    """The language defaults to French; a licence never does."""
    assert Record(contributor="a", key="1", rows=(), licence=NO_LICENCE).language == "fr"
    with pytest.raises(TypeError, match="licence"):
        Record(contributor="a", key="1", rows=())  # type: ignore[call-arg]


def test_a_place_starts_unresolved() -> None:
    """Only the resolver gives a place its territory."""
    place = Place(text="69007 Lyon", otherwise=Place(text="Rhône"))

    assert (place.territory, place.otherwise) == (None, Place(text="Rhône"))
