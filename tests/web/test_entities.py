import json

import pytest

from tests.support.client import Client
from tests.support.small_release import BASE

PAGES = (
    "/project/verger",
    "/actor/clairiere",
    "/programme/terres",
    "/event/fete",
    "/participation/p4",
    "/contributor/reseau-clairiere",
    "/territory/departement-99",
    "/theme/agriculture",
    "/audience/jeunesse",
    "/method/co-construction",
    "/role/porteur",
    "/actor-type/association",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_kind_has_a_page_in_both_languages_and_data(client: Client, path: str) -> None:
    """Each entity is a page in French and in English, and the same address gives its data."""
    assert '<html lang="fr">' in client.page(path)
    assert '<html lang="en">' in client.page(f"/en{path}")
    data = client.get(path, "application/ld+json")
    assert data.headers["content-type"] == "application/ld+json"
    assert data.headers["content-location"] == f"{path}.jsonld"
    assert json.loads(data.text)
    for extension in ("ttl", "nt", "rdf", "trig"):
        assert client.get(f"{path}.{extension}").status_code == 200


@pytest.mark.parametrize(
    ("accept", "language", "expected"),
    [
        ("text/html", "", "/project/verger"),
        ("text/html", "en;q=0.9, fr;q=0.2", "/en/project/verger"),
        ("text/turtle", "en", "/project/verger.ttl"),
        ("*/*", "", "/project/verger"),
    ],
)
def test_an_identifier_leads_to_page_or_data(client: Client, accept: str, language: str, expected: str) -> None:
    """An entity is not a document: 303 leads to what the client reads."""
    answer = client.get("/id/project/verger", accept, accept_language=language)
    assert (answer.status_code, answer.headers["location"]) == (303, expected)
    assert answer.headers["vary"] == "Accept, Accept-Language"


def test_a_merged_key_leads_to_the_key_that_stays(client: Client) -> None:
    """Nobody loses a link when two descriptions turn out to be one thing."""
    assert client.get("/id/project/ancien").headers["location"] == "/id/project/verger"
    page = client.get("/en/project/ancien", "text/html")
    assert (page.status_code, page.headers["location"]) == (301, "/en/project/verger")
    assert client.get("/project/ancien.ttl").headers["location"] == "/project/verger.ttl"


def test_a_region_of_the_past_keeps_its_page(client: Client) -> None:
    """A territory that was replaced is still a territory: its page names the one that followed."""
    assert "Remplacé par" in client.page("/territory/region-97")


def test_a_withdrawn_entity_says_why(client: Client) -> None:
    """What was withdrawn answers 410 with the reason."""
    answer = client.get("/id/project/retire", "application/json")
    assert answer.status_code == 410
    assert "Le contributeur l'a demandé." in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/project/inconnu",
        "/licorne/verger",
        "/project/%00",
        "/project/%2e%2e%2fetc%2fpasswd",
        "/id/project/..%2f..",
        "/project/" + "a" * 9000,
        "/project/é",
        "/project/verger.exe",
        "/id/record/../../etc/passwd",
        "/id/record/x/%0a",
        "/concept/project/verger",
        "/static/..%2fapp.py",
        "/static/%00",
        "/en/en/",
        "/project/x%22%3E%3C%7C",
    ],
)
def test_hostile_addresses_are_not_found(client: Client, path: str) -> None:
    """An address nobody gave out is a clean 404, whatever it holds."""
    answer = client.get(path, "application/json")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_a_project_shows_who_says_what(client: Client) -> None:
    """Where sources disagree, each value stands with its contributor and edition, and the kept one is marked."""
    page = client.page("/project/verger")
    assert "Là où les sources divergent" in page
    for words in (
        "2013",
        "(édition 2015)",
        "retenu",
        "Cette page réunit 2 fiches",
        "12\u202f500\xa0€",
        "Pressoir ambulant",
    ):
        assert words in page


def test_literals_are_hostile_text(client: Client) -> None:
    """Markup in data is shown, not obeyed; an address that is not http is no link."""
    assert "&lt;script&gt;" in client.page("/project/verger")
    assert "javascript:" not in client.page("/project/pressoir")


def test_links_go_to_this_host_only_by_path(client: Client) -> None:
    """Data IRIs stand under their base while links between pages carry no host."""
    page = client.page("/project/verger")
    assert f'href="{BASE}' not in page
    assert f"<code>{BASE}id/project/verger</code>" in page


def test_a_territory_shows_what_it_lies_in_and_what_lies_in_it(client: Client) -> None:
    """A département lies in its region and holds EPCI and communes; long lists have pages."""
    page = client.page("/territory/departement-99")
    assert "Val-Fleuri" in page
    assert "Communauté des Vergers" in page
    assert "Pommeraie-sur-Lisse" in page
    assert "Haut-Val" not in client.page("/territory/pays-fr")
    assert "/territory/departement-99?page=2" in page


def test_data_have_one_path(client: Client) -> None:
    """There is no English Turtle: the language is in the literals."""
    answer = client.get("/en/project/verger.ttl")
    assert (answer.status_code, answer.headers["location"]) == (307, "/project/verger.ttl")


def test_concepts_lead_to_their_page(client: Client) -> None:
    """The constant concept IRIs lead here."""
    answer = client.get("/concept/theme/agriculture", "text/html")
    assert (answer.status_code, answer.headers["location"]) == (303, "/theme/agriculture")
