import pyoxigraph as ox
import pytest

from cis_graph.errors import QueryForbidden
from cis_graph.rdf.updates import operations, with_using
from cis_graph.rdf.writes import Write

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
    "CLEAR",
    "CLEAR XYZ",
    "CLEAR ?g",
    "DROP GRAPH DEFAULT",
    "CREATE <urn:g>",
    "COPY <urn:a> DEFAULT",
    "MOVE ALL TO DEFAULT",
    "WITH <urn:g> INSERT DATA { <a> <b> <c> }",
    "INSERT DATA { <a> <b> <c> } USING <urn:g>",
    "WITH <urn:g> DELETE WHERE { ?s ?p ?o }",
    "DELETE WHERE USING <urn:g> { ?s ?p ?o }",
    "USING <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "WITH DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "INSERT DATA { GRAPH { <a> <b> <c> } }",
    "INSERT DATA { GRAPH <urn:g> }",
    "INSERT DATA { <a> <b> _:c GRAPH <urn:g> { <a> <b> _:c } }",
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


GRAPHS = """
PREFIX : <urn:x:> INSERT DATA {
  GRAPH :g { :a :p "1" ; :q :b } . GRAPH <urn:x:h> { :b :p "GRAPH :i { " . } :c :in :none .
  GRAPH :i { :c :in :i } };
"""
IN_GRAPHS = (
    "PREFIX : <urn:x:> INSERT DATA { GRAPH :new { :a :p 1 } :d :p 2 . GRAPH :g { :e :p 3 . } }",
    "PREFIX : <urn:x:> DELETE DATA { GRAPH :g { :a :p '1' } GRAPH :nowhere { :a :p '1' } }",
    "PREFIX : <urn:x:> DELETE WHERE { GRAPH :g { ?s :q ?o } GRAPH ?any { ?o :p ?v } }",
    "PREFIX : <urn:x:> DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH :all { ?s :was ?g } ?s :in ?g } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX : <urn:x:> WITH :g DELETE { ?s :p ?o } INSERT { ?s :r ?o . GRAPH :h { ?s :from ?o } } WHERE { ?s :p ?o }",
    "PREFIX : <urn:x:> WITH :g INSERT { ?s :beside ?o } WHERE { ?s :q ?b GRAPH :h { ?b :p ?o } }",
    "PREFIX : <urn:x:> INSERT { ?s :copied ?o } USING :g USING <urn:x:h> WHERE { ?s :p ?o }",
    "PREFIX : <urn:x:> INSERT { GRAPH :out { ?s :in ?g } } USING NAMED :g USING NAMED :h WHERE { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX : <urn:x:> WITH :g DELETE { ?s ?p ?o } INSERT { ?s :kept ?o } USING :h WHERE { ?s ?p ?o }",
    "PREFIX : <urn:x:> DELETE WHERE { ?s :in ?o } ; INSERT DATA { GRAPH :g { :z :p 1 } } ; WITH :g DELETE { :z ?p ?o } WHERE { :z ?p ?o }",
    "CLEAR DEFAULT", "CLEAR ALL", "DROP NAMED", "CLEAR SILENT GRAPH <urn:nowhere>", "PREFIX : <urn:x:> drop graph :g",
    "PREFIX : <urn:x:> CREATE GRAPH :fresh", "CREATE SILENT GRAPH <urn:x:g>",
    "PREFIX : <urn:x:> COPY :g TO :h", "PREFIX : <urn:x:> MOVE GRAPH :g TO GRAPH :h", "PREFIX : <urn:x:> ADD :g TO DEFAULT",
    "PREFIX : <urn:x:> COPY DEFAULT TO :g", "PREFIX : <urn:x:> MOVE DEFAULT TO :new", "PREFIX : <urn:x:> COPY :g TO <urn:x:g>",
    "PREFIX : <urn:x:> MOVE :g TO :g", "COPY SILENT <urn:nowhere> TO <urn:x:g>",
)  # fmt: skip


def store(more: str = "") -> ox.Store:
    """A few statements."""
    made = ox.Store()
    made.load(DATA, ox.RdfFormat.TURTLE)
    if more:
        made.update(more)
    return made


