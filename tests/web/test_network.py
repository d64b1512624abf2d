import csv
import io
import json
from urllib.parse import parse_qsl

import pytest

from cis_graph.web.network.filters import FilterQuery, given
from tests.support.client import Client
from tests.support.small_network import FILTERS


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


def test_the_description_names_every_filter(client: Client) -> None:
    """The OpenAPI description lists the filters of the network, each with what it keeps."""
    described = json.loads(client.get("/openapi.json").content)["paths"]["/network"]["get"]["parameters"]

    assert {"tie", "level", *FILTERS.values(), "from", "to", "min"} <= {each["name"] for each in described}
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
