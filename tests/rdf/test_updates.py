import pyoxigraph as ox
import pytest

from cis_graph.errors import QueryForbidden
from cis_graph.rdf.updates import operations

DATA = """@prefix : <urn:x:> .
:a :p "1", "2" ; :q :b . :b :p "3" ; :q :c . :c :label "une ; { accolade }"@fr ; :n 1, 2, 3 .
"""
TAKEN = (
    "PREFIX : <urn:x:> INSERT DATA { :a :p \"}\" , \"{;\" , '''; } DELETE''' ; :q :z . }",
    'PREFIX : <urn:x:>\n# } ; LOAD <urn:y>\nDELETE DATA { :a :p "1" } ; INSERT DATA { :a :p "4" } ;',
    "PREFIX : <urn:x:> DELETE WHERE { ?s :q ?o . ?o :p ?v }",
    "BASE <urn:x:> PREFIX : <urn:x:> DELETE { ?s :n ?n } INSERT { ?s :n 9 } WHERE { ?s :n ?n FILTER(?n<3&&?n>1) }",
    "prefix : <urn:x:> prefix y: <urn:y#> delete{?s ?p ?o}where{?s ?p ?o minus{?s :p ?any}};insert{y:a y:b ?s}where{?s y:b|:q ?o}",
    'PREFIX : <urn:x:> INSERT { ?s :upper ?u } WHERE { ?s :p ?v BIND(CONCAT("<", STR(?v), ">#") AS ?u) } ; DELETE WHERE { :a :p ?v }',
    "PREFIX : <urn:x:> DELETE { ?s :p ?v } INSERT { ?s :p ?v } WHERE { ?s :p ?v }",
    "PREFIX : <urn:x:> INSERT { ?s :more ?c } WHERE { SELECT ?s (COUNT(*) AS ?c) { ?s ?p ?o } GROUP BY ?s }",
    "PREFIX : <urn:x:> INSERT { :in\\;side\\# :p ?none } WHERE { OPTIONAL { :nothing :p ?none } }",
    "PREFIX : <urn:x:> INSERT DATA { :é :p <urn:x:#;> }",
)
REFUSED = (
    "LOAD <urn:x>",
    "load silent <http://127.0.0.1/> into graph <urn:g>",
    "INSERT DATA { <a> <b> <c> } ; LOAD <urn:x>",
    "PREFIX load: <urn:x> LOAD <urn:x>",
    "CLEAR DEFAULT",
    "DROP ALL",
    "CREATE GRAPH <urn:g>",
    "COPY <urn:a> TO DEFAULT",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o }",
    "ASK {}",
    "",
    " # nothing\n",
    ";;",
    "PREFIX : <urn:x:>",
    "INSERT DATA {",
    "INSERT DATA }{",
    "} INSERT DATA {}",
    "INSERT { ?s ?p ?o }",
    "DELETE { } { }",
    "INSERT DATA {} INSERT DATA {}",
    "\x00",
    "{" * 100_000,
    "PREFIX " * 100_000,
    "'" * 100_000,
)


def store() -> ox.Store:
    """A few statements."""
    made = ox.Store()
    made.load(DATA, ox.RdfFormat.TURTLE)
    return made


def _constructed(made: ox.Store, query: str | None) -> set[ox.Quad]:
    answer = made.query(query or "CONSTRUCT {} WHERE {}")
    assert isinstance(answer, ox.QueryTriples)
    return {ox.Quad(triple.subject, triple.predicate, triple.object) for triple in answer}


@pytest.mark.parametrize("update", TAKEN)
def test_what_two_queries_construct_is_what_the_update_does(update: str) -> None:
    """Removing and adding what the queries give leaves what the store's own update leaves."""
    expected, actual = store(), store()
    expected.update(update)
    for operation in operations(update):
        removed, added = (_constructed(actual, query) for query in (operation.removed, operation.added))
        for quad in removed - added:
            actual.remove(quad)
        actual.extend(added)

    assert set(expected) == set(actual)


@pytest.mark.parametrize("update", REFUSED, ids=lambda text: text[:20].encode().hex() or "empty")
def test_nothing_else_is_taken(update: str) -> None:
    """What reads from elsewhere, speaks of whole graphs or is no update is refused before anything runs."""
    with pytest.raises(QueryForbidden):
        operations(update)


def test_errors_are_found_on_the_lines_of_the_update() -> None:
    """What a query leaves out of the update is blank, so that its lines keep their numbers."""
    (one,) = operations("PREFIX : <urn:x:>\nDELETE\n{ ?s :p ?o }\nINSERT\n{ ?s :p }\nWHERE { ?s :p ?o }")

    assert one.added is not None
    with pytest.raises(SyntaxError, match="5:"):
        store().query(one.added)
