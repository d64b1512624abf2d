import contextlib
import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cis_graph.errors import CisGraphError, QueryForbidden, QueryTooLarge
from cis_graph.store.guard import DEEPEST_NESTING, LARGEST_QUERY, check

TARGET = "<http://127.0.0.1:9/>"
ASKED = f"SERVICE{TARGET}{{?a ?b ?c}}"

DISGUISES = {
    "plain": f"SELECT * {{ SERVICE {TARGET} {{?s ?p ?o}} }}",
    "lower case": f"SELECT * {{ service {TARGET} {{?s ?p ?o}} }}",
    "mixed case": f"SELECT * {{ SeRvIcE silent {TARGET} {{?s ?p ?o}} }}",
    "silent": f"SELECT * {{ SERVICE SILENT {TARGET} {{?s ?p ?o}} }}",
    "a variable": "SELECT * { VALUES ?t { <http://127.0.0.1:9/> } SERVICE ?t {?s ?p ?o} }",
    "a comment between": f"SELECT * {{ SERVICE # here\n {TARGET} {{?s ?p ?o}} }}",
    "a comment before": f"SELECT * {{ # don't\n SERVICE {TARGET} {{?s ?p ?o}} }}",
    "escaped": f"SELECT * {{ \\u0053ERVICE {TARGET} {{?s ?p ?o}} }}",
    "escaped long": f"SELECT * {{ S\\U00000045RVICE {TARGET} {{?s ?p ?o}} }}",
    "prefixed": "PREFIX SERVICE: <http://127.0.0.1:9/> SELECT * { SERVICE:x {?s ?p ?o} }",
    "joined to its target": "PREFIX ex: <http://127.0.0.1:9/> SELECT * { SERVICEex:x {?s ?p ?o} }",
    "joined to silent": "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICESILENT:x {?s ?p ?o} }",
    "after a boolean": f"SELECT * {{ ?s ?p trueSERVICE {TARGET} {{?a ?b ?c}} }}",
    "after a number": f"SELECT * {{ ?s ?p 5{ASKED} }}",
    "after an empty name and a number": f"PREFIX ex: <urn:p> SELECT * {{ ?s ex:-5{ASKED} }}",
    "after an empty name and a decimal": f"PREFIX ex: <urn:p> SELECT * {{ ?s ex:.5{ASKED} }}",
    "after a blank node": f"PREFIX : <urn:p> SELECT * {{ _:x:-5{ASKED} }}",
    "after an escaped hash": f"PREFIX ex: <urn:> SELECT * {{ ?s ?p ex:a\\# {ASKED}\n }}",
    "after an escaped hash and a blank-like prefix": f"PREFIX x_: <urn:> SELECT * {{ ?s ?p x_:a\\# {ASKED}\n }}",
    "after an escaped quote": f"PREFIX ex: <urn:> SELECT * {{ ?s ?p ex:a\\' {ASKED} FILTER(?s != '') }}",
    "between comparisons": f"SELECT * {{ ?a ?p ?b FILTER(?b<'>'||true){ASKED} FILTER(?b!='x') }}",
    "between long strings": f"SELECT * {{ ?a ?p ?b FILTER(1<2#>'''\n){ASKED}#'''\n }}",
    "between escaped quotes": f"SELECT * {{ ?a ?b ?c FILTER(?b!='\\u0027'){ASKED} FILTER(?b!='\\u0027') }}",
    "in a string that is none": f"SELECT * {{ VALUES ?x {{''''}} {ASKED} #\\x'''\n }}",
    "in a string that is none, quoted twice": f'SELECT * {{ VALUES ?x {{""""}} {ASKED} #\\uD800"""\n }}',
    "in an unclosed string": f"SELECT * {{ ?s ?p ' {ASKED} }}",
    "in a language tag": f"SELECT * {{ ?s ?p 'x'@en-{ASKED} }}",
    "after an escaped IRI": f"SELECT * {{ ?s ?p <urn:\\u00e9#> . {ASKED}\n }}",
    "in a subquery": f"SELECT * {{ {{ SELECT * {{ {ASKED} }} }} }}",
    "in EXISTS": f"ASK {{ FILTER NOT EXISTS {{ {ASKED} }} }}",
}

