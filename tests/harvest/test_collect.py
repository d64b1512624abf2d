import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from cis_graph.errors import SourceFault
from cis_graph.harvest import collect
from cis_graph.harvest.client import Client, Manners
from cis_graph.harvest.collect import collected
from cis_graph.harvest.parts import parted
from cis_graph.harvest.reading import read
from cis_graph.mapping.origins import Address, Counted, NumberedPages, OaiPmh, Origin, Sitemap, SparqlEndpoint
from cis_graph.mapping.tables import CsvFile, DataFile, JsonFile, PagesFile, Table, XmlFile
from tests.support.web_server import Elsewhere, elsewhere

QUICK = Manners(pause=0, attempts=2, first_wait=0.01, longest_wait=0.02, silence=1, longest=5)
OAI = "http://www.openarchives.org/OAI/2.0/"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@pytest.fixture
def site() -> Iterator[Elsewhere]:
    """A site on loopback."""
    with elsewhere() as site:
        yield site


@pytest.fixture
def client(site: Elsewhere) -> Iterator[Client]:
    """A client that may ask the site."""
    with Client(allowed={site.netloc}, manners=QUICK) as client:
        yield client


def rows(file: DataFile, origin: Origin, client: Client) -> list[dict[str, str]]:
    """The rows of a file, from its origin."""
    content = read(file, collected(origin, client))
    assert isinstance(content, Table)
    return [dict(row) for row in content.rows]


def records_of_oai(*names: str, token: str = "") -> str:
    """One answer of an OAI-PMH repository."""
    records = "".join(f"<record><metadata><name>{name}</name></metadata></record>" for name in names)
    resume = f"<resumptionToken>{token}</resumptionToken>" if token else "<resumptionToken/>"
    return f'<OAI-PMH xmlns="{OAI}"><ListRecords>{records}{resume}</ListRecords></OAI-PMH>'


def sitemap(*urls: str, root: str = "urlset", entry: str = "url") -> str:
    """A sitemap, or an index of sitemaps."""
    places = "".join(f"<{entry}><loc>{url}</loc></{entry}>" for url in urls)
    return f'<?xml version="1.0"?><{root} xmlns="{SITEMAP}">{places}</{root}>'


def page(name: str) -> str:
    """A page about one organisation."""
    item = json.dumps({"@context": "https://schema.org", "@type": "Organization", "name": name})
    return f'<html><script type="application/ld+json">{item}</script><p>{name}</p></html>'


def test_one_address_is_one_file(client: Client, site: Elsewhere) -> None:
    """The bytes as they are."""
    at = Address(url=site.gives("/a.csv", "nom\nClairière\n"))

    assert rows(CsvFile(name="a.csv", at=at), at, client) == [{"nom": "Clairière"}]


def test_numbered_pages_are_one_list_up_to_the_number_the_server_says(client: Client, site: Elsewhere) -> None:
    """As WordPress gives it; nothing is asked for beyond the last."""
    for number in (1, 2, 3):
        site.gives(f"/posts?page={number}", json.dumps([{"id": number}]), X_WP_TotalPages="3")
    at = NumberedPages(url=site.url("/posts?page={page}"))

    assert rows(JsonFile(name="posts.json", at=at), at, client) == [{"id": "1"}, {"id": "2"}, {"id": "3"}]
    assert site.paths() == ["/posts?page=1", "/posts?page=2", "/posts?page=3"]


@pytest.mark.parametrize("end", [(400, b'{"code":"rest_post_invalid_page_number"}'), (404, b""), (200, b"[]")])
def test_numbered_pages_end_where_there_is_none(client: Client, site: Elsewhere, end: tuple[int, bytes]) -> None:
    """A server that says no number ends with a refusal or an empty list."""
    site.gives("/p/1", '[{"id":1}]')
    site.gives("/p/2", end[1], end[0])
    at = NumberedPages(url=site.url("/p/{page}"))

    assert rows(JsonFile(name="p.json", at=at), at, client) == [{"id": "1"}]


def test_a_first_page_that_is_refused_is_a_failure_and_no_empty_list(client: Client, site: Elsewhere) -> None:
    """Nothing to read is not the same as nothing to say."""
    site.gives("/p/1", b"", 404)

    with pytest.raises(SourceFault, match="404"):
        collected(NumberedPages(url=site.url("/p/{page}")), client)


def test_a_counted_list_ends_with_a_short_answer(client: Client, site: Elsewhere) -> None:
    """As Opendatasoft gives it."""
    site.gives("/r?offset=0", json.dumps({"results": [{"id": 1}, {"id": 2}]}))
    site.gives("/r?offset=2", json.dumps({"results": [{"id": 3}]}))
    at = Counted(url=site.url("/r?offset={offset}"), step=2)
    file = JsonFile(name="r.json", records=("results",), at=at)

    assert rows(file, at, client) == [{"id": "1"}, {"id": "2"}, {"id": "3"}]


@pytest.mark.parametrize("body", ["", "<html>", "{", '{"results":{}}', "[1]" * 3, "[" * 100_000])
def test_an_answer_that_is_no_list_fails_the_source(client: Client, site: Elsewhere, body: str) -> None:
    """The fault names the address."""
    site.gives("/r?offset=0", body)

    with pytest.raises(SourceFault, match=r"/r\?offset=0: "):
        collected(Counted(url=site.url("/r?offset={offset}")), client)


