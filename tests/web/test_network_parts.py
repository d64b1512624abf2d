import re
from collections import Counter
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from cis_graph import web
from cis_graph.model.network import NetworkFilter
from tests.support.client import Client
from tests.support.small_network import BASE, address, random_filters

STATIC = Path(web.__file__).parent / "static"


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
