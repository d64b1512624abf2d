"""A client that speaks to the application in this process, without a socket."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
from fastapi import FastAPI


class Client:
    """Sends one request at a time and follows no redirect."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def request(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **given: Any
    ) -> httpx.Response:
        """The answer to one request; an error that reaches the server is raised here."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=True)
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                return await client.request(method, path, headers=headers, **given)

        return asyncio.run(send())

    def get(self, path: str, accept: str = "", **headers: str) -> httpx.Response:
        """The answer to GET; keyword ``if_none_match`` is the header If-None-Match."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("GET", path, headers={"accept": accept or "*/*", "accept-encoding": "identity", **named})

    def page(self, path: str) -> str:
        """The HTML of a page that is there."""
        answer = self.get(path, "text/html")
        assert answer.status_code == 200, answer.text
        return answer.text