def test_a_list_without_end_is_stopped(client: Client, site: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that never says last is not asked for ever."""
    monkeypatch.setattr(collect, "MOST_PARTS", 3)
    for number in range(1, 9):
        site.gives(f"/p/{number}", '[{"id":1}]')

    with pytest.raises(SourceFault, match="more than 3 answers"):
        collected(NumberedPages(url=site.url("/p/{page}")), client)
    assert len(site.paths()) == 4


def test_an_oai_pmh_repository_is_read_to_the_end_of_its_resumption_tokens(client: Client, site: Elsewhere) -> None:
    """A token goes alone, as the protocol asks."""
    site.gives("/oai?verb=ListRecords&metadataPrefix=oai_dc&set=p", records_of_oai("a", "b", token="t/1 é"))
    site.gives("/oai?verb=ListRecords&resumptionToken=t%2F1+%C3%A9", records_of_oai("c"))
    at = OaiPmh(url=site.url("/oai"), set="p")
    file = XmlFile(name="oai.xml", record="record", at=at)

    assert [row["metadata.name"] for row in rows(file, at, client)] == ["a", "b", "c"]


def test_an_oai_pmh_error_is_said(client: Client, site: Elsewhere) -> None:
    """The code and the sentence of the repository."""
    site.gives(
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
        f'<OAI-PMH xmlns="{OAI}"><error code="badArgument">no such format</error></OAI-PMH>',
    )

    with pytest.raises(SourceFault, match="badArgument: no such format"):
        collected(OaiPmh(url=site.url("/oai")), client)


def test_resumption_tokens_that_lead_back_end(client: Client, site: Elsewhere) -> None:
    """A repository that repeats itself is not read for ever."""
    site.gives("/oai?verb=ListRecords&metadataPrefix=oai_dc", records_of_oai("a", token="t"))
    site.gives("/oai?verb=ListRecords&resumptionToken=t", records_of_oai("b", token="t"))

    with pytest.raises(SourceFault, match="leads back to itself"):
        collected(OaiPmh(url=site.url("/oai")), client)


def test_the_items_of_a_sitemaps_pages_are_rows_with_their_address(client: Client, site: Elsewhere) -> None:
    """An index leads to sitemaps, packed or not; pages elsewhere on the site are left alone."""
    one = site.gives("/orgs/1", page("Clairière"))
    two = site.gives("/orgs/2", page("Lisière"))
    news = site.gives("/news/1", page("Nouvelle"))
    packed = site.gives("/two.xml.gz", gzip.compress(sitemap(two).encode()))
    plain = site.gives("/one.xml", sitemap(one, news, one))
    at = Sitemap(url=site.gives("/s.xml", sitemap(plain, packed, root="sitemapindex", entry="sitemap")), under=one[:-1])
    file = PagesFile(name="orgs", item="Organization", at=at)

    assert [(row["(adresse)"], row["name"]) for row in rows(file, at, client)] == [(one, "Clairière"), (two, "Lisière")]
    assert "/news/1" not in site.paths()


def test_a_sitemap_index_that_leads_back_ends(client: Client, site: Elsewhere) -> None:
    """Each sitemap is read once."""
    url = site.url("/s.xml")
    site.gives("/s.xml", sitemap(url, root="sitemapindex", entry="sitemap"))

    with pytest.raises(SourceFault, match="no page under"):
        collected(Sitemap(url=url, under=site.url("/")), client)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>sorry",
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset>&a;</urlset>',
        b"\x1f\x8b\x08\x00rubbish",
        gzip.compress(b" " * 60_000_000),
    ],
)
def test_a_hostile_sitemap_fails_the_source(client: Client, site: Elsewhere, body: bytes) -> None:
    """No entity is resolved, no bomb unpacked."""
    with pytest.raises(SourceFault, match=r"/s\.xml: "):
        collected(Sitemap(url=site.gives("/s.xml", body), under=site.url("/")), client)


def test_a_sparql_endpoint_is_asked_for_what_is_declared(client: Client, site: Elsewhere) -> None:
    """The query goes as the protocol says, CSV is preferred."""
    query = "SELECT ?nom { ?a <urn:nom> ?nom }  # é&+"
    at = SparqlEndpoint(url=site.url("/sparql"), query=query)
    site.gives(
        "/sparql?query=SELECT+%3Fnom+%7B+%3Fa+%3Curn%3Anom%3E+%3Fnom+%7D++%23+%C3%A9%26%2B", "nom\r\nClairière\r\n"
    )

    assert rows(CsvFile(name="a.csv", at=at), at, client) == [{"nom": "Clairière"}]
    path, headers = site.seen[-1]
    assert parse_qs(urlsplit(path).query) == {"query": [query]}
    assert headers["accept"].startswith("text/csv")


@pytest.mark.parametrize("data", [b"", b"[", b"{}", b"[1]", b'[{"address":"a"}]', b"[" * 100_000])
def test_what_is_no_kept_harvest_fails_the_source(data: bytes, tmp_path: Path) -> None:
    """A file that somebody changed is said to be so."""
    with pytest.raises(SourceFault, match=f"{tmp_path.name}: not the answers"):
        parted(tmp_path.name, data)
