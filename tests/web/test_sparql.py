import csv
import io
from urllib.parse import quote, urlencode

import pytest

from cis_graph.errors import QueryCrowd, QueryFault, QueryForbidden, QueryTimeout, QueryTooLarge
from tests.support.client import Client
from tests.support.small_release import SmallRunner

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
    assert "<http://testserver/sparql> a sd:Service" in described.text
    hostile = client.get("/sparql", "text/turtle", host="a>b")
    assert "a>b" not in hostile.text


def test_csv_is_csv(client: Client) -> None:
    """The CSV has a header and a row a solution."""
    rows = list(csv.reader(io.StringIO(client.get(asked(SELECT, format="csv")).text)))
    assert rows[0] == ["s", "l"]
    assert len(rows) == 4
