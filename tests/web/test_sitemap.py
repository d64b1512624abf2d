import pytest
from lxml import etree

from cis_graph.web import sitemap
from tests.support.client import Client

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client: Client, path: str) -> list[str]:
    """The addresses a file of the sitemap lists."""
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/xml"
    return [loc.text or "" for loc in etree.fromstring(answer.content).iter(f"{SPACE}loc")]


def test_every_address_of_the_sitemap_is_a_page(client: Client) -> None:
    """The index leads to files, and these to pages that are there; what was withdrawn is not among them."""
    (file,) = addresses(client, "/sitemap.xml")
    found = addresses(client, file.removeprefix("http://testserver"))

    assert "http://testserver/project/verger" in found
    assert len(found) == len(set(found)) > 60
    assert not any("retire" in one for one in found)
    for one in [*found[:20], *found[-20:]]:
        assert client.get(one.removeprefix("http://testserver"), "text/html").status_code == 200, one


def test_a_long_sitemap_is_cut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file has more addresses than it may, and together they have all, each once."""
    whole = addresses(client, "/sitemap-1.xml")
    monkeypatch.setattr(sitemap, "MOST", 10)
    files = [file.removeprefix("http://testserver") for file in addresses(client, "/sitemap.xml?cut")]
    parts = [addresses(client, f"{file}?cut") for file in files]

    assert max(map(len, parts)) == 10
    assert [one for part in parts for one in part] == whole
    for beyond in (f"/sitemap-{len(files) + 1}.xml", "/sitemap-0.xml", "/sitemap-x.xml", "/sitemap-99999999.xml"):
        assert client.get(f"{beyond}?cut").status_code == 404


@pytest.mark.parametrize("host", ['evil"><script>', "a b", "x" * 300, "a/b", "é"])
def test_a_host_that_is_none_is_not_repeated(client: Client, host: str) -> None:
    """Where the Host header is no host, addresses are those of the base."""
    text = client.request("GET", "/robots.txt", headers={"host": host.encode("latin-1", "replace")}).text  # type: ignore[dict-item]

    assert "Sitemap: https://carrefour.example/sitemap.xml" in text
