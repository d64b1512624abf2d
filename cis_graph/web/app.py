"""The application: the features put together over the releases and the query runner it is given."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

from fastapi import FastAPI

import cis_graph
from cis_graph import resources
from cis_graph.model.citations import Citations
from cis_graph.model.decisions import DecisionDesk
from cis_graph.model.gate import Gate
from cis_graph.model.releases import QueryRunner, Releases
from cis_graph.model.writing import Writer
from cis_graph.settings import Settings
from cis_graph.territories.outlines import Atlas
from cis_graph.web import (
    about,
    citing,
    contributors,
    data,
    entities,
    graphs,
    health,
    home,
    methods,
    ontology,
    openapi,
    pushes,
    quality,
    queries,
    records,
    replicas,
    review,
    schema,
    search,
    self_description,
    sitemap,
    sparql,
    static,
    updates,
    validate,
    written_graphs,
)
from cis_graph.web import (
    releases as shelf,
)
from cis_graph.web.addresses import Addresses
from cis_graph.web.admin import Admin
from cis_graph.web.errors import error_handlers, mistake
from cis_graph.web.languages import load
from cis_graph.web.manners import Manners
from cis_graph.web.measured import Measured, Measures
from cis_graph.web.network import routes as network
from cis_graph.web.pages import Renderer
from cis_graph.web.reconcile import routes as reconcile
from cis_graph.web.remembered import Remembered
from cis_graph.web.repeated import Repeated
from cis_graph.web.verbatim import Verbatim
from cis_graph.web.visits import Site

_FEATURES = (
    entities,  # what is asked most is found first
    sparql,
    health,
    openapi,
    home,
    about,
    methods,
    sitemap,
    search,
    network,
    review,
    reconcile,
    quality,
    contributors,
    validate,
    pushes,
    schema,
    queries,
    graphs,
    written_graphs,
    updates,
    citing,
    self_description,
    data,
    shelf,
    replicas,
    ontology,
    static,
    records,
)


def create_app(
    settings: Settings,
    releases: Releases,
    runner: QueryRunner,
    *,
    gate: Gate | None = None,
    desk: DecisionDesk | None = None,
    writer: Writer | None = None,
    citations: Citations | None = None,
) -> FastAPI:
    """The web application; what it is not given (pushing, deciding, writing, citing) cannot be done."""
    languages = dict(load(resources.LOCALES))
    site = Site(
        settings=settings,
        releases=releases,
        queries=Remembered(runner, releases),
        renderer=Renderer(resources.TEMPLATES, resources.STATIC, languages),
        addresses=Addresses(settings.base),
        atlas=Atlas(),
        languages=languages,
        gate=gate,
        admin=Admin(settings.admin_token if desk or writer else ""),
        desk=desk,
        writer=writer,
        citations=citations,
        measures=Measures(is_logged=settings.access_log),
    )
    app = _application(site)
    for feature in _FEATURES:
        app.router.routes += feature.router(site).routes  # themselves: those of an included router are matched twice
    app.add_middleware(Repeated)
    app.add_middleware(Measured, measures=site.measures)
    app.add_middleware(Manners, releases=releases, mistake=partial(mistake, site))
    app.state.verbatim = Verbatim(releases, site.measures)
    return app


def _application(site: Site) -> FastAPI:
    return FastAPI(
        title="Carrefour des innovations sociales",
        version=cis_graph.__version__,
        openapi_url=None,  # our own feature tells it, with the manners of the others
        docs_url=None,  # FastAPI's own pages load from another host
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers=error_handlers(site),
        lifespan=_lifespan(site),
    )


def _lifespan(site: Site) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Ends the query workers when the server stops, after the last answer."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await site.queries.close()

    return lifespan