def _done(made: ox.Store, update: str) -> None:
    """Does what an update says by asking its queries."""
    for operation in operations(update):
        removed, added = (
            _constructed(made, writes, operation.default_graph) for writes in (operation.removed, operation.added)
        )
        for quad in removed - added:
            made.remove(quad)
        made.extend(added)


def _constructed(made: ox.Store, writes: tuple[Write, ...], default_graph: str | None) -> set[ox.Quad]:
    graph = [ox.NamedNode(name) for name in _names(made, default_graph, None)] if default_graph else None
    found = set[ox.Quad]()
    for write in writes:
        for name in _names(made, write.graphs, graph) if write.graphs else [""]:
            answer = made.query(write.construct(name), default_graph=graph)  # type: ignore[arg-type]  # a list of names is one
            assert isinstance(answer, ox.QueryTriples)
            where = ox.NamedNode(name) if name else ox.DefaultGraph()
            found |= {ox.Quad(triple.subject, triple.predicate, triple.object, where) for triple in answer}
    return found


def _names(made: ox.Store, select: str | None, graph: list[ox.NamedNode] | None) -> list[str]:
    answer = made.query(select or "", default_graph=graph)  # type: ignore[arg-type]  # the same
    assert isinstance(answer, ox.QuerySolutions)
    return [node.value for row in answer if isinstance(node := row[0], ox.NamedNode)]


@pytest.mark.parametrize("update", TAKEN)
def test_what_queries_construct_is_what_the_update_does(update: str) -> None:
    """Removing and adding what the queries give leaves what the store's own update leaves."""
    expected, actual = store(), store()
    expected.update(update)
    _done(actual, update)

    assert set(expected) == set(actual)


@pytest.mark.parametrize("update", IN_GRAPHS)
def test_so_it_is_with_named_graphs(update: str) -> None:
    """GRAPH in templates, WITH, USING and operations on whole graphs mean what they mean to the store."""
    expected, actual = store(GRAPHS), store(GRAPHS)
    expected.update(update)
    _done(actual, update)

    assert set(expected) == set(actual)


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (
            "INSERT { ?s a ?o } WHERE { ?s ?p ?o }",
            "INSERT { ?s a ?o } USING <urn:g> USING NAMED <urn:h> WHERE { ?s ?p ?o }",
        ),
        ("INSERT DATA { <urn:a> a 'WHERE' }", "INSERT DATA { <urn:a> a 'WHERE' }"),
    ],
)
def test_graphs_named_beside_an_update_are_those_it_uses(update: str, expected: str) -> None:
    """They stand in its USING clauses, where it has a WHERE."""
    assert expected == with_using(update, ["urn:g"], ["urn:h"])
    assert update == with_using(update, [], [])


@pytest.mark.parametrize(
    "update",
    [
        "WITH <urn:x> DELETE { ?s a ?o } WHERE { ?s a ?o }",
        "INSERT { ?s a ?o } USING <urn:y> WHERE { ?s a ?o }",
        "DELETE WHERE { ?s a ?o }",
    ],
)
def test_an_update_that_names_graphs_itself_takes_no_others(update: str) -> None:
    """The protocol has it so."""
    with pytest.raises(QueryForbidden):
        with_using(update, ["urn:g"], [])


@pytest.mark.parametrize("update", REFUSED, ids=lambda text: text[:20].encode().hex() or "empty")
def test_nothing_else_is_taken(update: str) -> None:
    """What reads from elsewhere, speaks of whole graphs or is no update is refused before anything runs."""
    with pytest.raises(QueryForbidden):
        operations(update)


def test_errors_are_found_on_the_lines_of_the_update() -> None:
    """What a query leaves out of the update is blank, so that its lines keep their numbers."""
    (one,) = operations("PREFIX : <urn:x:>\nDELETE\n{ ?s :p ?o }\nINSERT\n{ ?s :p }\nWHERE { ?s :p ?o }")

    with pytest.raises(SyntaxError, match="5:"):
        store().query(one.added[0].construct())
