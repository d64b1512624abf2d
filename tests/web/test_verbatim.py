"""Answers to what is asked again byte for byte: the same as before, and never to what only looks so."""

import asyncio
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import Message
from http.client import parse_headers

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from cis_graph.errors import ReleaseFault
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from cis_graph.web.connections import LONGEST, connections
from cis_graph.web.measured import Measures
from cis_graph.web.verbatim import Exchange, Verbatim
from tests.support.server import served
from tests.support.small_release import INFORMATION, SmallRelease, SmallRunner, SmallShelf, fixture_store

PATH = "/project/jardin-1"
Answer = tuple[int, dict[str, str], bytes]
"""Status, headers but those that tell the time, body."""

_BY_THE_CLOCK = ("date", "server-timing")


@dataclass
class Shelf(SmallShelf):
    """A shelf whose pointer may be damaged."""

    damaged: bool = False

    def current(self) -> SmallRelease | None:
        """The release."""
        if self.damaged:
            raise ReleaseFault("the pointer is damaged")
        return self.release


@dataclass
class Counting:
    """An application, and what it was asked; what is asked with ``?slow`` waits a while."""

    app: ASGIApp
    asked: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] == "http":
            self.asked.append(scope["path"])
            if b"slow" in scope["query_string"]:
                await asyncio.sleep(0.2)
        await self.app(scope, receive, send)


class Wire:
    """A connection on which a client says what it likes."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(host, 0))
        self._heard = self.socket.makefile("rb")

    def says(self, data: bytes) -> None:
        """Sends bytes as they are, in one piece."""
        self.socket.sendall(data)

    def head(self) -> tuple[int, Message]:
        """Status and headers of the next answer."""
        status = int(self._heard.readline().split(b" ", 2)[1])
        return status, parse_headers(self._heard)

    def hears(self) -> Answer:
        """The next answer, of a stated length or none."""
        status, told = self.head()
        headers = {name.lower(): value for name, value in told.items() if name.lower() not in _BY_THE_CLOCK}
        return status, headers, self._heard.read(int(headers.get("content-length", "0")))

    def asks(self, data: bytes) -> Answer:
        """What it is answered."""
        self.says(data)
        return self.hears()

    def is_silent(self, seconds: float = 0.3) -> bool:
        """Whether nothing comes for a while."""
        return not select.select([self.socket], [], [], seconds)[0]

    def is_closed(self) -> bool:
        """Whether the server has closed it."""
        return self._heard.read(1) == b""

    def close(self) -> None:
        """Ends it."""
        self._heard.close()
        self.socket.close()


@dataclass
class Site:
    """A served application, how often it was asked, and a shelf to change."""

    app: Counting
    shelf: Shelf
    port: int
    wires: list[Wire] = field(default_factory=list)

    def wire(self, host: str = "127.0.0.1") -> Wire:
        """A new connection, from this address."""
        self.wires.append(Wire(self.port, host))
        return self.wires[-1]


@contextmanager
def site(release: SmallRelease, patience: int = 5) -> Iterator[Site]:
    """The application on a free port; connections that are silent so many seconds are closed."""
    shelf = Shelf(release)
    app = create_app(Settings(), shelf, SmallRunner(release))
    counting = Counting(app)
    with served(counting, http=connections(app.state.verbatim), patience=patience) as address:
        one = Site(counting, shelf, int(address.rpartition(":")[2]))
        yield one
        for wire in one.wires:
            wire.close()


@pytest.fixture(scope="module")
def standing(release: SmallRelease) -> Iterator[Site]:
    """A site that tests share; none of them changes what others see."""
    with site(release) as one:
        yield one


def request(path: str = PATH, **headers: str) -> bytes:
    """A request for a page, whole."""
    named = {"Host": "localhost", "Accept": "text/html", **{k.replace("_", "-"): v for k, v in headers.items()}}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items()), "", ""]
    return "\r\n".join(lines).encode()


def known(site: Site, data: bytes) -> Answer:
    """The answer to a request that has been asked often enough to be known."""
    wire = site.wire()
    first = wire.asks(data)
    for _ in range(2):
        assert wire.asks(data) == first
    site.app.asked.clear()
    return first


def test_what_is_asked_again_is_answered_without_asking_the_application(standing: Site) -> None:
    """Headers and body are those of the first time; another connection of the same client profits too."""
    first = known(standing, request())

    assert first[0] == 200
    assert first[1]["x-release"] == "7"
    assert "content-security-policy" in first[1]
    assert standing.wire().asks(request()) == first
    assert standing.app.asked == []


def test_each_answer_tells_when_and_how_long(standing: Site) -> None:
    """Date is the server's of now, Server-Timing that of this answer: once each."""
    known(standing, request())
    wire = standing.wire()
    wire.says(request())
    _, headers = wire.head()

    assert headers.get_all("Server-Timing") == ["total;dur=0.0"]
    assert len(headers.get_all("Date", [])) == 1


