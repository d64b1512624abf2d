"""Over every route: an unchanged answer is not sent twice, and a changed one is never taken for unchanged."""

from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_gate import SmallGate
from tests.support.small_release import INFORMATION, SmallRelease, SmallRunner, SmallShelf, fixture_store

SELECT = quote("SELECT ?l { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } ORDER BY ?l")
ADDRESSES: dict[str, tuple[str, ...]] = {
    "/": ("/", "/en/"),
    "/about": ("/about", "/en/about"),
    "/contribute": ("/contribute",),
    "/accessibility": ("/accessibility",),
    "/legal": ("/legal",),
    "/methods": ("/methods", "/methods?theme=agriculture"),
    "/robots.txt": ("/robots.txt",),
    "/sitemap.xml": ("/sitemap.xml",),
    "/sitemap-{number}.xml": ("/sitemap-1.xml",),
    "/search": ("/search?q=jardin", "/en/search?q=jardin", "/search?q=jardin&format=json"),
    "/search.{extension}": ("/search.csv", "/search.json?kind=actor"),
    "/network": ("/network", "/network?format=csv", "/network?level=departement"),
    "/network.{extension}": ("/network.json", "/network.gexf", "/network.graphml", "/network.svg", "/network.csv"),
    "/network/drawing.json": ("/network/drawing.json",),
    "/network/embed": ("/network/embed",),
    "/network/nodes.csv": ("/network/nodes.csv",),
    "/network/matrix": ("/network/matrix",),
    "/network/matrix.{extension}": ("/network/matrix.csv",),
    "/network/evidence": ("/network/evidence?source=a001&target=a002",),
    "/network/evidence.{extension}": ("/network/evidence.json?source=a001&target=a002",),
    "/network/path": ("/network/path?source=a002&target=a040",),
    "/network/path.{extension}": ("/network/path.json?source=a002&target=a040",),
    "/id/tie/{key}": (),  # leads on
    "/contributors": ("/contributors",),
    "/contributor/{slug}/report.{extension}": ("/contributor/fondation-lavande/report.csv",),
    "/contributors/quality": ("/contributors/quality",),
    "/contributors/{slug}/pushes/{push}": (),  # for who pushed alone, and never kept
    "/reconcile": ("/reconcile",),
    "/reconcile/preview": ("/reconcile/preview?id=project/verger",),
    "/reconcile/view": (),  # leads on
    "/reconcile/1.0-draft": ("/reconcile/1.0-draft",),
    "/reconcile/extend/propose": ("/reconcile/extend/propose?type=project",),
    "/reconcile/suggest/{what}": ("/reconcile/suggest/entity?prefix=ver", "/en/reconcile/suggest/type?prefix=p"),
    "/validate": ("/validate", "/en/validate"),
    "/sparql": ("/sparql", "/sparql?format=ttl", f"/sparql?query={SELECT}&format=csv",
                f"/sparql?query={SELECT}&format=html", "/en/sparql?query=ASK%7B%7D&format=html"),
    "/sparql/schema.json": ("/sparql/schema.json",),
    "/queries": ("/queries",),
    "/queries/{slug}": ("/queries/themes-count", "/queries/themes-count.csv", "/queries/themes-count.rq"),
    "/graphs": ("/graphs?default",),
    "/graphs/{path}": (),  # named graphs by their own address: records, below
    "/.well-known/void": ("/.well-known/void",),
    "/data": ("/data", "/data?format=ttl"),
    "/data/{name}": ("/data/SHA256SUMS", "/data/all.nq.gz"),
    "/q/{name}": (),  # nothing is cited in this place
    "/releases": ("/releases",),
    "/releases/current/files": ("/releases/current/files",),
    "/releases/{number}/files/{path}": (),  # files that never change, by their checksum
    "/ontology": ("/ontology", "/ontology?format=ttl"),
    "/ontology.{extension}": ("/ontology.ttl",),
    "/ontology/{number}": (),
    "/shapes": ("/shapes",),
    "/shapes.{extension}": ("/shapes.ttl",),
    "/id/record/{rest}": ("/id/record/fondation-lavande/fiche-12", "/id/record/fondation-lavande/fiche-12.trig"),
    "/record/{rest}": (),  # leads on
    "/id/{kind}/{key}": (),  # leads on
    "/concept/{scheme}/{key}": (),  # leads on
    "/{kind}/{key}": ("/project/verger", "/en/project/verger", "/project/verger.ttl", "/project/verger.trig",
                      "/actor/clairiere", "/territory/departement-99.jsonld", "/theme/agriculture"),
}  # fmt: skip
UNCHANGING = {"/healthz", "/metrics"}  # tell the state of the server: never kept by anybody
CHANGING = tuple(address for addresses in ADDRESSES.values() for address in addresses)


