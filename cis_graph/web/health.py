"""Whether the server serves a release, and what it did."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from cis_graph.web.visits import Site, visit


def router(site: Site) -> APIRouter:
    """The routes that an operator's machines ask."""
    routes = APIRouter(tags=["machines"])

    @routes.get("/healthz", summary="200 once a release is served, 503 before")
    def healthz(request: Request) -> Response:
        shown = visit(site, request).shown
        headers = {"Cache-Control": "no-store"}
        if shown is None:
            return JSONResponse({"status": "starting", "release": None}, status_code=503, headers=headers)
        return JSONResponse({"status": "ok", "release": shown.information.number}, headers=headers)

    @routes.get("/metrics", summary="What the server did since it started, as Prometheus reads it")
    def metrics(request: Request) -> Response:
        shown = visit(site, request).shown
        text = site.measures.text(shown.information.number if shown else None)
        return Response(text, media_type="text/plain; version=0.0.4", headers={"Cache-Control": "no-store"})

    return routes
