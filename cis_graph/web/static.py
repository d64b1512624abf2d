"""Our own style sheet, icon and scripts, read once; nothing comes from another host."""

import mimetypes
from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph import resources
from cis_graph.web.answers import answer
from cis_graph.web.negotiation import Representation
from cis_graph.web.problems import not_found
from cis_graph.web.visits import Site, visit


def router(site: Site) -> APIRouter:
    """The route of static files."""
    routes = APIRouter(include_in_schema=False)
    files: Mapping[str, bytes] = {
        path.relative_to(resources.STATIC).as_posix(): path.read_bytes()
        for path in resources.STATIC.rglob("*")
        if path.is_file()
    }

    @routes.get("/static/{name:path}")
    def static(request: Request, name: str) -> Response:
        if name not in files:
            raise not_found()
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        form = Representation(name=name, media_type=media_type, charset=media_type.startswith("text/"))
        lasting = {"Cache-Control": "public, max-age=31536000, immutable"} if "v" in request.query_params else {}
        return answer(visit(site, request), form, lambda: files[name], vary="Accept-Encoding", headers=lasting)

    return routes
