from starlette.datastructures import QueryParams

from cis_graph import resources
from cis_graph.model.releases import SearchAnswer
from cis_graph.web.facets import Facet, chosen, facets
from cis_graph.web.languages import load
from cis_graph.web.naming import Names
from cis_graph.web.questions import Asked

FRENCH = load(resources.LOCALES)["fr"]
NAMES = Names(
    names={"theme/sante": "Santé", "theme/soin": "Soin", "theme/sport": "Sport", "actor-type/entreprise": "Entreprise"},
    above={"theme/soin": "theme/sante"},
)


def made(query: str, places: dict[str, str] | None = None, **counts: dict[str, int]) -> dict[str, Facet]:
    """The facets of an answer, by slug."""
    found = SearchAnswer(total=1, hits=(), kinds={}, facets=counts, places=places or {})
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


def test_communes_are_offered_within_a_chosen_place_only() -> None:
    """Thousands of communes are no choice."""
    counts = {"commune-69123": 2}
    places = {"commune-69123": "Lyon"}

    assert "commune" not in made("", places, commune=counts)
    assert "commune" not in made("territory=region-84", places, commune=counts)
    assert made("territory=departement-69", places, commune=counts)["commune"].choices[0].name == "Lyon"


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
