"""Citing: a query on a release has a short address, the words for a list of references, and its text."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cis_graph.model.releases import OpenRelease
from cis_graph.release.citations import CitationFolder
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import INFORMATION, SmallRelease, SmallRunner, SmallShelf, fixture_store

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def reader(release: SmallRelease, runner: SmallRunner, tmp_path: Path) -> Client:
    """A client of an application in which queries are cited."""
    return Client(create_app(Settings(), SmallShelf(release), runner, citations=CitationFolder(tmp_path)))


class TwoReleases(SmallShelf):
    """A shelf with release 7 before the one that is served."""

    def at(self, number: int) -> OpenRelease | None:
        """The one that is served, or the one before."""
        return SmallRelease(fixture_store(2)) if number == INFORMATION.number else super().at(number)


def cited(client: Client, body: bytes = b"query=ASK+%7B%7D") -> str:
    """The address of a query that is cited."""
    answer = client.request("POST", "/q", headers=FORM, content=body)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_query_that_is_cited_has_an_address(reader: Client) -> None:
    """It leads to the words to cite it by, and to its answer on the release; the same query has the same address."""
    address = cited(reader)
    page = reader.page(address)
    assert "/releases/7/sparql?query=ASK+%7B%7D" in page
    assert "@misc{carrefour-" in page
    assert cited(reader) == address
    assert cited(reader, b"query=ASK+%7B%7D&named-graph-uri=urn:x") != address
    assert "version 7" in reader.page(f"/en{address}").lower() or "Release 7" in reader.page(f"/en{address}")


def test_a_network_that_is_cited_has_an_address(reader: Client) -> None:
    """The page of a network offers it; the address leads to the same network on its release, which has no SPARQL."""
    page = reader.page("/network?level=departement&theme=agriculture")
    assert 'name="network" value="level=departement&amp;theme=agriculture"' in page
    address = cited(reader, b"network=level%3Ddepartement%26theme%3Dagriculture")
    assert "/releases/7/network?level=departement&amp;theme=agriculture" in reader.page(address)
    assert reader.get("/releases/7/network?level=departement&theme=agriculture").status_code == 200
    assert "Réseau de coopération" in reader.get(f"{address}.bib").text
    assert json.loads(reader.get(f"{address}.json").text)[0]["version"] == "7"
    assert reader.get(address, "application/sparql-query").status_code == 406
    assert reader.get(f"{address}.rq").status_code in {404, 406}


@pytest.mark.parametrize("page", ["/network?level=departement", "/sparql?query=ASK%7B%7D"])
def test_a_page_of_a_past_release_cites_that_release(runner: SmallRunner, tmp_path: Path, page: str) -> None:
    """Whatever was published since: its button leads to the release that is shown, that of the current page too."""
    shelf = TwoReleases(SmallRelease(fixture_store(2), replace(INFORMATION, number=8)))
    client = Client(create_app(Settings(), shelf, runner, citations=CitationFolder(tmp_path)))
    assert 'action="/releases/8/q"' in client.page(page)
    assert 'action="/en/releases/7/q"' in client.page(f"/en/releases/7{page}")
    citations = {}
    for number in (7, 8):
        answer = client.request("POST", f"/releases/{number}/q", headers=FORM, content=b"network=level%3Ddepartement")
        assert answer.status_code == 303
        citations[number] = client.page(answer.headers["location"])
        assert f"/releases/{number}/network?level=departement" in citations[number]
        assert f"version = {{{number}}}" in citations[number]
    assert client.request("POST", "/releases/6/q", headers=FORM, content=b"query=ASK{}").status_code == 410
    assert client.request("POST", "/releases/9/q", headers=FORM, content=b"query=ASK{}").status_code == 404


def test_a_hostile_network_stays_a_text(reader: Client) -> None:
    """Whatever is sent as a filter, the page of the citation holds no markup of it and leads nowhere else."""
    address = cited(reader, b"network=theme%3D%22%3E%3Cscript%3E%26x%3D%2F%2Fevil.example%0D%0AA%3Ab")
    page = reader.page(address)
    assert "<script>" not in page
    assert 'href="/releases/7/network?theme=%22%3E%3Cscript%3E' in page


def test_where_nothing_is_cited_nothing_offers_it(client: Client) -> None:
    """A server without citations shows no button."""
    assert '/q"' not in client.page("/network")


def test_each_form_is_negotiated(reader: Client) -> None:
    """The raw text, BibTeX, CSL-JSON and APA, by Accept or by extension."""
    address = cited(reader)
    assert reader.get(address, "application/sparql-query").text == "ASK {}"
    assert reader.get(f"{address}.rq").text == "ASK {}"
    assert "version = {7}" in reader.get(address, "application/x-bibtex").text
    (item,) = json.loads(reader.get(f"{address}.json").text)
    assert (item["version"], item["issued"]) == ("7", {"date-parts": [[2026, 11, 21]]})
    assert "(2026)" in reader.get(f"{address}.txt").text
    assert reader.get(address, "image/png").status_code == 406


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"query=", 400), (b"query=" + b"x" * 64_001, 413), (b"query=ASK{}&default-graph-uri=x", 400)],
)
def test_what_is_no_query_is_not_cited(reader: Client, body: bytes, status: int) -> None:
    """Nothing is kept of it."""
    assert reader.request("POST", "/q", headers=FORM, content=body).status_code == status


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fsecret", "aaaaaaaaaa", "AAAAAAAAAA", "%00"])
def test_what_nobody_cited_is_not_found(reader: Client, name: str) -> None:
    """Nor is what only looks like a name."""
    assert reader.get(f"/q/{name}").status_code == 404


def test_a_release_is_asked_by_its_number(client: Client) -> None:
    """What is not on the shelf is gone where it was before the one that is served, and unknown after it."""
    assert client.get("/releases/7/sparql?query=ASK%7B%7D").status_code == 200
    assert client.get("/releases/7/project/jardin-1").status_code == 200
    assert client.get("/en/releases/7/project/jardin-1", "text/html").status_code == 200
    gone = client.get("/releases/2/sparql?query=ASK%7B%7D", "application/json")
    assert (gone.status_code, gone.json()["links"][0]["href"]) == (410, "/data/all.nq.gz")
    for path in ("/releases/8/sparql", "/releases/0/sparql", "/releases/x/sparql", "/releases/99999999999/sparql"):
        assert client.get(path).status_code == 404, path
    assert client.request("POST", "/releases/7/sparql/update").status_code in {404, 405}
