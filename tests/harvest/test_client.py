import contextlib
import gzip
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx
import pytest

from cis_graph.errors import SourceFault
from cis_graph.harvest.client import Client, Manners
from cis_graph.model.internet import is_public
from tests.support.web_server import Elsewhere, answering, elsewhere, in_turn

QUICK = Manners(pause=0, attempts=3, first_wait=0.01, longest_wait=0.05, silence=0.3, longest=1.5, largest=100_000)


@pytest.fixture
def site() -> Iterator[Elsewhere]:
    """A site on loopback."""
    with elsewhere() as site:
        yield site


@pytest.fixture
def client(site: Elsewhere, tmp_path: Path) -> Iterator[Client]:
    """A client that may ask the site, with a cache."""
    with Client(tmp_path / "cache.sqlite", allowed={site.netloc}, manners=QUICK) as client:
        yield client


def breaking_off(promised: int, given: bytes) -> Any:
    """An answer that ends before the length it promised."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(promised))
        request.end_headers()
        request.wfile.write(given)
        request.wfile.flush()
        request.connection.shutdown(socket.SHUT_RDWR)

    return answer


def dripping(pause: float) -> Any:
    """An answer of one byte at a time."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(200):
                request.wfile.write(b".")
                request.wfile.flush()
                time.sleep(pause)

    return answer


def redirecting(url: str) -> Any:
    """An answer that sends elsewhere."""
    return answering(b"", 302, Location=url)


def test_a_file_comes_whole_with_who_asks(client: Client, site: Elsewhere) -> None:
    """The bytes are the server's; the client says who it is."""
    assert client.get(site.gives("/a.csv", b"a\n1\n")).data == b"a\n1\n"
    assert site.seen[-1][1]["user-agent"].startswith("cis-graph/")


def test_a_compressed_answer_is_unpacked(client: Client, site: Elsewhere) -> None:
    """What counts is the content, not its coding on the way."""
    url = site.gives("/a.csv", gzip.compress(b"a\n1\n"), Content_Encoding="gzip")

    assert client.get(url).data == b"a\n1\n"


def test_a_bomb_in_a_content_coding_is_stopped_while_it_unpacks(client: Client, site: Elsewhere) -> None:
    """The limit counts what comes out."""
    url = site.gives("/bomb", gzip.compress(b"0" * 5_000_000), Content_Encoding="gzip")

    with pytest.raises(SourceFault, match="more than 100000 bytes"):
        client.get(url)


