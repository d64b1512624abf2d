"""What the endpoint and the dataset say of themselves: read from the release, told where the client is."""

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.rdf.conversion import converted
from cis_graph.release.limits import limit_lines
from cis_graph.web.answers import OPEN_LICENCE, answer
from cis_graph.web.negotiation import GRAPHS, Representation, graph_format
from cis_graph.web.visits import Site, Visit, visit

_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")


def router(site: Site) -> APIRouter:
    """The well-known address of the dataset's description."""
    routes = APIRouter(tags=["data"])

    @routes.get("/.well-known/void", summary="VoID and DCAT of the dataset, with prefixes and examples")
    def void(request: Request) -> Response:
        asked = visit(site, request)
        return described(asked, asked.represented(GRAPHS), "description/dataset")

    return routes


def described(asked: Visit, form: Representation, query: str) -> Response:
    """The graph of one of our queries, with the limits of this server and links that follow the request."""
    root, limits = _root(asked), "\n".join(limit_lines(asked.site.settings))

    def made() -> bytes:
        told = asked.release.graph(query, "nt").decode()
        here = re.sub(_ours(asked.addresses.base), lambda match: f"<{root}{match[1]}", f"{told}{limits}\n")
        return converted(here.encode(), "nt", graph_format(form))

    links = f'<{OPEN_LICENCE}>; rel="license"'
    return answer(asked, form, made, headers={"Link": links}, state=f"{root}\n{limits}")


def _root(asked: Visit) -> str:
    """The address under which the client sees this server, the base of data where its header is none."""
    host = asked.request.headers.get("host", "")
    return f"{asked.request.url.scheme}://{host}/" if _HOST.fullmatch(host) else asked.addresses.base


def _ours(base: str) -> re.Pattern[str]:
    """Addresses that this server answers itself, whatever the base."""
    return re.compile(rf"<{re.escape(base)}(sparql|data[/#>]|queries/|openapi\.json)")
