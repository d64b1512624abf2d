import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.web.codings import CODINGS
from cis_graph.web.negotiation import GRAPHS, HTML, choose, choose_coding, named, qualities

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
    assert (("fr", 0.8), ("de", 1.0)) == qualities("FR;q=0.8, en;q=x, de")


def test_names() -> None:
    """A form is asked for by its short name or its media type."""
    assert named("ttl", FORMS) == named("text/turtle", FORMS)
    assert named("exe", FORMS) is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "identity"),
        ("", "identity"),
        ("br, gzip;q=0.5", "br"),
        ("*", "zstd"),
        ("gzip;q=0, *", "zstd"),
        ("gzip;q=0.5, identity;q=0.7", "identity"),
        ("x-gzip", "gzip"),
        ("identity;q=0", None),
        ("*;q=0", None),
        ("*;q=0, identity;q=0.1", "identity"),
    ],
)
def test_codings(header: str | None, expected: str | None) -> None:
    """The coding that is wanted most; the plain one unless it is refused."""
    assert expected == choose_coding(header, CODINGS)


@given(
    st.dictionaries(
        st.sampled_from(["gzip", "br", "zstd", "deflate", "identity", "*"]), st.integers(0, 10).map(lambda q: q / 10)
    )
)
def test_a_refused_coding_is_never_chosen(wanted: dict[str, float]) -> None:
    """Whatever the header, what is chosen has a weight above zero, by name, by ``*``, or by not being refused."""
    chosen = choose_coding(", ".join(f"{name};q={quality}" for name, quality in wanted.items()), CODINGS)
    if chosen is None:
        assert wanted.get("identity", wanted.get("*", 1)) == 0
        assert all(wanted.get(name, wanted.get("*", 0)) == 0 for name in CODINGS)
    elif chosen == "identity":
        assert wanted.get("identity", wanted.get("*", 1)) > 0
    else:
        assert wanted.get(chosen, wanted.get("*", 0)) > 0
