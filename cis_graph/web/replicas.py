"""What other machines need to serve a release: the list of its files with checksums, and each file."""

import json

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from cis_graph.model.releases import OpenRelease
from cis_graph.web.answers import answer, digest, unchanged
from cis_graph.web.negotiation import JSON
from cis_graph.web.problems import not_found
from cis_graph.web.visits import Site, visit

_FOR_EVER = "public, max-age=31536000, immutable"
_BYTES = "application/octet-stream"


def router(site: Site) -> APIRouter:
    """The routes that replicas ask."""
    routes = APIRouter(tags=["machines"])

    @routes.get("/releases/current/files", summary="The files of the current release, with sizes and checksums")
    def files(request: Request) -> Response:
        asked = visit(site, request)
        asked.represented((JSON,))
        return answer(asked, JSON, lambda: _listed(asked.release))

    @routes.get("/releases/{number}/files/{path:path}", summary="One file of a release, for a replica")
    def file(request: Request, number: int, path: str) -> Response:
        asked, release = visit(site, request), site.releases.at(number)
        found = next((one for one in release.replicable() if one.name == path), None) if release else None
        wanted = request.query_params.get("sha256")
        if found is None or wanted not in {None, found.sha256}:
            raise not_found()
        headers = {
            "X-Release": str(number),
            "Cache-Control": _FOR_EVER if wanted else "no-cache",  # a number may be given again in another folder
            "Repr-Digest": digest(found.sha256),
        }
        tag = f'"{found.sha256[:40]}"'
        if same := unchanged(asked, tag, headers):
            return same
        return FileResponse(found.path, media_type=_BYTES, headers={"ETag": tag, **headers})

    return routes


def _listed(release: OpenRelease) -> bytes:
    told = release.information
    listed = [{"path": one.name, "size": one.size, "sha256": one.sha256} for one in release.replicable()]
    about = {"release": told.number, "canonical_hash": told.canonical_hash, "base": told.base}
    return json.dumps(about | {"files": listed}, indent=1).encode()
