"""SPARQL servers that break, lie, stand still or never end: no answer of theirs looks like one."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress

import pytest
from starlette.types import Message, Receive, Scope, Send

from cis_graph.errors import CisGraphError, QueryCrowd, QueryTimeout, StoreAway, StoreFault, StoreSilent
from cis_graph.model.releases import Query
from cis_graph.store.answering import QueryCut
from cis_graph.store.endpoint import Endpoint, Server
from cis_graph.store.remote import RemoteStore
from tests.store.test_remote import ALL, body, queries_of
from tests.support.server import served

HEAD = b'{"head":{"vars":["s"]},"results":{"bindings":['
ROW = b'{"s":{"type":"uri","value":"urn:a"}}'
Script = Callable[[Send], Coroutine[None, None, None]]


def says(data: bytes, status: int = 200, *, headers: dict[str, str] | None = None) -> Script:
    """A server that says this, with these headers."""
    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]

    async def script(send: Send) -> None:
        start: Message = {"type": "http.response.start", "status": status, "headers": raw}
        await send(start)
        await send({"type": "http.response.body", "body": data})

    return script


async def stands_still(send: Send) -> None:
    """A server that says nothing for long."""
    await asyncio.sleep(3)
    await says(b"{}")(send)


async def trickles(send: Send) -> None:
    """A server that never ends."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": HEAD, "more_body": True})
    for _ in range(60):
        with suppress(OSError):
            await send({"type": "http.response.body", "body": ROW + b",", "more_body": True})
        await asyncio.sleep(0.05)


BROKEN: dict[str, tuple[Script, type[CisGraphError]]] = {
    "partial, as Virtuoso tells it": (says(HEAD + ROW + b"]}}", headers={"x-sql-state": "S1TAT"}), StoreFault),
    "partial, as it may tell it": (says(HEAD + ROW + b"]}}", 206), StoreFault),
    "error": (says(b"boom", 500), StoreFault),
    "away": (says(b"", 503), StoreFault),
    "redirect": (says(b"", 302), StoreFault),
    "page": (says(b"<html>Welcome</html>"), StoreFault),
    "nothing": (says(b""), StoreFault),
    "cut": (says(HEAD + ROW), StoreFault),
    "cut in a word": (says(HEAD + ROW[:20]), StoreFault),
    "shorter than said": (says(HEAD + ROW, headers={"content-length": "1000"}), StoreFault),
    "rubbish": (says(b"\xff\xfe\x00" * 1000), StoreFault),
    "no list": (says(b'{"head":{"vars":["s"]},"results":{"bindings":7}}'), StoreFault),
    "deep": (says(b"[" * 100_000), StoreFault),
    "one long word": (says(b'"' + b"x" * 20_000_000), StoreFault),
    "still": (stands_still, StoreSilent),
    "for ever": (trickles, StoreSilent),
}


@pytest.fixture
def broken(request: pytest.FixtureRequest) -> Iterator[Endpoint]:
    """A server that follows a script."""
    script = BROKEN[request.param][0]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        await receive()
        await script(send)

    with served(app) as address:
        yield Endpoint(query=address, update=address)


@pytest.mark.parametrize("broken", BROKEN, indirect=True)
def test_a_server_that_fails_gives_no_answer(broken: Endpoint, request: pytest.FixtureRequest) -> None:
    """Neither our queries nor those from outside get anything but the right error, in time."""
    expected = BROKEN[request.node.callspec.params["broken"]][1]
    seconds = 1 if expected is StoreSilent else 20
    server = Server(seconds=seconds)
    with pytest.raises(expected):
        RemoteStore(server, broken, lambda: None).rows(ALL, {})
    outside = QueryTimeout if expected is StoreSilent else expected

    async def ask() -> bytes:
        return await body(
            await queries_of(server, broken, seconds=seconds).run(Query(text=ALL), results="json", graph="nt")
        )

    with pytest.raises((outside, QueryCut) if expected is StoreSilent else outside):
        asyncio.run(ask())
    server.close()


def test_a_long_answer_that_is_cut_breaks() -> None:
    """After the first bytes there is no status left: the reader hears of it, and nothing looks whole."""
    long = HEAD + b",".join([ROW] * 20_000)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        await receive()
        await says(long)(send)

    async def story(server: Server, endpoint: Endpoint) -> None:
        answer = await queries_of(server, endpoint).run(Query(text=ALL), results="csv", graph="nt")
        assert await anext(answer.body)
        with pytest.raises(QueryCut):
            await body(answer)

    server = Server(seconds=5)
    with served(app) as address:
        asyncio.run(story(server, Endpoint(query=address, update=address)))
    server.close()


def test_nobody_is_there() -> None:
    """A server that is down is told from one that answers wrongly."""
    server = Server(seconds=1)
    with pytest.raises(StoreAway):
        RemoteStore(server, Endpoint(query="http://127.0.0.1:9/", update=""), lambda: None).rows(ALL, {})
    server.close()


@pytest.mark.parametrize("broken", ["still"], indirect=True)
def test_one_client_has_its_share(broken: Endpoint) -> None:
    """With as many under way as it may have, one more is refused; a reader that leaves frees its place in the end."""

    async def story(server: Server) -> None:
        queries = queries_of(server, broken, seconds=1, each=1)
        asked = Query(text=ALL, client="a")
        first = asyncio.create_task(queries.run(asked, results="json", graph="nt"))
        await asyncio.sleep(0.3)
        with pytest.raises(QueryCrowd):
            await queries.run(asked, results="json", graph="nt")
        with pytest.raises(QueryTimeout):
            await first
        await asyncio.sleep(0.5)
        with pytest.raises(QueryTimeout):
            await queries.run(asked, results="json", graph="nt")

    server = Server(seconds=1)
    asyncio.run(story(server))
    server.close()
