from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.model.ties import Party, cooperating, millionths, period, weight


def party(actor: str, *, begins: str = "", ends: str = "", role: str = "partenaire") -> Party:
    """A party to one project."""
    return Party(
        project="p",
        actor=actor,
        side="cooperates",
        roles=(role,),
        participations=(),
        contributors=(),
        begins=date.fromisoformat(begins) if begins else None,
        ends=date.fromisoformat(ends) if ends else None,
    )


@pytest.mark.parametrize(
    ("others", "told"), [(1, "1.0"), (2, "0.5"), (3, "0.333333"), (28, "0.035714"), (128, "0.007813"), (0, "0.0")]
)
def test_a_project_weighs_less_the_more_take_part(others: int, told: str) -> None:
    """One of two weighs 1, one of three a half; half a millionth is rounded up."""
    assert weight(millionths(others)) == told


@given(st.integers(min_value=0, max_value=10**12))
def test_a_weight_is_the_number_it_tells(parts: int) -> None:
    """Nothing is lost between millionths and the decimal."""
    assert Decimal(weight(parts)) * 1_000_000 == parts


@given(st.lists(st.integers(1, 400), max_size=40))
def test_weights_add_up_in_any_order(others: list[int]) -> None:
    """A sum of projects does not depend on their order."""
    assert sum(map(millionths, others)) == sum(map(millionths, reversed(others)))


def test_pairs_are_in_order_of_key() -> None:
    """Each pair is found once, the smaller key first."""
    found = [(one.actor, other.actor) for one, other in cooperating([party("c"), party("a"), party("b")])]

    assert found == [("a", "b"), ("a", "c"), ("b", "c")]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("2017-01-01", "2020-12-31"), ("2018-01-01", ""), ("2018-01-01", "2020-12-31")),
        (("2017-01-01", ""), ("", ""), ("2017-01-01", "")),
        (("2019-01-01", ""), ("2010-01-01", "2012-12-31"), ("2019-01-01", "2019-01-01")),
        (("2019-01-01", "2020-12-31"), ("2010-01-01", "2012-12-31"), ("2019-01-01", "2020-12-31")),
        (("", ""), ("", "2012-12-31"), ("", "2012-12-31")),
    ],
)
def test_a_tie_lasts_while_both_are_there(
    one: tuple[str, str], other: tuple[str, str], expected: tuple[str, str]
) -> None:
    """From the later beginning to the earlier end, and never an end before the beginning."""
    found = period(party("a", begins=one[0], ends=one[1]), party("b", begins=other[0], ends=other[1]))

    assert tuple(day.isoformat() if day else "" for day in found) == expected
