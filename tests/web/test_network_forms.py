import csv
import io
import re
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from lxml import etree

from cis_graph.model.network import NetworkFilter
from tests.support.client import Client
from tests.support.formulation import query
from tests.support.small_network import BASE, address, invented_network, random_filters

SCHEMA = Path(__file__).parents[2].parent / "shared/suites/gexf-1.3/gexf.xsd"
ROW = re.compile(
    r'<tr><td><a href="/(\w+)/([^"]+)">.*?</td><td><a href="/\w+/([^"]+)">.*?<data value="([^"]+)">', re.DOTALL
)

Ties = set[tuple[str, str, float]]


def of_page(client: Client, asked: str) -> Ties:
    """The ties in the page's table, page by page."""
    found: Ties = set()
    number = 1
    while rows := ROW.findall(client.page(f"/network?{asked}&page={number}")):
        found |= {
            (f"{BASE}id/{kind}/{source}", f"{BASE}id/{kind}/{target}", float(exact))
            for kind, source, target, exact in rows
        }
        number += 1
    return found


def of_graph(graph: "nx.Graph", *, directed: bool) -> Ties:
    """The ties networkx reads; without direction in order of id."""
    assert graph.is_directed() == directed
    ends = ((one, other) if directed else sorted((one, other)) for one, other in graph.edges)
    return {(one, other, graph.edges[one, other]["weight"]) for one, other in ends}


@pytest.mark.parametrize("asked", random_filters(100), ids=address)
def test_every_form_tells_the_same_ties(client: Client, asked: NetworkFilter) -> None:
    """Page, API, GEXF, GraphML, CSV and the SPARQL formulation agree, and the filtered set lies in the whole."""
    directed, where = asked.tie == "funding", address(asked)
    told = client.get(f"/network.json?{where}").json()
    ties = {(edge["source"], edge["target"], edge["weight"]) for edge in told["edges"]}
    table = csv.DictReader(io.StringIO(client.get(f"/network.csv?{where}").text))
    gexf = nx.read_gexf(io.BytesIO(client.get(f"/network.gexf?{where}").content))
    graphml = nx.read_graphml(io.BytesIO(client.get(f"/network.graphml?{where}").content))
    solutions = invented_network().store.query(query(asked, BASE))
    assert isinstance(solutions, ox.QuerySolutions)

    assert of_page(client, where) == ties
    assert {(row["source"], row["target"], float(row["weight"])) for row in table} == ties
    assert of_graph(gexf, directed=directed) == of_graph(graphml, directed=directed) == ties
    assert {(row["source"].value, row["target"].value, float(row["weight"].value)) for row in solutions} == ties
    assert (
        {node["id"] for node in told["nodes"]} == set(gexf) == set(graphml) == {end for tie in ties for end in tie[:2]}
    )
    whole = client.get(f"/network.json?tie={asked.tie}&level={asked.level or ''}").json()["edges"]
    weights = {(edge["source"], edge["target"]): edge["weight"] for edge in whole}
    assert all(heavy <= weights[source, target] for source, target, heavy in ties)


@pytest.mark.parametrize("where", ["", "level=region", "tie=funding", "tie=all&level=departement", "theme=inconnu"])
def test_gexf_keeps_its_schema(client: Client, where: str) -> None:
    """Every GEXF is valid after the schema of GEXF 1.3, with dates and positions."""
    if not SCHEMA.exists():
        pytest.skip("the schema of GEXF 1.3 is not beside this checkout")
    document = etree.fromstring(client.get(f"/network.gexf?{where}").content)
    schema = etree.XMLSchema(etree.parse(SCHEMA))

    assert schema.validate(document), schema.error_log
    if not where:
        assert document.findall(".//{*}edge[@start]")
        assert document.findall(".//{*}position")


@pytest.mark.parametrize("form", ["json", "csv", "gexf", "graphml", "svg", "ttl", "nt"])
def test_one_release_gives_the_same_bytes(client: Client, form: str) -> None:
    """Asked twice, in whatever order its values are given, a form is the same to the byte."""
    path = f"/network.{form}?theme=sante&theme=emploi&tie=all"
    first = client.get(path)

    assert first.status_code == 200
    assert client.get(path).content == first.content
    assert client.get(path, if_none_match=first.headers["etag"]).status_code == 304


def test_turtle_is_turtle(client: Client) -> None:
    """The RDF form parses, and weighs each tie."""
    body = client.get("/network.ttl?level=region").content
    weights = [quad for quad in ox.parse(input=body, format=ox.RdfFormat.TURTLE) if "weight" in quad.predicate.value]

    assert len(weights) == len(client.get("/network.json?level=region").json()["edges"])


def test_the_svg_is_well_formed(client: Client) -> None:
    """Both pictures are XML, without script, with a title."""
    for where in ("", "level=region"):
        picture = etree.fromstring(client.get(f"/network.svg?{where}").content)
        assert picture.findtext("{*}title")
        assert not picture.findall(".//{*}script")
        assert picture.findall(".//{*}circle")
