import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cis_graph.rdf.iris import XSD
from cis_graph.rdf.statements import iri, statement, text, typed

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def parsed(line: str) -> ox.Quad:
    """The one quad that a line holds."""
    quads: list[ox.Quad] = list(ox.parse(input=line, format=ox.RdfFormat.N_QUADS))
    assert len(quads) == 1
    return quads[0]


@given(TEXTS)
@example('" . <urn:x> <urn:y> <urn:z>')
@example("\\")
@example("a\nb\r\nc\u2028d\x85e\x00f")
@example("<script>alert(1)</script>")
@example("\u202eabc\u202c")
def test_a_literal_says_what_was_written(value: str) -> None:
    """No character ends a literal early, and none is lost."""
    literal = parsed(statement("urn:s", "urn:p", text(value))).object

    assert ox.Literal(value) == literal


@given(TEXTS)
def test_a_literal_of_a_language_keeps_its_tag(value: str) -> None:
    """French text is French text."""
    assert ox.Literal(value, language="fr") == parsed(statement("urn:s", "urn:p", text(value, "fr"))).object


@given(TEXTS)
def test_a_line_is_one_line(value: str) -> None:
    """A statement never spreads over two lines of a file."""
    assert "\n" not in statement("urn:s", "urn:p", text(value))
    assert "\r" not in statement("urn:s", "urn:p", text(value))


def test_datatypes_of_xml_schema_are_named_briefly() -> None:
    """A local name is XSD's, an IRI is itself."""
    assert typed("2020", "gYear") == typed("2020", f"{XSD}gYear") == f'"2020"^^<{XSD}gYear>'
    assert typed("x", "urn:type") == '"x"^^<urn:type>'


@pytest.mark.parametrize(
    "value", ["", "no scheme", "http://x/ y", "http://x/>", "http://x/\n", 'http://x/"', "http://x/<b>"]
)
def test_what_is_no_iri_is_refused(value: str) -> None:
    """A character that no IRI has ends in an error and not in a broken line."""
    with pytest.raises(ValueError, match="IRI"):
        iri(value)


def test_a_statement_is_in_the_default_graph() -> None:
    """Public data have no graph name."""
    assert parsed(statement("urn:s", "urn:p", iri("urn:o"))).graph_name == ox.DefaultGraph()


@pytest.mark.parametrize("value", ["12", "12.0", "0.50", "100", "-3.250", "0.0"])
def test_a_decimal_is_written_as_the_store_gives_it_back(value: str) -> None:
    """A statement taken from the store is found among the lines it was loaded from."""
    line = statement("https://e.example/s", "https://e.example/p", typed(value, "decimal"))
    store = ox.Store()
    store.load(line.encode(), format=ox.RdfFormat.N_QUADS)

    assert [f"{quad.subject} {quad.predicate} {quad.object} ." for quad in store] == [line]