@dataclass(slots=True)
class Place:
    """An application whose release can be changed."""

    shelf: SmallShelf
    runner: SmallRunner
    app: FastAPI

    def publish(self, number: int, *, other: bool) -> None:
        """Makes one of two contents current under a number."""
        digest = ("b7" if other else "a5") * 32
        information = replace(INFORMATION, number=number, canonical_hash=digest)
        self.shelf.release = self.runner.release = SmallRelease(_store(other=other), information)


@cache
def _store(*, other: bool) -> ox.Store:
    store = fixture_store(0)
    if other:
        store.load(
            b'<urn:x> <http://www.w3.org/2004/02/skos/core#prefLabel> "Nouveau"@fr .', format=ox.RdfFormat.TURTLE
        )
    return store


def place() -> Place:
    """An application over the first release."""
    shelf, runner = SmallShelf(None), SmallRunner(None)
    found = Place(shelf, runner, create_app(Settings(), shelf, runner, gate=SmallGate()))
    found.publish(1, other=False)
    return found


@pytest.fixture(scope="module")
def client() -> Client:
    """A client of one release that stays."""
    return Client(place().app)


def test_every_route_is_here() -> None:
    """A new route that can be read is added above, with an address of it or a word why it has none."""
    paths = place().app.openapi()["paths"]

    assert {path for path, methods in paths.items() if "get" in methods} - UNCHANGING == set(ADDRESSES)


@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
@pytest.mark.parametrize("address", [*CHANGING, "/static/site.css", "/static/sparql/page.js", "/openapi.json"])
def test_what_has_not_changed_is_not_sent_again(client: Client, address: str, coding: str) -> None:
    """Each answer has a strong tag; a client that sends it back gets 304 with the same tag and no body."""
    first = client.get(address, accept_encoding=coding)
    assert first.status_code == 200, first.text
    tag = first.headers["etag"]
    again = client.get(address, accept_encoding=coding, if_none_match=f'"other", {tag}')

    assert tag.startswith('"')
    assert (304, b"", tag) == (again.status_code, again.content, again.headers["etag"])


@given(
    history=st.lists(
        st.one_of(st.sampled_from(CHANGING), st.tuples(st.sampled_from([1, 2, 3]), st.booleans())),
        min_size=3,
        max_size=14,
    )
)
@settings(max_examples=40, deadline=None)
def test_no_history_of_publications_gives_a_false_304(history: list[str | tuple[int, bool]]) -> None:
    """Whatever is published, rolled back to or built anew between two looks, 304 means that the bytes are the same."""
    here = place()
    client, seen = Client(here.app), dict[str, tuple[str, bytes]]()
    for step in [*history, *(step for step in history if isinstance(step, str))]:
        if not isinstance(step, str):
            here.publish(step[0], other=step[1])
            continue
        tag, body = seen.get(step, ("", b""))
        fresh = client.get(step)
        answer = client.get(step, if_none_match=tag) if tag else fresh
        assert (answer.status_code == 304) == (fresh.headers["etag"] == tag)
        if answer.status_code == 304:
            assert body == fresh.content
        seen[step] = (fresh.headers["etag"], fresh.content)
