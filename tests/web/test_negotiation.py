import pytest

from cis_graph.web.negotiation import GRAPHS, HTML, accepts, choose, named, prefers_gzip, qualities

FORMS = (HTML, *GRAPHS)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("text/turtle;q=0.5, application/ld+json", "jsonld"),
        ("text/turtle;q=0.5, application/ld+json;q=0.4", "ttl"),
        ("application/*", "jsonld"),
        ("text/*;q=0.2, application/n-triples;q=0.3", "nt"),
        ("*/*;q=0.1, application/trig", "trig"),
        ("text/html;q=0, */*;q=0.5", "ttl"),
        ("text/turtle;charset=utf-8", "ttl"),
        ("text/html;level=1;q=0.2, text/turtle;q=0.3", "ttl"),
        ("TEXT/TURTLE", "ttl"),
        ("application/xml", "rdf"),
        ("nonsense", "html"),
        ("text/turtle;q=9, application/ld+json;q=0.1", "jsonld"),
    ],
)
def test_choice(accept: str | None, expected: str) -> None:
    """The most wanted form wins; the most specific range decides how much a form is wanted."""
    chosen = choose(accept, FORMS)
    assert chosen is not None
    assert expected == chosen.name


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "*/*;q=0", "text/turtle;q=0.000"])
def test_no_choice(accept: str) -> None:
    """What the client refuses is never sent."""
    assert choose(accept, FORMS) is None


def test_qualities() -> None:
    """An item with a malformed quality is left out; names are compared without case."""
    assert qualities("FR;q=0.8, en;q=x, de") == [("fr", 0.8), ("de", 1.0)]


def test_names() -> None:
    """A form is asked for by its short name or its media type."""
    assert named("ttl", FORMS) == named("text/turtle", FORMS)
    assert named("exe", FORMS) is None


def test_gzip() -> None:
    """Gzip is used only where the client takes it."""
    assert prefers_gzip("br, gzip;q=0.5")
    assert prefers_gzip("*")
    assert not prefers_gzip("gzip;q=0, *")
    assert not prefers_gzip(None)


def test_accepts() -> None:
    """A range takes every media type of its family."""
    assert accepts("text/*", "text/csv")
    assert not accepts("text/*", "image/png")
