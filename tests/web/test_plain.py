import threading
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from cis_graph.model.releases import SearchQuestion, Unrecalled
from cis_graph.release.opened import Opened
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from cis_graph.web.plain import Plain
from tests.conftest import Demonstration
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, fixture_store


class Told:
    """A release that is named, and one that recalls what it is told to."""

    name = "whole"

    @property
    def recalled(self) -> str:
        """What answers from memory."""
        return "from memory"


class Given:
    """Hands a release over as the layers of the application do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes it on, and looks whether it is there again."""
        release = Told() if scope["path"] != "/none" else None
        scope["state"] = {"release": release}
        await self.app(scope, receive, send)
        assert scope["state"]["release"] is release


@pytest.fixture
def ask() -> Callable[[str], str]:
    """What the endpoint says of where it runs, and with which release."""
    app = FastAPI()
    loop: list[int] = []

    @app.middleware("http")
    async def seen(request: Request, go: Callable[[Request], Awaitable[Response]]) -> Response:
        loop.append(threading.get_ident())
        return await go(request)

    def endpoint(request: Request, what: str) -> Response:
        release = request.scope["state"]["release"]
        if release == "from memory" and what == "forgotten":
            raise Unrecalled
        name = release if isinstance(release, str) else getattr(release, "name", "none")
        place = "here" if threading.get_ident() == loop[-1] else "in a thread"
        return PlainTextResponse(f"{what} {name} {place}")

    app.router.add_api_route("/{what}", endpoint, route_class_override=Plain)
    app.add_middleware(Given)
    client = Client(app)
    return lambda path: client.get(path).text


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/known", "known from memory here"),
        ("/forgotten", "forgotten whole in a thread"),
        ("/none", "none none in a thread"),
    ],
)
def test_what_is_in_memory_is_shown_at_once(ask: Callable[[str], str], path: str, answer: str) -> None:
    """Nothing else is: whoever has to wait does so in a thread, with the whole release."""
    assert answer == ask(path)


@pytest.mark.parametrize(("kind", "anew"), [("project", 1), ("actor", 12)])
def test_a_page_is_the_same_from_memory(
    demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch, kind: str, anew: int
) -> None:
    """A project that was shown once needs no thread on a new server, but for the names of concepts; an actor does."""
    release = Opened(demonstration.release.place)
    hits = release.search(SearchQuestion(kind=kind)).hits[:12]
    waited: list[object] = []

    async def counted(endpoint: Callable[..., Response], *given: object, **parts: object) -> Response:
        waited.append(parts)
        return endpoint(*given, **parts)

    monkeypatch.setattr("cis_graph.web.plain.run_in_threadpool", counted)

    def pages() -> list[bytes]:
        shelf: Any = SimpleNamespace(current=lambda: release, at=lambda _: None)
        client = Client(create_app(Settings(), shelf, SmallRunner(SmallRelease(fixture_store(0)))))
        return [client.get(f"/{hit.kind}/{hit.key}").content for hit in hits]

    first = pages()
    assert len(waited) == len(hits) == 12
    assert first == pages()
    assert len(waited) == 12 + anew
