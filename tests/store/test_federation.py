import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from cis_graph.errors import QueryForbidden
from cis_graph.model.internet import is_public
from cis_graph.model.releases import Query
from cis_graph.store.answering import Limits
from cis_graph.store.egress import checked
from cis_graph.store.federation import routed
from cis_graph.store.workers import Served, Workers

ALLOWED = ("https://a.example/sparql", "https://b.example/sparql")
EGRESS = "http://127.0.0.1:5"
CALL = "SELECT * { SERVICE <https://a.example/sparql> { ?s ?p ?o } }"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { ?service ?p 'service' }", "ASK { ?service ?p 'service' }"),
        (CALL, "SELECT * { SERVICE <http://127.0.0.1:5/0> { ?s ?p ?o } }"),
        (
            "ASK { ?s ?p <https://b.example/sparql> service  silent\n<https://b.example/sparql> { } }",
            "ASK { ?s ?p <https://b.example/sparql> service  silent\n<http://127.0.0.1:5/1> { } }",
        ),
        (
            "ASK { ?s ?p ?o FILTER EXISTS { { SERVICE <https://a.example/sparql> {} } } SERVICE <https://a.example/sparql> {} }",
            "ASK { ?s ?p ?o FILTER EXISTS { { SERVICE <http://127.0.0.1:5/0> {} } } SERVICE <http://127.0.0.1:5/0> {} }",
        ),
    ],
)
def test_allowed_endpoints_are_asked_by_way_of_the_egress(query: str, expected: str) -> None:
    """Only the endpoint's own address is replaced; data that names it stay."""
    assert routed(query, ALLOWED, EGRESS) == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <https://c.example/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE <https://a.example/sparql/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <https://a.example/sparql?x> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?there { ?s ?p ?o } }",
        "SELECT * { VALUES ?there { <https://a.example/sparql> } SERVICE SILENT ?there { ?s ?p ?o } }",
        "PREFIX a: <https://a.example/> SELECT * { SERVICE a:sparql { ?s ?p ?o } }",
        "PREFIX a: <https://c.example/> SELECT * { SERVICEa:sparql { ?s ?p ?o } }",
        "BASE <https://a.example/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE # here\n <https://a.example/sparql> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <https://a.example/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE <https://a.example/sparql> { ?s ?p ?o } \\u0053ERVICE ?x { ?s ?p ?o } }",
        "SELECT * { SERVICE <https://a.example/sparql> { SERVICE <https://c.example/sparql> { ?s ?p ?o } } }",
        "SELECT * { SERVICE <https://a.example/sparql> { ?s ?p ?o } FILTER(1<'> SERVICE ?x {} ') }",
        "SELECT * { SERVICE <https://a.example/sparql> { ?s ?p ?o }",
        "LOAD SERVICE <https://a.example/sparql>",
    ],
)
def test_what_is_not_plainly_allowed_is_refused(query: str) -> None:
    """Other endpoints, variables, prefixes, escapes, doubt, and what a parser does not understand."""
    with pytest.raises(QueryForbidden):
        routed(query, ALLOWED, EGRESS)


def test_without_a_list_every_service_is_refused() -> None:
    """The list is empty by default."""
    with pytest.raises(QueryForbidden):
        routed(CALL, (), EGRESS)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:4700::1111", True), ("::ffff:93.184.216.34", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.0.1", False), ("0.0.0.0", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:  # noqa: FBT001
    """Private, loopback, link-local, mapped and translated addresses are not of the Internet."""
    assert is_public(address) is public


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:192.168.0.1"], []])
def test_a_name_that_leads_inside_is_not_followed(found: list[str]) -> None:
    """Every address that a name has must be public, whatever the first one is."""
    with pytest.raises(httpx.ConnectError):
        checked(httpx.URL("https://a.example/sparql"), lambda _host, _port: found)


def test_a_name_is_asked_once_and_connected_to_by_address() -> None:
    """What was checked is what is connected to; an address that the operator wrote is the operator's choice."""
    assert checked(httpx.URL("https://a.example/"), lambda _host, _port: ["93.184.216.34"]) == "93.184.216.34"
    assert checked(httpx.URL("http://127.0.0.1:7878/query"), lambda _host, _port: []) == "127.0.0.1"


class Endpoint(BaseHTTPRequestHandler):
    """Another SPARQL server: it answers one row, or leads elsewhere."""

    asked: list[str]
    elsewhere = ""

    def do_GET(self) -> None:
        """What a followed redirect would ask."""
        self.asked.append(f"GET {self.path}")
        self.send_error(404)

    def do_POST(self) -> None:
        """One row, or a redirect from /redirect."""
        self.rfile.read(int(self.headers["content-length"]))
        self.asked.append(f"POST {self.path}")
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("Location", "/inside")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        row = {"o": {"type": "literal", "value": "from there"}}
        body = json.dumps({"head": {"vars": ["o"]}, "results": {"bindings": [row]}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[str]]]:
    """The address of another server, and what it was asked."""
    asked: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Other", (Endpoint,), {"asked": asked})) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


def answered(folder: Path, services: tuple[str, ...], *queries: str) -> list[str]:
    """What workers that may ask some services answer, or the name of the fault."""

    async def story() -> list[str]:
        workers = Workers(lambda: Served(1, folder), count=1, limits=Limits(seconds=20, memory=1024), services=services)
        told = []
        for query in queries:
            try:
                answer = await workers.run(Query(text=query), results="csv", graph="nt")
                told.append(b"".join([piece async for piece in answer.body]).decode())
            except Exception as fault:  # noqa: BLE001 - its name is what is told
                told.append(type(fault).__name__)
        await workers.close()
        return told

    return asyncio.run(story())


def test_an_allowed_endpoint_answers_and_no_other_is_asked(tmp_path: Path, endpoint: tuple[str, list[str]]) -> None:
    """Rows come from the endpoint on the list; a redirect is not followed; what is not on the list is not asked."""
    ox.Store(str(tmp_path / "store")).flush()
    root, asked = endpoint
    told = answered(
        tmp_path / "store",
        (f"{root}/sparql", f"{root}/redirect"),
        f"SELECT ?o {{ SERVICE <{root}/sparql> {{ ?s ?p ?o }} }}",
        f"SELECT ?o {{ SERVICE <{root}/redirect> {{ ?s ?p ?o }} }}",
        f"SELECT ?o {{ SERVICE SILENT <{root}/other> {{ ?s ?p ?o }} }}",
        f"SELECT ?o {{ BIND(<{root}/sparql> AS ?there) SERVICE ?there {{ ?s ?p ?o }} }}",
    )
    assert told == ["o\r\nfrom there\r\n", "QueryFault", "QueryForbidden", "QueryForbidden"]
    assert asked == ["POST /sparql", "POST /redirect"]


def test_without_a_list_no_endpoint_is_asked(tmp_path: Path, endpoint: tuple[str, list[str]]) -> None:
    """An empty list is the default, and nothing leaves the machine."""
    ox.Store(str(tmp_path / "store")).flush()
    root, asked = endpoint
    told = answered(tmp_path / "store", (), f"SELECT ?o {{ SERVICE <{root}/sparql> {{ ?s ?p ?o }} }}")
    assert (told, asked) == (["QueryForbidden"], [])
