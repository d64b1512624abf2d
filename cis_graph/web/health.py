"""Whether the server serves a release."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from cis_graph.web.visits import Site, visit


def router(site: Site) -> APIRouter:
    """The route an operator's machine asks."""
    routes = APIRouter(tags=["machines"])

    @routes.get("/healthz", summary="200 once a release is served, 503 before")
    def healthz(request: Request) -> Response:
        shown = visit(site, request).shown
        headers = {"Cache-Control": "no-store"}
        if shown is None:
            return JSONResponse({"status": "starting", "release": None}, status_code=503, headers=headers)
        return JSONResponse({"status": "ok", "release": shown.information.number}, headers=headers)

    return routes
