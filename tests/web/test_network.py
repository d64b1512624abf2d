import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import networkx as nx
import pyoxigraph as ox
import pytest
from lxml import etree

from cis_graph import web
from cis_graph.model.network import NetworkFilter
from cis_graph.model.ties import weight
from cis_graph.web.network.filters import FilterQuery, given
from tests.support.client import Client
from tests.support.formulation import query
from tests.support.small_network import BASE, invented_network, random_filters

STATIC = Path(web.__file__).parent / "static"
SCHEMA = Path(__file__).parents[2].parent / "shared/suites/gexf-1.3/gexf.xsd"
NAMES = {
    "territories": "territory", "themes": "theme", "audiences": "audience", "methods": "method", "roles": "role",
    "types": "type", "actors": "actor", "contributors": "contributor", "kinds": "kind",
}  # fmt: skip
ROW = re.compile(
    r'<tr><td><a href="/(\w+)/([^"]+)">.*?</td><td><a href="/\w+/([^"]+)">.*?<data value="([^"]+)">', re.DOTALL
)

Ties = set[tuple[str, str, float]]


def address(asked: NetworkFilter) -> str:
    """The query string of a filter."""
    pairs: list[tuple[str, str]] = [("tie", asked.tie), ("level", asked.level or "")]
    pairs += [(name, value) for field, name in NAMES.items() for value in getattr(asked, field)]
    pairs += [("from", str(asked.begins or "")), ("to", str(asked.ends or "")), ("min", weight(asked.least))]
    return urlencode([(name, value) for name, value in pairs if value not in {"", "0.0"}])


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


@pytest.mark.parametrize(
    "where", ["tie=love", "level=planet", "from=hier", "to=2019-13", "min=-1", "min=beaucoup", "min=NaN", "min=1e99"]
)
def test_what_cannot_be_asked_is_the_askers_mistake(client: Client, where: str) -> None:
    """A tie, level, date or weight that cannot be is refused with what it may be."""
    answer = client.get(f"/network.json?{where}")

    assert answer.status_code == 400
    assert "detail" in answer.json()


def test_too_many_values_are_refused(client: Client) -> None:
    """Fifty values of one filter are enough."""
    assert client.get(f"/network.json?{'&'.join(f'theme=t{number}' for number in range(51))}").status_code == 400


@pytest.mark.parametrize("value", ["%27%20OR%201=1%20--", "%3Cscript%3E", "%00", "x" * 3000, "%F0%9F%8C%B1"])
@pytest.mark.parametrize("name", ["territory", "theme", "role", "actor", "contributor"])
def test_a_hostile_value_gives_an_empty_page(client: Client, name: str, value: str) -> None:
    """An unknown value is an empty answer; it is shown as text or not at all."""
    page = client.page(f"/network?{name}={value}")

    assert "Aucun lien ne passe ces filtres" in page
    assert "<script>" not in page
    assert client.get(f"/network.json?{name}={value}").json()["edges"] == []


def test_the_page_says_it_in_words_and_leads_on(client: Client) -> None:
    """How many actors and ties, which is the strongest, then a table, a picture and every form of it."""
    page = client.page("/network?theme=sante")
    told = client.get("/network.json?theme=sante").json()

    assert f"{len(told['nodes'])} acteurs" in page
    assert f"{len(told['edges'])} liens" in page
    assert "/network.svg?theme=sante" in page
    assert "/network.gexf?theme=sante" in page
    assert '<option value="sante" selected>' in page
    assert "Who cooperates with whom" in client.page("/en/network")


def test_a_filter_in_an_address_is_the_filter_that_is_meant() -> None:
    """Names and values come back from an address as they were given."""
    pairs = [("theme", "sante"), ("theme", "emploi"), ("from", "2018"), ("level", "region")]
    query_ = FilterQuery.model_validate({"theme": ["sante", "emploi"], "from": "2018", "level": "region"})

    assert sorted(parse_qsl(given(query_).address("/network").partition("?")[2])) == sorted(pairs)


