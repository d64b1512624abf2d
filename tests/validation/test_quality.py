"""The quality of a description: its points and its tier."""

from dataclasses import replace

import pytest

from cis_graph.validation.quality import Completeness, quality

NOTHING = Completeness(
    label=False,
    description_length=0,
    theme=False,
    audience_or_method=False,
    territory=False,
    coded_territory=False,
    actors=0,
    typed_actors=0,
    identified_actors=0,
    lead=False,
    start_date=False,
    source_page=False,
    open_licence=False,
    english=False,
    contributors=1,
)
EVERYTHING = Completeness(
    label=True,
    description_length=150,
    theme=True,
    audience_or_method=True,
    territory=True,
    coded_territory=True,
    actors=4,
    typed_actors=3,
    identified_actors=1,
    lead=True,
    start_date=True,
    source_page=True,
    open_licence=True,
    english=True,
    contributors=2,
)


def test_nothing_known_is_no_point_and_everything_a_hundred() -> None:
    """The parts sum to 100."""
    assert (quality(NOTHING).score, quality(NOTHING).tier) == (0, None)
    best = quality(EVERYTHING)
    assert (best.findability, best.territory, best.actors, best.time_and_source, best.reuse) == (30, 20, 25, 15, 10)
    assert (best.score, best.tier) == (100, "C")


@pytest.mark.parametrize(
    ("changes", "points"),
    [
        ({"label": False}, 5),
        ({"description_length": 149}, 5),
        ({"description_length": 79}, 10),
        ({"theme": False}, 10),
        ({"audience_or_method": False}, 5),
        ({"coded_territory": False}, 10),
        ({"territory": False, "coded_territory": False}, 20),
        ({"actors": 0, "typed_actors": 0, "identified_actors": 0, "lead": False}, 25),
        ({"lead": False}, 5),
        ({"typed_actors": 2}, 5),
        ({"identified_actors": 0}, 5),
        ({"start_date": False}, 10),
        ({"source_page": False}, 5),
        ({"open_licence": False}, 5),
        ({"english": False}, 5),
        ({"contributors": 1}, 0),
    ],
)
def test_what_is_missing_costs_its_points(changes: dict[str, bool | int], points: int) -> None:
    """Each part has its price."""
    assert quality(replace(EVERYTHING, **changes)).score == 100 - points  # type: ignore[arg-type] # fields differ in type


@pytest.mark.parametrize(
    ("changes", "tier"),
    [
        ({"contributors": 1}, "B"),
        ({"start_date": False}, "B"),
        ({"typed_actors": 2}, "B"),
        ({"actors": 1, "typed_actors": 1}, "B"),
        ({"actors": 0, "typed_actors": 0}, "A"),
        ({"coded_territory": False}, "A"),
        ({"theme": False, "description_length": 0}, None),
        ({"theme": False, "audience_or_method": False}, "C"),
    ],
)
def test_a_tier_asks_for_all_of_the_one_before(changes: dict[str, bool | int], tier: str | None) -> None:
    """Many points elsewhere do not make up for a territory without a code."""
    assert quality(replace(EVERYTHING, **changes)).tier == tier  # type: ignore[arg-type] # fields differ in type
