import re
from collections import Counter

import pytest
from rdflib.plugins.sparql import prepareQuery

from tests.sparql.expected import EXAMPLES, LONG, SHORT, Asked, read, tables
from tests.support.cost import processor_time_under

WHO_SAYS_SO = frozenset({"disagreements", "said-by-one-only", "who-says-so"})
VOCABULARIES = {
    *SHORT.values(),
    "http://www.opengis.net/def/function/geosparql/",
    "http://www.opengis.net/def/uom/OGC/1.0/",
}
LONGEST = 30  # lines
SLOWEST = 5.0  # seconds

every_example = pytest.mark.parametrize("slug", EXAMPLES)


def text(slug: str) -> str:
    """An example as it is shown."""
    return EXAMPLES[slug].read_text(encoding="utf-8")


def without_comments(slug: str) -> str:
    """An example without its lines of comment."""
    return re.sub(r"^#.*$", "", text(slug), flags=re.MULTILINE)


def test_there_are_at_least_thirty_examples() -> None:
    """From first steps to the network, there are thirty examples or more."""
    assert len(EXAMPLES) >= 30


@every_example
def test_an_example_has_a_title_in_two_languages(slug: str) -> None:
    """The first line of an example is its French title, the second its English one, the third says what it shows."""
    french, english, shows = text(slug).splitlines()[:3]
    assert re.fullmatch(r"# fr: \S.{10,90}", french)
    assert re.fullmatch(r"# en: \S.{10,90}", english)
    assert re.fullmatch(r"# \S.{20,}", shows)


@every_example
def test_an_example_is_short(slug: str) -> None:
    """An example fits on a screen: 30 lines, none over 160 characters."""
    lines = text(slug).splitlines()
    assert len(lines) <= LONGEST
    assert max(map(len, lines)) <= 160


@every_example
def test_an_example_parses_in_another_engine(slug: str) -> None:
    """An example is plain SPARQL 1.1: rdflib's parser takes it as well."""
    assert prepareQuery(text(slug))


@every_example
def test_an_example_depends_on_no_base(slug: str) -> None:
    """An example finds things by name, code and type, so that it answers under any base."""
    assert {*re.findall(r"<(\S+)>", without_comments(slug))} <= VOCABULARIES


@every_example
def test_only_who_says_so_needs_graphs(slug: str) -> None:
    """Everything public stands in the default graph; GRAPH is for what each contributor says."""
    assert bool(re.search(r"\bGRAPH\b", without_comments(slug))) == (slug in WHO_SAYS_SO)


@every_example
def test_an_example_answers_soon(slug: str, asked: Asked) -> None:
    """An example answers rows, in under five seconds of work."""
    with processor_time_under(SLOWEST):
        _, *rows = asked.table(text(slug))
    assert rows


@pytest.mark.parametrize("slug", sorted(EXAMPLES.keys() - LONG))
def test_an_example_answers_what_is_expected(slug: str, asked: Asked) -> None:
    """An example answers, over the demonstration, the rows of its expected table, in that order."""
    assert asked.table(text(slug)) == read(slug)


def test_every_expected_table_belongs_to_an_example() -> None:
    """No expected table outlives its example."""
    assert tables() == EXAMPLES.keys() - LONG


def test_the_laureates_of_la_france_s_engage(asked: Asked) -> None:
    """139 laureates in five years, as many as the sheet of 2019 states a year for."""
    header, *rows = asked.table(text("labels-of-a-programme"))
    assert header == ["year", "laureate", "project"]
    assert Counter(row[0] for row in rows) == {"2014": 14, "2015": 43, "2016": 40, "2017": 28, "2018": 14}
    assert rows[0] == ["2014", "Cuisine mode d'emploi", "Centre de formation aux métiers de la restauration"]
    assert ["2016", "ANGC", "Association Nationale des Groupements de Créateurs"] in rows
