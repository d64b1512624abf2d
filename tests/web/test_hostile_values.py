import csv
import io
import json
from pathlib import Path

import pytest
from lxml import etree, html

from cis_graph.model.releases import SearchQuestion
from cis_graph.search.documents import Named
from cis_graph.search.index import Index
from cis_graph.search.writing import write_index
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.hostile.values import KINDS, hostile_quads, hostile_values
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf, fixture_store

VALUES = tuple(hostile_values())
GROUP = 50  # values a test
RUN, FETCH = (
    ("script", "iframe", "object", "embed", "base", "form"),
    ("href", "src", "action", "formaction", "xlink:href"),
)


def _client(numbers: range) -> Client:
    store = fixture_store(more=0)
    for number in numbers:
        store.extend(hostile_quads(number, VALUES[number]))
    release = SmallRelease(store)
    return Client(create_app(Settings(), SmallShelf(release), SmallRunner(release)))


def _harmless(page: str, skeleton: list[str]) -> html.HtmlElement:
    """The parsed page: nothing in it runs, nothing leads to a script, and its frame is whole."""
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    assert [
        one.tag for one in tree.iter("html", "head", "body", "header", "nav", "main", "footer", "h1", "title")
    ] == skeleton
    for one in tree.iter():
        if not isinstance(one.tag, str):
            pytest.fail(f"a comment: {one}")
        assert not [name for name in one.attrib if name.lower().startswith("on") or name.lower() in {"style", "srcdoc"}]
        for name in FETCH:
            address = (one.get(name) or "").strip().lower()
            assert address.startswith(("/", "#", "http://", "https://", "?")) or not address, address
            assert not address.startswith("//")
    found = [one for one in tree.iter(*RUN) if one.get("type") != "application/ld+json" and one.get("role") != "search"]
    assert [one for one in found if one.get("action") not in {"/search", "/methods"}] == []
    return tree


@pytest.fixture(scope="module")
def skeletons() -> dict[str, list[str]]:
    """The frame of each kind of page around a harmless value."""
    store = fixture_store(more=0)
    store.extend(hostile_quads(0, "Sans malice"))
    release = SmallRelease(store)
    client = Client(create_app(Settings(), SmallShelf(release), SmallRunner(release)))
    tags = ("html", "head", "body", "header", "nav", "main", "footer", "h1", "title")
    return {
        kind: [one.tag for one in html.document_fromstring(client.page(f"/{kind}/h0")).iter(*tags)]
        for kind in (*KINDS, "participation")
    }


@pytest.mark.parametrize("start", range(0, len(VALUES), GROUP))
def test_no_value_runs_or_breaks_a_page(start: int, skeletons: dict[str, list[str]]) -> None:
    """In every field of a thing, a hostile value stays text: pages keep their frame and their JSON-LD is JSON."""
    numbers = range(start, min(start + GROUP, len(VALUES)))
    client = _client(numbers)
    kinds = (*KINDS, "participation")
    for number in numbers:
        for kind in ("project", kinds[number % len(kinds)]):
            tree = _harmless(client.page(f"/{kind}/h{number}"), skeletons[kind])
            (block,) = tree.xpath("//script[@type='application/ld+json']")
            about = json.loads(block.text)["@graph"][0]
            assert about["@id"].endswith(f"/{kind}/h{number}")
            if kind != "participation":
                assert VALUES[number] == about["name"]


def test_no_value_breaks_data() -> None:
    """Twins, search as JSON and CSV, sitemap: each is well formed, and no cell begins a formula."""
    csv.field_size_limit(10_000_000)
    numbers = range(0, len(VALUES), 9)
    client = _client(numbers)
    for number in numbers:
        assert json.loads(client.get(f"/project/h{number}.jsonld").content)
        assert client.get(f"/project/h{number}.ttl").status_code == 200
        assert client.get(f"/id/record/reseau-clairiere/h{number}", "text/html").status_code == 200
    found = client.get("/search.json?kind=project").json()["hits"]
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv?kind=project").text, newline="")))
    assert [hit["key"] for hit in found] == [row["key"] for row in rows]
    assert [row["label"] for row in rows if row["label"][:1] in "=+-@\t\r\n"] == []
    assert etree.fromstring(client.get("/sitemap-1.xml").content) is not None
    for path in ("/", "/search?q=script", "/search?kind=actor", "/contributor/reseau-clairiere"):
        assert "<script>hit" not in client.page(path)


def test_no_value_breaks_the_index(tmp_path: Path) -> None:
    """Names and texts of any kind are indexed, found again by their kind, suggested and asked for as words."""
    named = (
        Named(kind="project", key=f"h{number}", label=value, detail=value, names=(value,), text=value)
        for number, value in enumerate(VALUES)
    )
    write_index(tmp_path / "search", named)
    index = Index(tmp_path / "search")

    assert len(VALUES) == index.search(SearchQuestion(kind="project")).total
    for value in VALUES[::5]:
        assert index.search(SearchQuestion(text=value)).total >= 0
        assert len(index.suggest(value)) <= 8
