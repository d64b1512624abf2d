import pytest

from tests.support.client import Client
from tests.support.small_release import SmallRunner


def test_all_examples_are_listed(client: Client) -> None:
    """The list leads to each example in the reader's language, and flags those without an answer with the day."""
    assert 'href="/queries/who-says-so"' in client.page("/queries")
    assert "Sans réponse depuis le 20 novembre 2026" in client.page("/queries")
    assert "Who says what of Le Centsept" in client.page("/en/queries")


def test_an_example_is_a_page(client: Client) -> None:
    """The page shows title, text and answer, leads to the editor and to the data."""
    page = client.page("/queries/first-prefixes")
    assert "PREFIX sh:" in page
    assert 'href="/sparql?example=first-prefixes"' in page
    assert 'href="/queries/first-prefixes.csv"' in page
    assert "Sans réponse depuis le 20 novembre 2026" in client.page("/queries/actors-near")


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("rq", "application/sparql-query"),
        ("json", "application/sparql-results+json"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("xml", "application/sparql-results+xml"),
    ],
)
def test_an_example_has_twins(client: Client, extension: str, media_type: str) -> None:
    """Text and answer are there for machines, each sent once."""
    address = f"/queries/themes-count.{extension}"
    first = client.get(address)
    assert first.headers["content-type"].split(";")[0] == media_type
    assert 'rel="canonical"' in first.headers["link"]
    assert client.get(address, if_none_match=first.headers["etag"]).status_code == 304
    negotiated = client.get("/queries/themes-count", media_type)
    assert (negotiated.content, negotiated.headers["content-location"]) == (first.content, address)


@pytest.mark.parametrize(
    "path", ["/queries/nothing", "/queries/nothing.rq", "/queries/..%2Fpages%2Fabout", "/queries/themes-count.exe"]
)
def test_no_other_query_is_told(client: Client, path: str) -> None:
    """Only examples are told, not the queries of our pages."""
    assert client.get(path, "text/html").status_code == 404


def test_a_page_is_not_asked_twice(client: Client, runner: SmallRunner) -> None:
    """A client that has the page costs no query."""
    first = client.get("/queries/themes-count", "text/html")
    asked = len(runner.asked)
    again = client.get("/queries/themes-count", "text/html", if_none_match=first.headers["etag"])
    assert (again.status_code, len(runner.asked)) == (304, asked)
