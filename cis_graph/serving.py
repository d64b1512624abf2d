"""Puts the web together with what it serves."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from typing import Self

import uvicorn
from fastapi import FastAPI

from cis_graph.model.releases import Query, QueryAnswer, RdfFormat, ResultFormat
from cis_graph.release.opened import STORE, Opened
from cis_graph.release.shelf import Shelf
from cis_graph.settings import Settings
from cis_graph.store.answering import Limits
from cis_graph.store.workers import Served, Workers
from cis_graph.web.app import create_app

_KEPT: ContextVar[list[Opened]] = ContextVar("the releases that the running query keeps open")


class Queries:
    """Runs queries in workers on the current release, which stays on disk until their answers end."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self._shelf = shelf
        self._workers = workers_for(settings, self._served)

    async def run(self, query: Query, *, results: ResultFormat, graph: RdfFormat) -> QueryAnswer:
        """See :class:`~cis_graph.model.releases.QueryRunner`; the answer's body must be read or closed."""
        kept: list[Opened] = []
        _KEPT.set(kept)
        try:
            answer = await self._workers.run(query, results=results, graph=graph)
            return replace(answer, body=_Body(answer, tuple(kept)))
        finally:
            kept.clear()  # the context lives on in the worker that was started in it

    async def close(self) -> None:
        """Ends every worker."""
        await self._workers.close()

    def _served(self) -> Served | None:
        release = self._shelf.current()
        if release is None:
            return None
        _KEPT.get().append(release)
        return Served(release.information.number, release.place / STORE)


class _Body:
    """The bytes of an answer; holds the releases it keeps as long as somebody holds it."""

    def __init__(self, answer: QueryAnswer, kept: tuple[Opened, ...]) -> None:
        self._bytes = answer.body
        self._kept = kept

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        return await anext(self._bytes)

    async def aclose(self) -> None:
        """Ends the answer; a worker still at it is killed."""
        close = getattr(self._bytes, "aclose", None)
        if close:
            await close()


def application(settings: Settings) -> FastAPI:
    """The application over the shelf of releases, with worker processes for queries from outside."""
    shelf = Shelf(settings.data)
    return create_app(settings, shelf, Queries(shelf, settings))


def workers_for(settings: Settings, served: Callable[[], Served | None]) -> Workers:
    """The worker processes that the settings ask for."""
    return Workers(
        served,
        count=settings.query_workers,
        limits=Limits(seconds=settings.query_timeout, memory=settings.query_memory),
        each=settings.query_per_client,
        services=tuple(sorted(settings.service_allow)),
    )


def serve(settings: Settings, host: str, port: int) -> None:
    """Serves the application until it is told to stop."""
    uvicorn.run(application(settings), host=host, port=port, log_level="warning", server_header=False)
