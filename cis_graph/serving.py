"""Puts the web together with what it serves."""

from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from cis_graph.release.opened import STORE
from cis_graph.release.shelf import Shelf
from cis_graph.settings import Settings
from cis_graph.store.answering import Limits
from cis_graph.store.workers import Served, Workers
from cis_graph.web.app import create_app


def application(settings: Settings) -> FastAPI:
    """The application over the shelf of releases, with worker processes for queries from outside."""
    shelf = Shelf(settings.data)

    def served() -> Served | None:
        number = shelf.current_number()
        return None if number is None else Served(number, shelf.place(number) / STORE)

    return create_app(settings, shelf, workers_for(settings, served))


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
