"""Who asks: told apart by address, and whether they still listen."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from cis_graph.model.releases import QueryAnswer
from cis_graph.web.codings import packed_stream
from cis_graph.web.negotiation import IDENTITY

Result = TypeVar("Result")
_HOUSEHOLD = 64  # bits of an IPv6 address that one subscriber has


class ClientGone(Exception):
    """The client went away before its answer began."""


def client_of(request: Request) -> str:
    """The address that asks, an IPv6 one without what its owner changes at will; the server says whose word to take."""
    text = request.client.host if request.client else ""
    with suppress(ValueError):
        address = ip_address(text)
        if isinstance(address, IPv6Address):
            return str(address.ipv4_mapped or ip_network((address, _HOUSEHOLD), strict=False))
        return str(address)
    return text


async def unless_gone(request: Request, work: Coroutine[None, None, Result]) -> Result:
    """What the work gives; it is cancelled as soon as the client goes away.

    Raises:
        ClientGone: nobody waits for the answer any more.
    """
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientGone
        return await working
    finally:
        for task in (working, leaving):
            if not task.done():
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class Relayed(StreamingResponse):
    """A runner's bytes as they come; its worker is freed when they end, when they cannot be sent, or in ``seconds``."""

    def __init__(
        self, found: QueryAnswer, headers: dict[str, str], *, seconds: float, content_type: str, coding: str
    ) -> None:
        body = found.body if coding == IDENTITY else packed_stream(found.body, coding)
        super().__init__(body, media_type=content_type, headers=headers)
        self._found = found
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the answer; one that takes too long to read breaks the connection."""
        try:
            async with asyncio.timeout(self._seconds):
                await super().__call__(scope, receive, send)
        finally:
            await dropped(self._found)


async def nothing() -> AsyncIterator[bytes]:
    """The body of an answer to HEAD."""
    return
    yield b""


async def dropped(found: QueryAnswer) -> None:
    """Ends an answer, read or not."""
    close = getattr(found.body, "aclose", None)
    if close:
        await close()
