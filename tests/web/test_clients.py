import asyncio
from typing import Any

import pytest
from starlette.requests import Request

from cis_graph.web.clients import ClientGone, client_of, unless_gone


def request(address: str | None, *messages: dict[str, Any]) -> Request:
    """A request from an address whose connection says these things and then nothing."""
    said = iter(messages)

    async def receive() -> dict[str, Any]:
        message = next(said, None)
        if message is None:
            await asyncio.Event().wait()
        return message or {}

    client = None if address is None else (address, 1234)
    return Request({"type": "http", "client": client, "headers": []}, receive)


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_a_client_is_an_address_or_a_household(address: str | None, client: str) -> None:
    """Nobody becomes many by changing the part of an IPv6 address that is their own."""
    assert client_of(request(address)) == client


def test_work_ends_when_its_client_leaves() -> None:
    """Nothing is worked out for somebody who is gone."""
    ended = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("cancelled")

    async def story() -> None:
        asked = request("192.0.2.7", {"type": "http.request"}, {"type": "http.disconnect"})
        with pytest.raises(ClientGone):
            await unless_gone(asked, work())

    asyncio.run(asyncio.wait_for(story(), 5))
    assert ended == ["cancelled"]


def test_work_is_done_for_a_client_who_stays() -> None:
    """The result or the error is handed on."""

    async def work() -> int:
        return 4

    async def fault() -> int:
        raise LookupError

    assert asyncio.run(unless_gone(request("192.0.2.7"), work())) == 4
    with pytest.raises(LookupError):
        asyncio.run(unless_gone(request("192.0.2.7"), fault()))
