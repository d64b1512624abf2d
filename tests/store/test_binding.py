import pyoxigraph as ox
import pytest

from cis_graph.model.terms import Iri, Literal
from cis_graph.resources import SPARQL
from cis_graph.store.binding import bound, dataset_of, names_a_dataset
from cis_graph.store.terms import stored

A = Iri("urn:a")
STORE = ox.Store()
STORE.load(
    b'<urn:a> <urn:p> "1" , "2" ; <urn:q> <urn:b> . <urn:b> <urn:p> "3" .'
    b'<urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "x"@fr .',
    format=ox.RdfFormat.TURTLE,
)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?it ?o { ?it <urn:p> ?o }",
        "SELECT DISTINCT $it { $it <urn:p> ?o }",
        "SELECT * { ?it <urn:p> ?o }",
        "SELECT ?it (COUNT(?o) AS ?n) { ?it <urn:p> ?o } GROUP BY ?it",
        "SELECT ?it ?n { { SELECT ?it (COUNT(?o) AS ?n) { ?it <urn:p> ?o } GROUP BY ?it ORDER BY ?n } }",
        "SELECT ?it ?o { ?x <urn:p> ?o FILTER NOT EXISTS { ?it <urn:q> ?x } } ORDER BY ?it ?o",
        'SELECT ?it ?o ("?it <urn:x>" AS ?text) { ?it <urn:p> ?o # ?it\n }',
        "PREFIX select: <urn:> SELECT ?it ?o { ?it select:p ?o FILTER(?it != select:it) }",
        "SELECT ?it ?o { ?it <urn:p> ?o } ORDER BY DESC(?o) LIMIT 1",
    ],
)
def test_a_term_stands_for_its_variable(query: str) -> None:
    """The text with the term answers as the store does with the variable bound, the variable aside."""
    text = bound(query, {"it": A})
    expected = rows(STORE.query(query, substitutions={ox.Variable("it"): stored(A)}))
    assert [{k: v for k, v in one.items() if k != "it"} for one in rows(STORE.query(text))] == [
        {k: v for k, v in one.items() if k != "it"} for one in expected
    ]


@pytest.mark.parametrize(
    "value", ['"', "'", "\\", "\n", "> } DROP ALL {", "?it", "\\u0022", "\u00e9\u2028\U0001f333"], ids=repr
)
def test_a_hostile_text_is_a_text(value: str) -> None:
    """Whatever a literal holds, it stays one."""
    found = rows(STORE.query(bound("SELECT ?it { BIND(?it AS ?same) }", {"it": Literal(value)})))
    assert [one["it"] for one in found] == [ox.Literal(value)]


def test_every_query_of_ours_can_be_bound() -> None:
    """Each file still parses with any of its variables bound that is neither made nor counted there."""
    for path in sorted(SPARQL.glob("pages/*.rq")):
        text = path.read_text(encoding="utf-8")
        assert ox.Store().query(bound(text, {"entity": A})) is not None, path


def test_from_is_found_where_it_is_a_word() -> None:
    """Not in names, texts, IRIs or comments."""
    assert names_a_dataset("SELECT * FROM <urn:g> { }")
    assert names_a_dataset("select * from named <urn:g> { }")
    for query in ("SELECT ?from { ex:from ?p 'from' }", "SELECT * { <urn:from> ?p ?o } # from", 'ASK { ?s ?p "from" }'):
        assert not names_a_dataset(query), query


def test_graphs_that_are_named_are_found() -> None:
    """By their IRIs, and not at all where one is not known before the query runs."""
    both = "SELECT * { GRAPH <urn:a> { ?s ?p ?o } graph # a comment\n <urn:b> { ?s ?p ?o } GRAPH <urn:a> {} }"
    assert dataset_of(both, "urn:d") == (
        ("default-graph-uri", "urn:d"),
        ("named-graph-uri", "urn:a"),
        ("named-graph-uri", "urn:b"),
    )
    assert dataset_of("SELECT * { GRAPH <urn:a> {} GRAPH ?g {} }", "urn:d") == (("default-graph-uri", "urn:d"),)
    assert dataset_of("SELECT * { ?graph ex:graph 'GRAPH <urn:a>' }", "urn:d") == (("default-graph-uri", "urn:d"),)
    assert dataset_of(both, "") == dataset_of("ASK FROM <urn:x> {}", "urn:d") == ()


def rows(found: object) -> list[dict[str, object]]:
    """The solutions, by variable."""
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: one[name] for name in names} for one in found]