def test_who_has_the_page_is_told_so_again(standing: Site) -> None:
    """304, without a body, by the tag that the request carries."""
    tag = known(standing, request())[1]["etag"]
    status, headers, body = known(standing, request(If_None_Match=tag))

    assert (status, body) == (304, b"")
    assert headers["etag"] == tag


@pytest.mark.parametrize(
    "other",
    [
        request("/en" + PATH),
        request(Accept="text/turtle"),
        request(Accept_Language="en"),
        request(X_Any="1"),
        request(Connection="close"),
        request().replace(b"HTTP/1.1", b"HTTP/1.0"),
    ],
    ids=["language", "form", "preference", "header", "close", "version"],
)
def test_another_byte_is_another_request(standing: Site, other: bytes) -> None:
    """The application is asked, as if nothing were known."""
    known(standing, request())
    standing.wire().asks(other)
    assert len(standing.app.asked) == 1


def test_another_client_is_another_request(standing: Site) -> None:
    """Whose word about its address is taken depends on who says it."""
    known(standing, request())
    standing.wire("127.0.0.2").asks(request())
    assert len(standing.app.asked) == 1


def test_only_pages_that_are_read_are_known(standing: Site) -> None:
    """HEAD is answered by the application, however often it comes."""
    standing.app.asked.clear()
    wire = standing.wire()
    for _ in range(4):
        wire.says(request().replace(b"GET", b"HEAD", 1))
        assert wire.head()[0] == 200
    assert standing.app.asked == [PATH] * 4


@pytest.mark.parametrize("ending", [request(Connection="close"), request().replace(b"HTTP/1.1", b"HTTP/1.0")])
def test_who_wants_the_connection_closed_has_it_closed(standing: Site, ending: bytes) -> None:
    """However often it asks so: such answers are not kept."""
    for _ in range(4):
        wire = standing.wire()
        assert wire.asks(ending)[1]["connection"] == "close"
        assert wire.is_closed()


def test_a_body_that_looks_like_a_known_request_is_none(standing: Site) -> None:
    """Bytes within a request are never answered, wherever the network cuts it."""
    known(standing, request())
    inner = request()
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    wire = standing.wire()
    wire.says(head + b"Content-Length: %d\r\n\r\n" % len(inner))
    assert wire.is_silent()
    wire.says(inner)

    assert wire.hears()[0] == 400
    assert wire.asks(request())[0] == 200


