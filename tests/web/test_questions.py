from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from cis_graph.model.releases import SEARCH_FILTERS
from cis_graph.web.problems import Problem
from cis_graph.web.questions import Asked

KEYS = st.from_regex(r"[A-Za-z0-9_~-]{1,20}", fullmatch=True)


@given(
    st.text(max_size=40),
    st.dictionaries(st.sampled_from(SEARCH_FILTERS), st.lists(KEYS, min_size=1, max_size=3, unique=True)),
    st.sampled_from(("", "2018")),
)
def test_an_address_says_all_that_was_asked(text: str, filters: dict[str, list[str]], year: str) -> None:
    """Every state is a URL: reading the address of a question gives the question."""
    pairs = [("q", text), ("from", year), *((name, key) for name, keys in filters.items() for key in keys)]
    asked = Asked.of(QueryParams(pairs))

    assert Asked.of(QueryParams(urlsplit(asked.address()).query)) == asked
    assert asked.filters == {name: tuple(keys) for name, keys in filters.items()}


def test_a_choice_is_made_and_undone() -> None:
    """Choosing twice is not choosing; other choices stay."""
    asked = Asked.of(QueryParams("q=jardin&theme=sante&territory=region-84"))
    both = asked.toggled("theme", "sport")

    assert parse_qs(urlsplit(both.address()).query) == {
        "q": ["jardin"],
        "theme": ["sante", "sport"],
        "territory": ["region-84"],
    }
    assert both.toggled("theme", "sport") == asked


@pytest.mark.parametrize(
    "query",
    [
        "kind=user",
        "sort=price",
        "from=19",
        "from=20188",
        "to=abcd",
        "from=-201",
        "near=Lyon",
        "near=45.76",
        "near=45.76;4.84",
        "near=1e5,2",
        "near=nan,nan",
        "from=%D9%A2%D9%A0%D9%A1%D9%A8",
    ],
)
def test_a_choice_there_cannot_be_is_refused_by_name(query: str) -> None:
    """The problem names the parameter and says what to give."""
    with pytest.raises(Problem) as caught:
        Asked.of(QueryParams(query))
    assert caught.value.status == 400
    assert caught.value.values["name"] == query.partition("=")[0]


@pytest.mark.parametrize("key", ["", "a b", "<script>", "../..", "é", "a" * 121, "\x00"])
def test_what_can_be_no_key_is_left_out(key: str) -> None:
    """A filter takes keys as they stand in addresses."""
    assert Asked.of(QueryParams([("theme", key), ("theme", "sante")])).filters == {"theme": ("sante",)}


def test_a_thousand_choices_are_cut() -> None:
    """Nobody makes the index work through a list without end."""
    asked = Asked.of(QueryParams([("theme", f"t{number}") for number in range(1000)]))

    assert len(asked.filters["theme"]) == 50
