import pytest

from tests.support.client import Client

PATHS = (
    "/",
    "/project/verger",
    "/project/verger.ttl",
    "/search?q=jardin",
    "/search.csv",
    "/contributors",
    "/releases",
    "/sparql",
    "/static/site.css",
    "/openapi.json",
    "/ontology.rdf",
    "/queries",
    "/data",
    "/.well-known/void",
    "/sparql?query=ASK%7B%7D",
)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_sent_twice(client: Client, path: str) -> None:
    """The same release, path, form and language have the same strong tag, and a client that has it gets 304."""
    first = client.get(path, "text/html, */*;q=0.1")
    assert first.headers["etag"].startswith('"7-')
    again = client.get(path, "text/html, */*;q=0.1", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_tags_differ_by_form_language_and_coding(client: Client) -> None:
    """Two different bodies never share a tag."""
    answers = [
        client.get("/project/verger", "text/html"),
        client.get("/en/project/verger", "text/html"),
        client.get("/project/verger", "text/turtle"),
        client.get("/project/verger", "text/html", accept_encoding="gzip"),
    ]
    assert len({answer.headers["etag"] for answer in answers}) == len(answers)


@pytest.mark.parametrize("path", [*PATHS, "/healthz", "/openapi.json", "/id/project/verger", "/nowhere"])
def test_manners_hold_everywhere(client: Client, path: str) -> None:
    """Every answer names its release, may be read from any site, and answers HEAD like GET without a body."""
    got = client.get(path, "text/html")
    head = client.request("HEAD", path, headers={"Accept": "text/html", "Accept-Encoding": "identity"})
    assert got.headers["x-release"] == "7"
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers.get("content-length") == got.headers.get("content-length")
    if got.headers.get("content-type", "").startswith("text/html"):
        assert "script-src 'self'" in got.headers["content-security-policy"]


def test_a_page_is_sent_packed_to_who_takes_it(client: Client) -> None:
    """A packed page unpacks to the same page."""
    packed = client.get("/", "text/html", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == client.page("/")


def test_links_in_the_header(client: Client) -> None:
    """A page tells machines its canonical address, its other language, its data and its licence."""
    link = client.get("/project/verger", "text/html").headers["link"]
    for relation in (
        '</project/verger>; rel="canonical"',
        'hreflang="en"',
        'rel="alternate describedby"',
        'rel="license"',
    ):
        assert relation in link


def test_unacceptable(client: Client) -> None:
    """406 lists what there is, with links."""
    answer = client.get("/project/verger", "image/png, application/problem+json")
    assert answer.status_code == 406
    assert {"href": "/project/verger?format=ttl", "title": "text/turtle"} in answer.json()["links"]


def test_format_beats_accept(client: Client) -> None:
    """``?format=`` is for links, which cannot carry a header."""
    assert client.get("/project/verger?format=nt", "text/html").headers["content-type"] == "application/n-triples"


def test_preflight(client: Client) -> None:
    """A script of another site may post a query."""
    answer = client.request("OPTIONS", "/sparql", headers={"Origin": "https://a.example"})
    assert answer.status_code == 204
    assert "Content-Type" in answer.headers["access-control-allow-headers"]


def test_method_not_allowed(client: Client) -> None:
    """Pages are read, not written."""
    assert client.request("DELETE", "/project/verger").status_code == 405


def test_before_the_first_release(starting: Client) -> None:
    """A server without a release says so and stays up."""
    assert starting.get("/healthz").json() == {"status": "starting", "release": None}
    for path in ("/", "/project/verger", "/search", "/sparql?query=ASK%7B%7D"):
        answer = starting.get(path, "application/json" if "sparql" in path else "text/html")
        assert answer.status_code == 503, path
        assert answer.headers["retry-after"]
