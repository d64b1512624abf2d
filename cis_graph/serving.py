"""Puts the web together with what it serves."""

import gc
import logging
import sys
import weakref
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from typing import Self

import uvicorn
from fastapi import FastAPI

from cis_graph.curators import Curators
from cis_graph.gatehouse import Gatehouse
from cis_graph.model.releases import Query, QueryAnswer, QueryRunner, RdfFormat, ReleaseInformation, ResultFormat
from cis_graph.release.citations import CitationFolder
from cis_graph.release.datasets import Datasets
from cis_graph.release.desk import Desk
from cis_graph.release.opened import STORE, Opened
from cis_graph.release.replica import source_of
from cis_graph.release.shelf import Shelf
from cis_graph.settings import Settings
from cis_graph.store.answering import Limits
from cis_graph.store.endpoint import Server
from cis_graph.store.remote_queries import RemoteQueries, Standing, empty_store
from cis_graph.store.workers import Served, Workers
from cis_graph.web.app import create_app
from cis_graph.web.connections import connections

_COLLECT = (20_000, 10, 50)
"""After how many new objects the youngest are looked through, and how many times these before the older ones: pages
make thousands each and leave none, and what is recalled makes a look through everything long."""

_VISITED: ContextVar["weakref.ref[Opened]"] = ContextVar("the release that answers the running request")


class Visited:
    """The shelf as requests see it: whatever a request asks, the release it was given first answers."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def current(self) -> Opened | None:
        """The published release, from now on that of the running request."""
        return _visit(self._shelf.current())

    def at(self, number: int) -> Opened | None:
        """A release on the shelf, from now on that of the running request."""
        return _visit(self._shelf.at(number))

    def visited(self) -> Opened | None:
        """The release of the running request, the published one where it has none yet."""
        return _visited() or self.current()

    def published(self) -> tuple[ReleaseInformation, ...]:
        """All releases on the shelf, newest first."""
        return self._shelf.published()


class Queries:
    """Runs queries in workers on the release of the request, which stays on disk until their answers end."""

    def __init__(self, releases: Visited, settings: Settings) -> None:
        self._releases = releases
        self._workers = workers_for(settings, _served)

    async def run(self, query: Query, *, results: ResultFormat, graph: RdfFormat) -> QueryAnswer:
        """See :class:`~cis_graph.model.releases.QueryRunner`; the answer's body must be read or closed."""
        release = _visited() or self._releases.current()
        answer = await self._workers.run(query, results=results, graph=graph)
        if answer.whole is not None:
            return answer
        return replace(answer, body=_Body(answer, release))

    async def close(self) -> None:
        """Ends every worker."""
        await self._workers.close()


def _visit(release: Opened | None) -> Opened | None:
    if release is not None:
        _VISITED.set(weakref.ref(release))  # a context outlives its request in a worker that was started in it
    return release


def _visited() -> Opened | None:
    reference = _VISITED.get(None)
    return reference() if reference else None


def _served() -> Served | None:
    release = _visited()
    return Served(release.information.number, release.place / STORE) if release else None


class _Body:
    """The bytes of an answer; keeps its release as long as somebody holds it."""

    def __init__(self, answer: QueryAnswer, release: Opened | None) -> None:
        self._bytes = answer.body
        self._release = release

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
    releases, runner = _remote(settings) if settings.store else _embedded(settings)
    if source_of(settings.data):
        return create_app(settings, releases, runner)  # nobody writes to a copy
    return create_app(
        settings,
        releases,
        runner,
        gate=Gatehouse(settings),
        desk=Desk(settings),
        writer=Curators(settings),
        citations=CitationFolder(settings.data),
    )


def _embedded(settings: Settings) -> tuple[Visited, QueryRunner]:
    releases = Visited(Shelf(settings.data))
    return releases, Queries(releases, settings)


def _remote(settings: Settings) -> tuple[Visited, QueryRunner]:
    """Releases whose statements a SPARQL server holds."""
    server = Server(seconds=settings.query_timeout)
    datasets = Datasets(settings, server)
    releases = Visited(Shelf(settings.data, datasets.store_of))

    def standing() -> Standing | None:
        release = _visited() or releases.current()
        if release is None:
            return None
        told = release.information
        return Standing(number=told.number, endpoint=datasets.endpoint(told), check=datasets.checking(told))

    reading = workers_for(settings, partial(Served, 0, empty_store()))
    runner = RemoteQueries(
        server,
        reading,
        standing,
        seconds=settings.query_timeout,
        places=settings.query_workers,
        each=settings.query_per_client,
    )
    return releases, runner


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
    """Serves the application until it is told to stop, which waits for answers under way."""
    if settings.access_log:
        logging.basicConfig(stream=sys.stderr, format="%(message)s")
        logging.getLogger("cis_graph.access").setLevel(logging.INFO)
    patience = int(settings.query_timeout) + 2  # seconds; no answer takes longer
    app = application(settings)
    gc.freeze()  # what is there now stays, and need not be looked through again
    gc.set_threshold(*_COLLECT)
    uvicorn.run(
        app,
        http=connections(app.state.verbatim),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,  # ours tells more, and no address
        server_header=False,
        timeout_graceful_shutdown=patience,
    )
