import json

import pytest

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from cis_graph.web.texts import Text, euros, excerpt, pick, stated_date
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf, fixture_store


def test_home_counts_and_shows_projects(client: Client) -> None:
    """The home page counts what there is and shows 40 projects with a way to the others."""
    page = client.page("/")
    assert page.count('class="card whole"') == 40
    assert "<dd>62</dd>" in page
    assert 'href="/search?kind=project"' in page
    assert "project/retire" not in page


def test_search_pages_and_data(client: Client) -> None:
    """Forty a page, the same answer as JSON and CSV."""
    page = client.page("/search?q=jardin")
    assert page.count('class="card whole"') == 40
    assert "60 réponses" in page
    assert "page=2" in page
    assert client.page("/search?q=jardin&page=2").count('class="card whole"') == 20
    data = client.get("/search.json?q=jardin").json()
    assert (data["total"], len(data["hits"])) == (60, 40)
    assert data["hits"][0]["id"].startswith("https://carrefour.example/id/project/")
    assert client.get("/search.csv?q=jardin").text.startswith("id,kind,key,label,detail")


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=-1", "page=9999999999", "kind=licorne", "page=²"])
def test_strange_searches(client: Client, query: str) -> None:
    """A page or a kind that cannot be is the asker's mistake, not ours."""
    assert client.get(f"/search?{query}").status_code == 400


def test_a_search_shows_what_was_asked(client: Client) -> None:
    """The question is text, not markup."""
    page = client.page("/search?q=%22%3E%3Cscript%3E")
    assert "<script>" not in page
    assert "Rien ne correspond" in page


def test_contributors(client: Client) -> None:
    """Each contributor sees what became of its data: record, row, field, value, rule, what to do."""
    assert "Fondation Lavande" in client.page("/contributors")
    page = client.page("/contributor/fondation-lavande")
    for words in (
        "Fiches mises de côté",
        "fiche-13",
        "Date de début",
        "2019/02 &lt;b&gt;",
        "date-form",
        "Écrivez jj/mm/aaaa.",
    ):
        assert words in page
    assert "Write dd/mm/yyyy." in client.page("/en/contributor/fondation-lavande")


def test_a_record_is_a_page(client: Client) -> None:
    """A record says what its contributor said, on its own nodes, and which entity each describes."""
    path = "/id/record/fondation-lavande/fiche-12"
    page = client.page(path)
    assert 'id="project-2015"' in page
    assert 'href="/project/verger"' in page
    data = client.get(f"{path}.jsonld")
    assert data.status_code == 200
    assert json.loads(data.text)
    moved = client.get("/record/fondation-lavande/fiche-12", "text/html")
    assert (moved.status_code, moved.headers["location"]) == (301, path)
    assert client.get("/id/record/fondation-lavande/inconnue").status_code == 404


def test_releases(client: Client) -> None:
    """Every release on the shelf is listed, and the one that answers is named."""
    page = client.page("/releases")
    assert "21 novembre 2026" in page
    assert "servie" in page


def test_readers_learn_what_does_not_follow_a_patch(client: Client) -> None:
    """On the list of releases, in their language, and only where the release that is served holds patches."""
    release = SmallRelease(fixture_store(2), is_patched=True)
    patched = Client(create_app(Settings(), SmallShelf(release), SmallRunner(release)))
    assert "la recherche et les tableaux du réseau ne les suivent pas" in patched.page("/releases")
    assert "tables do not follow them" in patched.page("/en/releases")
    assert "ne les suivent pas" not in client.page("/releases")


def test_health(client: Client) -> None:
    """A machine can ask whether a release is served."""
    assert client.get("/healthz").json() == {"status": "ok", "release": 7}


def test_no_page_of_another_host(client: Client) -> None:
    """FastAPI's own pages load from another host and are off; the description is there."""
    assert client.get("/docs").status_code == 404
    assert "/sparql" in client.get("/openapi.json").json()["paths"]


def test_ontology(client: Client) -> None:
    """The ontology is a page and the Turtle file it is."""
    assert "insoc:Project" in client.page("/ontology")
    assert client.get("/ontology.ttl").text.startswith("#")
    assert client.get("/ontology/9.9.9").status_code == 404


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2017", "2017"), ("2020-06", "juin 2020"), ("2017-10-19", "19 octobre 2017"), ("2019-13", "2019-13")],
)
def test_dates_keep_their_precision(value: str, expected: str) -> None:
    """A year is a year; what is no date is shown as it is."""
    assert stated_date(value, "fr") == expected


def test_amounts() -> None:
    """Cents are shown only where there are any."""
    assert euros("12500.00", "fr") == "12\u202f500\xa0€"
    assert euros("12.5", "en") == "€12.5"


def test_texts() -> None:
    """The reader's language first, then French; an excerpt ends between two words."""
    texts = (Text("lead", "en"), Text("porteur", "fr"))
    assert pick(texts, "en") == texts[0]
    assert pick(texts, "de") == texts[1]
    assert excerpt(Text("un deux trois"), 8) == Text("un deux…")
