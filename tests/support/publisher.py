"""A server of a desk's releases, honest until a test makes it another, and the replica that pulls from it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cis_graph import pipeline
from cis_graph.harvest.transfer import Patience, Transfer
from cis_graph.release.opened import Opened
from cis_graph.release.replica import Pulled, pull
from cis_graph.release.shelf import Shelf
from cis_graph.serving import application
from cis_graph.settings import Settings
from tests.pipeline.conftest import Desk

LIST = "/releases/current/files"


@dataclass
class Publisher:
    """A desk whose releases are served, and what happens to answers on their way."""

    desk: Desk
    asked: list[str] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)  # by the end of an address
    statuses: dict[str, int] = field(default_factory=dict)
    change: Callable[[dict[str, Any]], object] = lambda told: told
    pause: float = 0.0  # seconds before each piece of a file

    def __post_init__(self) -> None:
        self._app = application(self.desk.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the application does, changed as a test asks."""
        path: str = scope["path"]
        self.asked.append(path)
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://publisher") as client:
            found = await client.get(path, params=scope["query_string"].decode())
        body, end = found.content, path.rpartition("/")[2]
        if path == LIST:
            told = json.loads(body)
            self.change(told)
            body = json.dumps(told).encode()
        else:
            await asyncio.sleep(self.pause)
        given = self.statuses.get(end, found.status_code)
        await Response(self.bodies.get(end, body), status_code=given)(scope, receive, send)

    def patch(self, note: str) -> None:
        """A release more."""
        update = f'INSERT DATA {{ <urn:note> <http://www.w3.org/2004/02/skos/core#note> "{note}" }}'
        pipeline.patch(self.desk.settings, update, who="Alix", why="a note")


def pulled(here: Settings, address: str, patience: Patience | None = None) -> Pulled:
    """What a pull brings."""
    with Transfer(address, patience) as source:
        return pull(here, source)


def current(settings: Settings) -> Opened:
    """What is served."""
    release = Shelf(settings.data).current()
    assert release is not None
    return release
