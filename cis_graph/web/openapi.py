"""The OpenAPI of this application, told once to each client that has it."""

import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.web.answers import answer
from cis_graph.web.negotiation import Representation
from cis_graph.web.visits import Site, visit

_FORM = Representation(name="openapi", media_type="application/json")


def router(site: Site) -> APIRouter:
    """The route of the description."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/openapi.json")
    def openapi(request: Request) -> Response:
        return answer(
            visit(site, request),
            _FORM,
            lambda: json.dumps(request.app.openapi(), ensure_ascii=False).encode(),
            vary="Accept-Encoding",
        )

    return routes
