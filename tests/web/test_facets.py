from collections.abc import Mapping

import pytest
from starlette.datastructures import QueryParams

from cis_graph import resources
from cis_graph.model.releases import Mention, SearchAnswer
from cis_graph.web.facets import Facet, chosen, facets
from cis_graph.web.languages import load
from cis_graph.web.naming import Names
from cis_graph.web.questions import Asked

FRENCH = load(resources.LOCALES)["fr"]
NAMES = Names(
    names={"theme/sante": "Santé", "theme/soin": "Soin", "theme/sport": "Sport", "actor-type/entreprise": "Entreprise"},
    above={"theme/soin": "theme/sante"},
)


RHONE = {
    "territory/region-84": Mention(label="Auvergne-Rhône-Alpes"),
    "territory/departement-69": Mention(label="Rhône", above=("region-84",)),
    "territory/epci-200046977": Mention(label="Métropole de Lyon", above=("departement-69", "region-84")),
    "territory/commune-69123": Mention(label="Lyon", above=("epci-200046977", "departement-69", "region-84")),
}


def made(query: str, mentions: Mapping[str, Mention] | None = None, **counts: dict[str, int]) -> dict[str, Facet]:
    """The facets of an answer, by slug."""
    found = SearchAnswer(total=1, hits=(), kinds={}, facets=counts, mentions=mentions or {})
    return {facet.slug: facet for facet in facets(Asked.of(QueryParams(query)), found, NAMES, FRENCH)}


def test_narrower_themes_stand_below_their_broader_one() -> None:
    """By count, each with its own below it."""
    theme = made("", theme={"sport": 5, "sante": 3, "soin": 2})["theme"]

    assert [(choice.name, choice.count, choice.depth) for choice in theme.choices] == [
        ("Sport", 5, 0),
        ("Santé", 3, 0),
        ("Soin", 2, 1),
    ]


def test_what_is_chosen_stays_listed_when_nothing_has_it() -> None:
    """One can undo a choice that leaves nothing."""
    (choice,) = made("theme=sport", theme={})["theme"].choices

    assert (choice.name, choice.count, choice.chosen, choice.address) == ("Sport", 0, True, "/search")


def test_a_type_goes_by_the_name_of_its_scheme() -> None:
    """The filter ``type`` is of the scheme of actor types."""
    assert made("", type={"entreprise": 1})["type"].choices[0].name == "Entreprise"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [("Auvergne-Rhône-Alpes", 0)]),
        ("territory=region-84", [("Auvergne-Rhône-Alpes", 0), ("Rhône", 1)]),
        (
            "territory=departement-69",
            [("Auvergne-Rhône-Alpes", 0), ("Rhône", 1), ("Métropole de Lyon", 2), ("Lyon", 3)],
        ),
        ("territory=commune-69123", [("Auvergne-Rhône-Alpes", 0), ("Rhône", 1), ("Lyon", 2)]),
    ],
)
def test_territories_open_level_by_level(query: str, expected: list[tuple[str, int]]) -> None:
    """Régions first; départements below a chosen région; EPCI and communes below a chosen département."""
    areas, epci = {"region-84": 9, "departement-69": 5}, {"epci-200046977": 3}
    territory = made(query, RHONE, area=areas, epci=epci, commune={"commune-69123": 2})["territory"]

    assert [(choice.name, choice.depth) for choice in territory.choices] == expected


def test_a_narrower_choice_takes_the_place_of_the_broader_one() -> None:
    """A département in the place of its région, a theme of the one above it; others stay chosen."""
    areas = {"region-84": 9, "departement-69": 5, "region-11": 4}
    region, departement, _ = made("territory=region-84&territory=region-11", RHONE, area=areas)["territory"].choices
    (narrower,) = (it for it in made("theme=sante", theme={"sante": 3, "soin": 2})["theme"].choices if it.depth)

    assert departement.address == "/search?territory=region-11&territory=departement-69"
    assert (region.chosen, region.address) == (True, "/search?territory=region-11")
    assert narrower.address == "/search?theme=soin"


def test_a_broader_choice_takes_the_place_of_the_narrower_ones() -> None:
    """The région in the place of its département."""
    region = made("territory=departement-69", RHONE, area={"region-84": 9, "departement-69": 5})["territory"].choices[0]

    assert region.address == "/search?territory=region-84"


def test_actors_are_offered_by_name() -> None:
    """A structure is an actor who takes part."""
    (choice,) = made("", {"actor/a1": Mention(label="La Clairière")}, actor={"a1": 3})["actor"].choices

    assert (choice.name, choice.address) == ("La Clairière", "/search?actor=a1")


def test_years_come_the_last_first_and_alone() -> None:
    """A year is a period of one year; choosing it again leaves it; another takes its place."""
    years = made("from=2018&to=2018", year={"2017": 1, "2019": 2, "2018": 3})["year"]

    assert [(it.name, it.count, it.chosen) for it in years.choices] == [
        ("2019", 2, False),
        ("2018", 3, True),
        ("2017", 1, False),
    ]
    assert years.choices[0].address == "/search?from=2019&to=2019"
    assert years.choices[1].address == "/search"


def test_a_long_period_has_no_chosen_year() -> None:
    """From and to of two years choose neither."""
    assert not any(it.chosen for it in made("from=2017&to=2018", year={"2017": 1, "2018": 3})["year"].choices)


def test_a_long_facet_has_its_rest_behind() -> None:
    """Eight are shown at once."""
    theme = made("", theme={f"t{number}": 100 - number for number in range(20)})["theme"]

    assert (len(theme.choices), len(theme.more)) == (8, 12)


def test_a_key_without_a_name_is_shown_as_it_is() -> None:
    """An unknown key is text, and its removal is offered."""
    found = SearchAnswer(total=0, hits=(), kinds={})
    (choice,) = chosen(Asked.of(QueryParams("q=a&theme=nobody")), found, NAMES)

    assert (choice.name, choice.address) == ("nobody", "/search?q=a")


def test_a_period_is_undone_as_one() -> None:
    """From and to are one choice."""
    found = SearchAnswer(total=0, hits=(), kinds={})
    (choice,) = chosen(Asked.of(QueryParams("from=2018")), found, NAMES)

    assert choice.address == "/search"
    assert choice.name.startswith("2018")
