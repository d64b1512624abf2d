from urllib.parse import quote

import pytest
from rdflib import Graph

from tests.support.client import Client

RECORD = "https://carrefour.example/id/record/fondation-lavande/fiche-12"


def test_a_named_graph_is_read(client: Client) -> None:
    """The graph of a record holds what its contributor says."""
    answer = client.get(f"/graphs?graph={quote(RECORD, safe='')}", "text/turtle")
    assert answer.status_code == 200
    assert len(Graph().parse(data=answer.text)) > 0
    assert 'rel="describedby"' in answer.headers["link"]


def test_the_default_graph_is_read(client: Client) -> None:
    """The default graph holds all that is public."""
    answer = client.get("/graphs?default", "application/n-triples")
    assert answer.headers["content-type"] == "application/n-triples"
    assert f"<{RECORD}>" in answer.text


def test_a_graph_is_sent_once(client: Client) -> None:
    """A client that has the graph gets 304; HEAD tells what GET would."""
    address = f"/graphs?graph={quote(RECORD, safe='')}"
    first = client.get(address, "text/turtle")
    again = client.get(address, "text/turtle", if_none_match=first.headers["etag"])
    head = client.request("HEAD", address, headers={"Accept": "text/turtle", "Accept-Encoding": "identity"})
    assert (again.status_code, head.status_code, head.content) == (304, 200, b"")
    assert head.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?default&graph=urn:a", 400),
        ("?graph=urn:a&graph=urn:b", 400),
        ("?graph=nowhere", 400),
        ("?graph=urn:a%3E%20%7D%20%23", 400),
        ("?graph=urn:nowhere", 404),
        ("/nowhere", 404),
    ],
)
def test_which_graph_must_be_plain(client: Client, query: str, status: int) -> None:
    """One graph is asked for, by an absolute IRI that is nothing but an IRI, and it is there."""
    assert client.get(f"/graphs{query}", "text/turtle").status_code == status


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_graphs_are_not_written(client: Client, method: str) -> None:
    """Where no token opens writes, this face is read only, and says so."""
    answer = client.request(method, "/graphs?default", content=b"<urn:a> <urn:b> <urn:c> .")
    assert answer.status_code == 403
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
