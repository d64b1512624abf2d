from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from cis_graph.rdf.iris import CONCEPT, PREFIXES, Iris, concept

BASE = "https://carrefour.example/"
IRIS = Iris(BASE)
HOSTILE = [
    "../x",
    "../../actor/abc",
    "é",
    "#",
    "/",
    "a b",
    '"',
    "'",
    "\n",
    "\t",
    "<script>",
    "%2F",
    "?q=1",
    "\\",
    "\u202e",
]
KEYS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))


def test_entities_records_and_nodes_stand_under_the_base() -> None:
    """An entity has a kind and a key, a record its contributor, a node is a hash in its record."""
    assert IRIS.entity("project", "abc") == f"{BASE}id/project/abc"
    assert IRIS.record("la-fonda", "12") == f"{BASE}id/record/la-fonda/12"
    assert IRIS.node("la-fonda", "12", "project") == f"{BASE}id/record/la-fonda/12#project"


def test_concepts_do_not_move_with_the_base() -> None:
    """Vocabulary is constant."""
    assert concept("theme", "sante") == f"{CONCEPT}theme/sante"


@given(KEYS, KEYS)
@example("../", "..")
@example("%2E%2E", ".")
def test_a_hostile_local_id_stays_in_its_record(key: str, node: str) -> None:
    """Whatever a contributor's key holds, its IRI is valid, has its one segment and its one fragment."""
    record, iri = IRIS.record("a", key), IRIS.node("a", key, node)
    parts = urlsplit(iri)

    assert NamedNode(iri).value == iri
    assert record == iri.partition("#")[0]
    assert parts.path.count("/") == 4
    assert (unquote(parts.path.rsplit("/", 1)[1]), unquote(parts.fragment)) == (key, node)
    assert (parts.query, iri.isascii()) == ("", True)


@given(KEYS, KEYS)
def test_two_keys_have_two_iris(first: str, second: str) -> None:
    """No two local ids share a record."""
    assert (first == second) == (IRIS.record("a", first) == IRIS.record("a", second))


@pytest.mark.parametrize("prefix", PREFIXES)
def test_prefixes_stand_for_namespaces(prefix: str) -> None:
    """Every namespace ends where a local name may begin."""
    assert PREFIXES[prefix].endswith(("#", "/"))