def test_a_header_that_looks_like_a_known_request_is_none(standing: Site) -> None:
    """Of a request cut within its head, what follows is read as its head."""
    first = known(standing, request())
    wire = standing.wire()
    wire.says(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Any: ")
    assert wire.is_silent()
    status, _, body = wire.asks(request())

    assert (status, body) != (first[0], first[2])
    assert standing.app.asked == ["/healthz"]


def test_answers_come_in_the_order_of_their_questions(standing: Site) -> None:
    """What is known waits for what was asked before it, however the requests come."""
    known(standing, request())
    for number, split in enumerate((False, True)):
        other = request(f"{PATH}?slow={number}", Accept="text/turtle")
        wire = standing.wire()
        for piece in [other, request(), other] if split else [other + request() + other]:
            wire.says(piece)
            assert wire.is_silent(0.05)
        kinds = [wire.hears()[1]["content-type"].partition(";")[0] for _ in range(3)]
        assert kinds == ["text/turtle", "text/html", "text/turtle"]


def test_requests_that_come_together_have_an_answer_each(standing: Site) -> None:
    """However often they do: two are not one that is known."""
    first, pair = known(standing, request()), request() + request()
    for _ in range(4):
        wire = standing.wire()
        wire.says(pair)
        assert [wire.hears(), wire.hears()] == [first, first]


def test_a_body_that_comes_later_belongs_to_its_request(standing: Site) -> None:
    """However often: a head alone is no whole request."""
    wire = standing.wire()
    for _ in range(4):
        wire.says(request(Content_Length="5"))
        assert wire.hears()[0] == 200
        wire.says(b"abcde")
        assert wire.asks(request())[0] == 200


def test_a_request_cut_anywhere_has_its_answer(standing: Site) -> None:
    """In two pieces it is the same request."""
    first = known(standing, request())
    wire = standing.wire()
    for cut in (1, 20, len(request()) - 2):
        wire.says(request()[:cut])
        wire.says(request()[cut:])
        assert wire.hears() == first


def test_what_is_known_is_counted(standing: Site) -> None:
    """Under its route, like every other."""
    line = b'cis_requests_total{method="GET",route="/{kind}/{key}",status="200"} '

    def counted() -> int:
        text = standing.wire().asks(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")[2]
        return int(next(row for row in text.splitlines() if row.startswith(line)).removeprefix(line))

    known(standing, request())
    before = counted()
    standing.wire().asks(request())

    assert counted() == before + 1
    assert PATH not in standing.app.asked


def test_a_new_release_answers_for_itself(release: SmallRelease) -> None:
    """Nothing of the one before is given once another is current, nor once it is current again by other bytes."""
    with site(release) as here:
        known(here, request())
        known(here, request("/project/jardin-2"))
        other = SmallRelease(fixture_store(), replace(INFORMATION, number=8, canonical_hash="6a" * 32))
        here.shelf.release = other
        wire = here.wire()

        assert wire.asks(request())[1]["x-release"] == "8"
        assert known(here, request())[1]["x-release"] == "8"
        assert wire.asks(request("/project/jardin-2"))[1]["x-release"] == "8"
        here.shelf.release = release
        assert wire.asks(request())[1]["x-release"] == "7"


def test_a_connection_in_use_stays_open(release: SmallRelease) -> None:
    """Answers from memory count against silence like any other."""
    with site(release, patience=1) as here:
        first = known(here, request())
        wire = here.wire()
        for _ in range(5):
            assert wire.asks(request()) == first
            assert wire.is_silent(0.4)
        assert here.app.asked == []
        assert wire.is_closed()


def test_a_damaged_shelf_is_told(release: SmallRelease) -> None:
    """What was known does not hide it."""
    with site(release) as here:
        known(here, request())
        here.shelf.damaged = True

        assert here.wire().asks(request())[0] == 500


def test_an_answer_is_whole_whatever_befalls_the_shelf_meanwhile(release: SmallRelease) -> None:
    """What cannot be kept any more is no fault of the answer that was sent."""
    shelf = Shelf(release)
    memory = Verbatim(shelf, Measures())
    exchange = Exchange("192.0.2.1", b"x")
    exchange.lasts(release, None)
    shelf.damaged = True
    memory.keep(exchange, {"type": "http.response.start", "status": 200, "headers": []}, b"page")
    shelf.damaged = False

    assert memory.again("192.0.2.1", b"x") is None


def test_what_has_a_state_of_its_own_is_never_known(standing: Site) -> None:
    """Counts, queries' answers and errors are made each time."""
    for path in ("/metrics", "/nowhere", "/healthz"):
        wire = standing.wire()
        standing.app.asked.clear()
        for _ in range(4):
            wire.asks(request(path))
        assert standing.app.asked == [path] * 4


def test_a_long_request_is_not_remembered(standing: Site) -> None:
    """Nobody fills the memory with headers."""
    long = request(X_Any="x" * LONGEST)
    wire = standing.wire()
    standing.app.asked.clear()
    for _ in range(4):
        assert wire.asks(long)[0] == 200
    assert len(standing.app.asked) == 4


def test_memory_has_its_bound(release: SmallRelease) -> None:
    """What was asked longest ago goes first; another client's bytes are another request."""
    memory = Verbatim(SmallShelf(release), Measures(), most=4000)
    begun = {"type": "http.response.start", "status": 200, "headers": []}

    def kept(client: str, data: bytes) -> None:
        exchange = Exchange(client, data)
        exchange.lasts(release, None)
        memory.keep(exchange, begun, b"x" * 1000)

    for number in range(3):
        kept("192.0.2.1", b"%d" % number)
    found = [memory.again("192.0.2.1", b"%d" % number) is not None for number in range(3)]

    assert found == [False, True, True]
    assert memory.again("192.0.2.2", b"2") is None
