import csv
import io
from urllib.parse import quote, urlencode

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from cis_graph.errors import QueryCrowd, QueryFault, QueryForbidden, QuerySyntaxFault, QueryTimeout, QueryTooLarge
from tests.support.client import Client
from tests.support.small_release import SmallRunner

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SELECT = "SELECT ?s ?l WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } ORDER BY ?l LIMIT 3"
CONSTRUCT = "CONSTRUCT WHERE { ?s <https://w3id.org/insoc/ontology#siren> ?o }"
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def asked(query: str, **more: str) -> str:
    """The address of a query."""
    return f"/sparql?{urlencode({'query': query, **more})}"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/sparql-results+json"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "text/tab-separated-values;q=0.9, text/csv;q=0.1", "text/tab-separated-values"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        ("ASK {}", "*/*", "application/sparql-results+json"),
        (CONSTRUCT, "*/*", "text/turtle"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_forms_of_answers(client: Client, query: str, accept: str, expected: str) -> None:
    """The query decides between a table and a graph, the client in which form."""
    answer = client.get(asked(query), accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == expected


def test_three_ways_to_ask(client: Client) -> None:
    """GET, a posted form and a posted query give the same answer."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    query = {"Content-Type": "application/sparql-query; charset=utf-8"}
    got = client.get(asked(SELECT, color="blue")).json()
    assert client.request("POST", "/sparql", headers=form, content=urlencode({"query": SELECT})).json() == got
    assert client.request("POST", "/sparql", headers=query, content=SELECT).json() == got


def test_dataset_of_the_protocol(client: Client, runner: SmallRunner) -> None:
    """The protocol's graphs reach the runner."""
    client.get(asked(SELECT, **{"default-graph-uri": "urn:a", "named-graph-uri": "urn:b"}))
    assert (runner.asked[-1].default_graphs, runner.asked[-1].named_graphs) == (("urn:a",), ("urn:b",))


@pytest.mark.parametrize(
    ("content_type", "content", "status"),
    [
        ("application/sparql-update", "CLEAR ALL", 403),
        ("application/x-www-form-urlencoded", "update=CLEAR+ALL", 403),
        ("application/x-www-form-urlencoded", "", 400),
        ("application/x-www-form-urlencoded", "query=ASK{}&query=ASK{}", 400),
        ("application/x-www-form-urlencoded", "query=%ff", 400),
        ("application/sparql-query", b"\xff", 400),
        ("application/sparql-query", b" " * 2_000_000, 413),
        ("text/plain", "ASK {}", 415),
        ("application/sparql-query; charset=utf-16", "ASK {}", 415),
        ("application/x-www-form-urlencoded", "query=ASK{}&format=json&format=csv", 400),
        ("application/x-www-form-urlencoded", "query=ASK{}&using-graph-uri=urn:a", 403),
        ("application/x-www-form-urlencoded", "query=ASK{}&default-graph-uri=nowhere", 400),
        ("application/x-www-form-urlencoded", "query=ASK{}&named-graph-uri=urn:a>", 400),
    ],
)
def test_what_is_not_read(client: Client, content_type: str, content: bytes | str, status: int) -> None:
    """Updates, several queries, strange encodings and long bodies are refused with a reason."""
    answer = client.request("POST", "/sparql", headers={"Content-Type": content_type}, content=content)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_syntax_error_says_where(client: Client) -> None:
    """Line and column count from 1."""
    answer = client.get(asked("SELECT *\nWHERE { oops }"))
    assert answer.status_code == 400
    assert answer.json()["line"] >= 1
    assert answer.json()["column"] >= 1
    page = client.get(asked("SELECT * WHERE {", format="html"), HTML)
    assert page.status_code == 400
    assert 'aria-invalid="true"' in page.text


@pytest.mark.parametrize(
    ("fault", "status", "again"),
    [
        (QueryForbidden("no SERVICE"), 403, False),
        (QueryTooLarge("too long"), 413, False),
        (QueryTimeout("late", seconds=30), 503, True),
        (QueryCrowd("full"), 429, True),
        (QueryFault("no"), 400, False),
    ],
)
def test_refusals(client: Client, runner: SmallRunner, fault: QueryFault, status: int, again: bool) -> None:  # noqa: FBT001
    """Each refusal has its status, and says when to come back where that helps."""
    runner.fault = fault
    answer = client.get(asked("ASK {}"))
    assert answer.status_code == status
    assert ("retry-after" in answer.headers) is again


def test_a_cut_before_a_page_is_made_is_a_503(client: Client, runner: SmallRunner) -> None:
    """A page gathers its answer first: what is cut by then is told as a timeout, with when to come back."""
    runner.cut = True
    answer = client.get(asked(SELECT), HTML)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "/data" in answer.text


def test_a_cut_breaks_the_connection(client: Client, runner: SmallRunner) -> None:
    """A cut answer never looks whole."""
    runner.cut = True
    with pytest.raises((QueryFault, RuntimeError)):
        client.get(asked(SELECT))


def test_unacceptable_kind_of_answer(client: Client) -> None:
    """A table is no Turtle."""
    assert client.get(asked(SELECT), "text/turtle").status_code == 406
    assert client.get(asked(SELECT), "image/png").status_code == 406


def test_a_table_for_people(client: Client) -> None:
    """A browser sees a table with a caption, links to our pages and to CSV and JSON."""
    page = client.get(asked(SELECT), HTML).text
    assert "<caption" in page
    assert "3 résultats" in page
    assert 'href="/project/' in page or 'href="/' in page
    assert f"/sparql?query={quote('SELECT ?s')}".replace("%20", "+") in page
    assert "format=csv" in page


def test_other_answers_for_people(client: Client) -> None:
    """A browser sees yes or no, or the graph as text."""
    assert "Oui" in client.get(asked("ASK {}"), HTML).text
    assert "123456782" in client.get(asked(CONSTRUCT), HTML).text


def test_without_a_query(client: Client) -> None:
    """A person gets the form, a machine the service description under the address it used."""
    form = client.page("/sparql")
    assert '<label for="query">' in form
    described = client.get("/sparql", "text/turtle")
    service = Graph().parse(data=described.text).value(predicate=RDF.type, object=SD.Service)
    assert URIRef("http://testserver/sparql") == service
    hostile = client.get("/sparql", "text/turtle", host="a>b")
    assert "a>b" not in hostile.text


def test_csv_is_csv(client: Client) -> None:
    """The CSV has a header and a row a solution."""
    rows = list(csv.reader(io.StringIO(client.get(asked(SELECT, format="csv")).text)))
    assert rows[0] == ["s", "l"]
    assert len(rows) == 4


def test_a_parameter_we_know_is_given_once_and_others_are_let_be(client: Client) -> None:
    """Two queries are refused, wherever they stand; a parameter we do not know changes nothing."""
    twice = asked("ASK {}") + "&query=ASK%7B%7D"
    query = {"Content-Type": "application/sparql-query"}
    assert client.get(twice).status_code == 400
    assert client.request("POST", asked("ASK {}"), headers=query, content="ASK {}").status_code == 400
    assert client.get(asked("ASK {}", ac="1", timeout="5")).json()["boolean"] is True


def test_a_relative_iri_has_a_base(client: Client, runner: SmallRunner) -> None:
    """Relative IRIs are read against the endpoint under the base of data; an error keeps its place."""
    assert client.get(asked("ASK { <nowhere> ?p ?o }")).json()["boolean"] is False
    assert runner.asked[-1].text.startswith("BASE <https://carrefour.example/sparql>")
    runner.fault = QuerySyntaxFault("oops", line=3, column=5)
    assert client.get(asked("SELECT *\nWHERE { <a> oops }")).json()["line"] == 2


@pytest.mark.parametrize(
    "query", ["SELECT (NOW() AS ?t) {}", "SELECT (rand() AS ?r) {}", "SELECT (STRUUID() AS ?u) {}", "SELECT (BNODE() AS ?b) {}",
              r"ASK { BIND('\u0041' AS ?letter) }", "CONSTRUCT { [] ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT { ?s ?p (1) } WHERE { ?s ?p ?o }"]
)  # fmt: skip
def test_what_changes_by_itself_has_no_tag(client: Client, query: str) -> None:
    """Time, chance and new blank nodes make each answer another."""
    answer = client.get(asked(query))
    assert answer.status_code == 200
    assert "etag" not in answer.headers


def test_an_answer_has_a_tag_of_what_is_asked(client: Client) -> None:
    """Comments and indentation make no other query; another form, coding, graph or word does."""
    first = client.get(asked(SELECT))
    same = client.get(asked(f"# a comment\n   {SELECT}\n"))
    others = [
        client.get(asked(SELECT), "text/csv"),
        client.get(asked(SELECT), accept_encoding="gzip"),
        client.get(asked(SELECT, **{"named-graph-uri": "urn:a"})),
        client.get(asked(SELECT.replace("LIMIT 3", "LIMIT 2"))),
    ]
    assert first.headers["etag"] == same.headers["etag"]
    assert len({answer.headers["etag"] for answer in (first, *others)}) == 5
    again = client.get(asked(SELECT), if_none_match=f'W/"x", {first.headers["etag"]}')
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_packed_answer_unpacks_to_the_same(client: Client, coding: str) -> None:
    """A coded stream is the plain one, coded; two of them are the same bytes, as their strong tag says."""
    plain = client.get(asked(SELECT)).text
    packed = [client.get(asked(SELECT), accept_encoding=coding) for _ in range(2)]
    assert [answer.headers["content-encoding"] for answer in packed] == [coding, coding]
    assert [answer.text for answer in packed] == [plain, plain]


def test_a_long_answer_is_read_in_pages(client: Client) -> None:
    """Two hundred solutions a page, with links to the others; the number of all is told."""
    many = "SELECT * WHERE { ?s ?p ?o }"
    first, second = client.page(asked(many, format="html")), client.page(asked(many, format="html", page="2"))
    assert first.count("<tr>") == 201
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert client.get(asked(many, format="html", page="no"), HTML).status_code == 400


def test_an_error_is_marked_at_its_place(client: Client, runner: SmallRunner) -> None:
    """The form shows the line with the word that is wrong, safely."""
    runner.fault = QuerySyntaxFault("oops", line=2, column=9)
    page = client.get(asked("SELECT *\nWHERE { <urn:b> oops }", format="html"), HTML).text
    assert "WHERE { <mark>&lt;</mark>urn:b&gt; oops }" in page
    runner.fault = QuerySyntaxFault("oops", line=99, column=1)
    assert "<mark>" not in client.get(asked("ASK {", format="html"), HTML).text


def test_an_answer_links_to_its_other_forms(client: Client) -> None:
    """Canonical address, other forms, dataset and licence; a long query is not told again in the header."""
    link = client.get(asked(SELECT, format="csv")).headers["link"]
    for relation in ("canonical", "alternate", "describedby", "license"):
        assert f'rel="{relation}"' in link
    assert "format=tsv" in link
    assert len(client.get(asked(f"{SELECT} # {'x' * 5000}")).headers["link"]) < 300
