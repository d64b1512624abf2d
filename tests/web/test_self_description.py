import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from tests.support.client import Client

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
SCHEMA = Namespace("https://schema.org/")


def read(client: Client, path: str, **headers: str) -> Graph:
    """The graph at an address."""
    answer = client.get(path, "text/turtle", **headers)
    assert answer.status_code == 200, answer.text
    return Graph().parse(data=answer.text)


def test_the_service_describes_itself_where_the_client_is(client: Client) -> None:
    """Endpoint and links follow the request; identifiers of things stay under their base."""
    graph = read(client, "/sparql", host="data.example:8000")
    service = URIRef("http://data.example:8000/sparql")
    assert (service, SD.endpoint, service) in graph
    assert set(graph.subjects(RDF.type, SD.Service)) == {service}
    timeout = graph.value(predicate=SCHEMA.propertyID, object=Literal("timeout"))
    assert str(graph.value(timeout, SCHEMA.value)) == "30"


def test_the_dataset_is_described_at_its_well_known_address(client: Client) -> None:
    """VoID says where to query; what says of places and licence is kept as it is."""
    graph = read(client, "/.well-known/void")
    dataset = URIRef("http://testserver/data#dataset")
    assert (dataset, VOID.sparqlEndpoint, URIRef("http://testserver/sparql")) in graph
    assert (dataset, VOID.exampleResource, URIRef("https://carrefour.example/id/territory/commune-69123")) in graph


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_a_hostile_host_is_not_repeated(client: Client, path: str) -> None:
    """A Host header that is none gives the addresses under the base."""
    answer = client.get(path, "text/turtle", host="a>b")
    assert "a>b" not in answer.text
    assert "<https://carrefour.example/sparql>" in answer.text


def test_a_description_is_sent_once_to_each_host(client: Client) -> None:
    """304 for the same host; another host's description is another."""
    first = client.get("/.well-known/void", "text/turtle")
    assert client.get("/.well-known/void", "text/turtle", if_none_match=first.headers["etag"]).status_code == 304
    other = client.get("/.well-known/void", "text/turtle", host="other", if_none_match=first.headers["etag"])
    assert other.status_code == 200