def test_the_matrix_is_the_ties_of_territories(client: Client) -> None:
    """Régions unless another level is asked for; symmetric; the same weights as the ties; a table to read."""
    told = client.get("/network/matrix.json").json()
    ids = [each["id"] for each in told["territories"]]
    cells = {
        (one, other): weight
        for one, row in zip(ids, told["weights"], strict=True)
        for other, weight in zip(ids, row, strict=True)
        if weight
    }
    ties = client.get("/network.json?level=region").json()["edges"]

    assert {(edge["source"], edge["target"]): edge["weight"] for edge in ties}.items() <= cells.items()
    assert all(cells[other, one] == weight for (one, other), weight in cells.items())
    assert client.get("/network/matrix.csv").text == client.get("/network.csv?level=region").text
    assert "<table" in client.page("/network/matrix")


def test_a_matrix_as_json_is_bounded(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more territories than fit the heaviest stand in it, and how many there are is told; the CSV holds all."""
    monkeypatch.setattr("cis_graph.web.network.matrix._MOST_CELLS", 1)
    told = client.get("/network/matrix.json").json()

    assert [len(told["territories"]), *map(len, told["weights"])] == [1, 1]
    assert told["total"] == len(client.get("/network.json?level=region").json()["nodes"]) > 1


def test_evidence_leads_to_projects_and_participations(client: Client) -> None:
    """Each tie has its projects, each with both roles and where time and territory come from."""
    told = client.get("/network.json").json()
    tie = max(told["edges"], key=lambda edge: edge["projects"])
    ends = urlencode({"source": tie["source"], "target": tie["target"]})
    evidence = client.get(f"/network/evidence.json?{ends}").json()["evidence"]
    page = client.page(f"/network/evidence?{ends}")

    assert len(evidence) == tie["projects"]
    assert sum(one["weight"] for one in evidence) == pytest.approx(tie["weight"])
    for one in evidence:
        assert one["project"].removeprefix(f"{BASE}id") in page
        assert {one["source"]["id"], one["target"]["id"]} == {tie["source"], tie["target"]}
    assert client.get("/network/evidence").status_code == 400


def test_a_tie_of_the_graph_leads_to_its_evidence(client: Client) -> None:
    """The address of a tie node is answered with where it is shown."""
    answer = client.get("/id/tie/a001-a002")

    assert (answer.status_code, answer.headers["location"]) == (303, "/network/evidence?source=a001&target=a002")
    assert client.get("/id/tie/oops").status_code == 404


def test_by_way_of_whom(client: Client) -> None:
    """A way is found by keys; where there is none the page says so."""
    told = client.get("/network.json").json()
    one, other = told["edges"][0]["source"], told["edges"][-1]["target"]
    found = client.get(f"/network/path.json?{urlencode({'source': one, 'target': other})}").json()

    assert found["found"]
    assert {one, other} <= {node["id"] for node in found["nodes"]}
    page = unescape(client.page("/network/path?source=a001&target=personne"))
    assert "Aucun chemin ne mène" in page


def test_the_description_names_every_filter(client: Client) -> None:
    """The OpenAPI description lists the filters of the network, each with what it keeps."""
    described = json.loads(client.get("/openapi.json").content)["paths"]["/network"]["get"]["parameters"]

    assert {"tie", "level", *NAMES.values(), "from", "to", "min"} <= {each["name"] for each in described}
    assert all(each.get("description") or each["schema"].get("description") for each in described)


def test_nodes_are_a_table_too(client: Client) -> None:
    """One line a node, with its measures."""
    rows = list(csv.DictReader(io.StringIO(client.get("/network/nodes.csv").text)))

    assert {row["id"] for row in rows} == {node["id"] for node in client.get("/network.json").json()["nodes"]}
    assert {"degree", "strength", "betweenness", "community", "x", "y"} <= rows[0].keys()


@pytest.mark.parametrize(
    ("accept", "media"),
    [("application/json", "application/json"), ("application/gexf+xml", "application/gexf+xml"),
     ("text/csv", "text/csv; charset=utf-8"), ("image/svg+xml", "image/svg+xml")],
)  # fmt: skip
def test_the_network_is_negotiated(client: Client, accept: str, media: str) -> None:
    """One address, and the form that is asked for."""
    assert client.get("/network", accept).headers["content-type"] == media


@pytest.mark.parametrize("asked", random_filters(12, seed=5), ids=address)
def test_the_picture_is_made_of_the_same_ties(client: Client, asked: NetworkFilter) -> None:
    """The columns that are drawn add up to the ties of actors, meeting by meeting."""
    where = address(replace(asked, level=None))
    told = client.get(f"/network/drawing.json?{where}").json()
    keys, ties, meetings = told["nodes"]["key"], told["ties"], told["meetings"]
    weights: Counter[tuple[str, str]] = Counter()
    for tie, heavy in zip(meetings["tie"], meetings["weight"], strict=True):
        weights[tuple(f"{BASE}id/actor/{keys[ties[end][tie]]}" for end in ("source", "target"))] += heavy  # type: ignore[index]
    edges = client.get(f"/network.json?{where}").json()["edges"]

    assert {ends: heavy / 1e6 for ends, heavy in weights.items()} == {
        (edge["source"], edge["target"]): edge["weight"] for edge in edges
    }
    assert told["total"] == len(edges)
    assert {len(column) for column in told["nodes"].values()} == {len(keys)}


def test_the_picture_alone_may_be_framed(client: Client) -> None:
    """Another site may show the picture, and nothing else of ours; it holds no form that writes."""
    page, embedded = client.get("/network", "text/html"), client.get("/network/embed?theme=sante", "text/html")

    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "frame-ancestors *" in embedded.headers["content-security-policy"]
    assert "script-src 'self'" in embedded.headers["content-security-policy"]
    assert "method" not in embedded.text
    assert "/network/drawing.json?theme=sante" in embedded.text
    assert "Aucun lien ne passe ces filtres" in client.page("/network/embed?theme=inconnu")


def test_a_network_is_shown_elsewhere_and_cited_with_its_release(client: Client) -> None:
    """The page hands out a frame, a link that opens Gephi Lite on its GEXF, a sentence and BibTeX."""
    page = unescape(client.page("/network?theme=sante"))

    assert f'<iframe src="{BASE}network/embed?theme=sante"' in page
    assert f"https://lite.gephi.org/?{urlencode({'file': f'{BASE}network.gexf?theme=sante'})}" in page
    assert "(2026). Qui coopère avec qui (version 7 des données)." in page
    assert f"url = {{{BASE}network?theme=sante}}" in page
    assert "(data release 7)" in client.page("/en/network")


@pytest.mark.parametrize("name", ["network.js", "painter.js", "graph.js"])
def test_scripts_are_ours_and_typed(client: Client, name: str) -> None:
    """Each module is served as a script."""
    answer = client.get(f"/static/network/{name}")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert client.get("/static/network/../manners.py").status_code == 404


def test_a_page_fetches_its_picture_ahead(client: Client) -> None:
    """Every module of the picture, and the data it draws, are asked for before the script runs; all are there."""
    for page in (client.page("/network?theme=sante"), client.page("/network/embed?theme=sante")):
        modules = re.findall(r'<link rel="modulepreload" href="(/static/network/[^"]+)">', page)
        (ahead,) = re.findall(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)">', page)

        assert {Path(path).name for path in modules} == {path.name for path in (STATIC / "network").glob("*.js")}
        assert all(client.get(path).status_code == 200 for path in modules)
        assert f'data-drawing="{ahead}"' in page