HARMLESS = [
    "SELECT * { ?s ?p 'the SERVICE <http://x/> {}' }",
    'SELECT * { ?s ?p "it\'s a service" }',
    "SELECT * { ?s ?p '''it's\na 'service' ''' }",
    "SELECT * { ?s ?p <http://example.org/service#service> . ?s ?q 'y' }",
    'SELECT * { ?s ?p <http://example.org/l\'eau> ; ?q "service" }',
    "# SERVICE is not used\nSELECT * { ?s ?p ?o }",
    "SELECT ?service $SERVICE { ?service ?p $SERVICE }",
    "PREFIX ex: <urn:> SELECT * { ?s ex:service ex:public.service, ex:x-service, ex:a\\'service }",
    "SELECT * { _:service ?p ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 2) }",
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\nSELECT * { ?s rdf:type ?t }",
    "VALUES ?x { " + " ".join(f"<urn:x#{number}>" for number in range(300)) + " }",
    "",
]


@pytest.mark.parametrize("query", DISGUISES.values(), ids=DISGUISES)
def test_no_disguise_of_service_passes(query: str) -> None:
    """However SERVICE is written, a query that asks another server is refused before anything parses it."""
    with pytest.raises(QueryForbidden, match="not allowed here"):
        check(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_service_is_no_crime(query: str) -> None:
    """In a string, an IRI, a comment, a variable or a local name, the word asks nobody."""
    check(query)


def test_a_query_of_the_largest_size_passes_and_one_more_character_does_not() -> None:
    """The limit of size is a limit, not an estimate."""
    check("#" * LARGEST_QUERY)

    with pytest.raises(QueryTooLarge, match=f"{LARGEST_QUERY + 1} characters"):
        check("#" * (LARGEST_QUERY + 1))


@pytest.mark.parametrize("brackets", ["{}", "()", "[]"])
def test_nesting_is_limited(brackets: str) -> None:
    """As many brackets as the limit may stand open at once, and no more."""
    check(brackets[0] * DEEPEST_NESTING + brackets[1] * DEEPEST_NESTING)
    check(brackets * 1000)

    with pytest.raises(QueryTooLarge, match="brackets"):
        check(brackets[0] * (DEEPEST_NESTING + 1))


@pytest.mark.parametrize(
    "query",
    [
        "ASK{FILTER(1<" + "(" * 5000 + "1" + ")" * 5000 + "&&1>0)}",
        "ASK{FILTER(1<'>'&&" + "(" * 5000 + "1" + ")" * 5000 + "!='x')}",
        "SELECT * { ?s ?p '" + "(" * 5000,
        "#}}}}}\n" + "{" * 200,
    ],
    ids=["in what looks like an IRI", "in what looks like a string", "in an unclosed string", "after a comment"],
)
def test_nesting_cannot_be_hidden(query: str) -> None:
    """Brackets are counted wherever the parser may see them."""
    with pytest.raises(QueryTooLarge, match="brackets"):
        check(query)


def test_brackets_in_strings_and_comments_nest_nothing() -> None:
    """Text may hold as many brackets as it likes."""
    check("SELECT * { ?s ?p '" + "(" * 500 + "' } # " + "{" * 500)


@pytest.mark.parametrize(
    "piece",
    ["\\'''", "<'''\\>", "<\\'''>", "<a'>\n", "a.", "<", "'", '"', "_:x:", "<#a>", "\\u0027", "?x<'", "ex:a\\#"],
)
def test_no_query_keeps_the_guard_busy(piece: str) -> None:
    """The longest hostile query is read within seconds, or refused for being doubtful."""
    with contextlib.suppress(QueryTooLarge):
        check(piece * (LARGEST_QUERY // len(piece)))


CLAUSES = [
    "?s ?p ?o",
    "?s ?p 'x'@en",
    "?s ?p '\\u0027'",
    '?s ?p "\\u0022"',
    "?s ?p '''\\u0027'''",
    "?s ?p <urn:a#>",
    "?s ?p <urn:\\u00e9#>",
    "?s ?p true",
    "?s ex:-5",
    "?s ex:.5",
    "?s ex:p?5",
    "_:x:-5",
    "_:x :.5",
    "?s ?p ex:a\\#",
    "?s ?p ex:a\\'",
    "?s ?p x_:a\\#",
    "?s ?p ex:a.-5",
    "?s ?p ex:%41",
    "?s ?p '' , ''",
    "FILTER(1<'>'||true)",
    "FILTER(1<'#>'||true)",
    "FILTER(1<2#>'''\n)",
    "FILTER(1<2#>\n)",
    "FILTER('x'!='\\u0027')",
    "FILTER(1!='x')",
    "FILTER('it'!=\"it's\")",
    "FILTER(1<2&&2>1)",
    "VALUES ?x {''''}",
    "VALUES ?x {'' 'x'}",
    "VALUES ?x {<#'>}",
    "BIND(1<2 AS ?n)",
    "OPTIONAL{?s ?p ?o}",
    "#'''\n",
    "#\\x'''\n",
    "#\\uD800'''\n",
    "#'\n",
    '#"\n',
    "# service\n",
    ".",
    "\u0301",
    "\u2028",
    "'",
    "}",
    "{",
]
ASKING = [
    "SERVICE<TARGET>{?a ?b ?c}",
    "service silent<TARGET>{?a ?b ?c}",
    "SERVICE ?t{?a ?b ?c}",
    "SERVICE ex:x{?a ?b ?c}",
    "SERVICEex:x{?a ?b ?c}",
    "SERVICE:x{?a ?b ?c}",
    "SERVICESILENT:x{?a ?b ?c}",
    "SERVICEx_:x{?a ?b ?c}",
    "S\\u0045RVICE<TARGET>{?a ?b ?c}",
    "SERVICE#\n<TARGET>{?a ?b ?c}",
]


class Listener:
    """A server on loopback that closes every connection at once and counts them."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.target = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.knocks = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.knocks += 1
                connection.close()

    def close(self) -> None:
        """Ends listening."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """A listener for all queries."""
    one = Listener()
    yield one
    one.close()


STORE = ox.Store()
STORE.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:x"), ox.Literal("y")))
GLUED = st.tuples(st.sampled_from([*CLAUSES, *ASKING, *ASKING, *ASKING]), st.sampled_from(["", "", " ", "\n", "."]))
BODIES = st.lists(GLUED.map("".join), min_size=1, max_size=6).map("".join)
SHELL = "PREFIX ex:<TARGET> PREFIX x_:<TARGET> PREFIX :<TARGET> SELECT*{VALUES ?t{<TARGET>} %s\n}"


def run(query: str, target: str) -> None:
    """Runs a query with a target that refuses every connection."""
    with contextlib.suppress(SyntaxError, OSError, ValueError, RuntimeError):
        answer = STORE.query(query.replace("TARGET", target))
        if isinstance(answer, ox.QuerySolutions):
            list(answer)


def test_a_service_clause_would_knock(listener: Listener) -> None:
    """Without the guard, the store opens the connection that the next test looks for."""
    before = listener.knocks
    run("SELECT*{SERVICE<TARGET>{?a ?b ?c}}", listener.target)

    assert before + 1 == listener.knocks


@settings(max_examples=1500)
@given(body=BODIES)
def test_what_the_guard_lets_pass_opens_no_connection(listener: Listener, body: str) -> None:
    """Whatever the pieces of a query, the store knocks at no door once the guard has let it pass."""
    query = SHELL.replace("%s", body)
    before = listener.knocks
    try:
        check(query.replace("TARGET", listener.target))
    except CisGraphError:
        return
    run(query, listener.target)

    assert before == listener.knocks