def test_an_unchanged_file_is_asked_for_by_its_etag_and_not_sent_again(tmp_path: Path, site: Elsewhere) -> None:
    """A second harvest with the same cache gets 304 and the same bytes."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        same = request.headers.get("If-None-Match") == '"1"'
        headers = {"ETag": '"1"', "Cache_Control": "no-cache"}
        answering(b"" if same else b"whole", 304 if same else 200, **headers)(request)

    url = site.on("/a", answer)
    for _ in range(2):
        with Client(tmp_path / "cache.sqlite", allowed={site.netloc}, manners=QUICK) as client:
            assert client.get(url).data == b"whole"

    assert [headers.get("if-none-match") for path, headers in site.seen if path == "/a"] == [None, '"1"']


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(client: Client, site: Elsewhere, status: int) -> None:
    """Twice busy, then well."""
    busy = answering(b"busy", status)

    assert client.get(site.on("/a", in_turn(busy, busy, answering(b"well")))).data == b"well"


def test_a_server_that_stays_busy_fails_the_source(client: Client, site: Elsewhere) -> None:
    """As often as the manners say, then the fault says what the server said."""
    url = site.gives("/a", b"", 503)

    with pytest.raises(SourceFault, match="/a: the server answered 503") as caught:
        client.get(url)
    assert site.paths() == ["/a"] * 3
    assert "503" in caught.value.french


@pytest.mark.parametrize(
    ("asked", "least", "most"), [("1", 0.9, 5), ("3600", 0, 0.9), ("soon", 0, 0.9), ("-1", 0, 0.9)]
)
def test_retry_after_is_kept_to_within_bounds(site: Elsewhere, asked: str, least: float, most: float) -> None:
    """The server says when to come back, in seconds; nobody can hold a harvest up for an hour."""
    manners = Manners(pause=0, attempts=2, first_wait=0.01, longest_wait=0.05 if asked == "3600" else 2)
    with Client(allowed={site.netloc}, manners=manners) as client:
        started = time.monotonic()
        url = site.on("/a", in_turn(answering(b"", 429, Retry_After=asked), answering(b"well")))

        assert client.get(url).data == b"well"
        assert least <= time.monotonic() - started < most


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_refusal_is_not_asked_again(client: Client, site: Elsewhere, status: int) -> None:
    """A file that is gone stays gone."""
    with pytest.raises(SourceFault, match=str(status)):
        client.get(site.gives("/a", b"no", status))
    assert site.paths() == ["/a"]


def test_an_answer_cut_short_is_no_answer(client: Client, site: Elsewhere) -> None:
    """Half a file would look like records that were deleted."""
    url = site.on("/a", breaking_off(1000, b"a;b\n1;2\n"))

    with pytest.raises(SourceFault, match="/a: "):
        client.get(url)
    assert len(site.paths()) == 3


@pytest.mark.parametrize("length", ["1000000000000", "-5", "8 octets"])
def test_a_length_that_is_a_lie_is_no_answer(client: Client, site: Elsewhere, length: str) -> None:
    """Neither a promise of more than anybody sends, nor what is no length."""

    def lie(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", length)
        request.end_headers()
        request.wfile.write(b"a;b\n1;2\n")
        request.wfile.flush()
        request.connection.shutdown(socket.SHUT_RDWR)

    with pytest.raises(SourceFault, match="/a: "):
        client.get(site.on("/a", lie))


def test_a_coding_that_is_a_lie_is_no_answer(client: Client, site: Elsewhere) -> None:
    """Plain bytes that are said to be compressed."""
    with pytest.raises(SourceFault, match="/a: "):
        client.get(site.gives("/a", b"a;b\n1;2\n", Content_Encoding="gzip"))


def test_a_silent_server_is_given_up(client: Client, site: Elsewhere) -> None:
    """It takes the connection and says nothing."""
    with pytest.raises(SourceFault, match="/a: "):
        client.get(site.on("/a", lambda _: time.sleep(1)))


def test_a_server_that_drips_is_given_up_at_the_deadline(client: Client, site: Elsewhere) -> None:
    """Each byte comes in time, the whole does not."""
    with pytest.raises(SourceFault, match=r"not whole after 1\.5 seconds"):
        client.get(site.on("/a", dripping(0.05)))


def test_redirects_in_a_circle_end(client: Client, site: Elsewhere) -> None:
    """Five are followed."""
    site.on("/a", redirecting(site.url("/b")))
    site.on("/b", redirecting(site.url("/a")))

    with pytest.raises(SourceFault, match=r"(?i)redirects"):
        client.get(site.url("/a"))
    assert len(site.paths()) == 6


def test_a_redirect_leads_to_the_file(client: Client, site: Elsewhere) -> None:
    """A file that moved is found."""
    site.on("/old", redirecting(site.gives("/new", b"here")))

    assert client.get(site.url("/old")).data == b"here"


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "http://", "http://[::1", "nonsense:"]
)
def test_a_redirect_to_what_is_no_web_address_fails(client: Client, site: Elsewhere, target: str) -> None:
    """Nothing but http and https is followed."""
    with pytest.raises(SourceFault):
        client.get(site.on("/a", redirecting(target)))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"])
def test_no_connection_goes_to_this_machine(site: Elsewhere, host: str) -> None:
    """However it is written, a host that is not public is refused before any connection."""
    port = site.netloc.rpartition(":")[2]
    with Client(manners=QUICK) as client, pytest.raises(SourceFault, match=r"not on the public internet|no address"):
        client.get(f"http://{host}:{port}/a")
    assert site.seen == []


def test_a_redirect_to_an_inner_address_is_refused(client: Client, site: Elsewhere) -> None:
    """The wall stands at every hop; another port of an allowed host is another place."""
    with elsewhere() as inner:
        url = site.on("/a", redirecting(inner.gives("/secret", b"secret")))

        with pytest.raises(SourceFault, match="CIS_HARVEST_ALLOW"):
            client.get(url)
        assert inner.seen == []


def test_the_address_that_was_judged_is_the_one_connected_to(site: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means a public machine when asked first and this one a moment later leads nowhere."""
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1", "127.0.0.1"])
    asked: list[str] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    connected: list[httpx.URL] = []

    def connect(_: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        connected.append(request.url)
        return httpx.Response(404)

    monkeypatch.setattr("cis_graph.harvest.wall.socket.getaddrinfo", look_up)
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", connect)
    with Client(manners=QUICK) as client, pytest.raises(SourceFault, match="not on the public internet"):
        client.get(f"http://rebinding.example:{site.netloc.rpartition(':')[2]}/a")
    assert [url.host for url in connected] == ["93.184.216.34"]  # robots.txt; the file itself is refused


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001:db8::1",
    ],
)
def test_an_address_off_the_public_internet_is_none_to_ask(address: str) -> None:
    """Private, loopback, link-local, multicast and reserved, written in IPv6 too."""
    assert not is_public(address)
    assert ip_address(address.partition("%")[0])


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_a_public_address_may_be_asked(address: str) -> None:
    """In either family."""
    assert is_public(address)


def test_robots_txt_is_kept_to(client: Client, site: Elsewhere) -> None:
    """What the site forbids us is not asked for; what it allows is."""
    site.gives("/robots.txt", "User-agent: cis-graph\nDisallow: /private\n")
    site.gives("/private/a", "no")

    with pytest.raises(SourceFault, match=r"robots\.txt"):
        client.get(site.url("/private/a"))
    assert client.get(site.gives("/open", "yes")).data == b"yes"
    assert site.paths() == ["/open"]


def test_a_robots_txt_that_cannot_be_had_forbids_for_now(client: Client, site: Elsewhere) -> None:
    """A server in trouble is left alone (RFC 9309); one without the file allows everything."""
    site.gives("/robots.txt", b"", 500)

    with pytest.raises(SourceFault, match=r"robots\.txt: the server answered 500"):
        client.get(site.gives("/a", "x"))
    assert site.paths() == []


def test_requests_to_one_host_keep_their_distance(site: Elsewhere) -> None:
    """The pause is the manners' or the site's crawl delay, whichever is longer."""
    site.gives("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    site.gives("/a", "a")
    waits: list[float] = []
    with Client(allowed={site.netloc}, manners=Manners(pause=2), sleep=waits.append) as client:
        client.get(site.url("/a"))
        client.get(site.url("/a"))

    assert [round(wait) for wait in waits] == [7, 7]


@pytest.mark.parametrize(
    "url", ["", "x", "file:///etc/passwd", "http://", "http://\x00/", "javascript:alert(1)", "//a/b"]
)
def test_what_is_no_web_address_fails_the_source(client: Client, url: str) -> None:
    """A mapper's mistake is a fault of its source, not a crash of the harvest."""
    with pytest.raises(SourceFault):
        client.get(url)
