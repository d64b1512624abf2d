"""SPARQL 1.1 Update by the protocol, with the administrator's token: one accepted update is one release."""

import re
from typing import NoReturn

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from cis_graph.errors import QueryForbidden
from cis_graph.rdf.updates import with_using
from cis_graph.web.bodies import body_of, content_type, decoded, pairs_of
from cis_graph.web.languages import marked
from cis_graph.web.problems import bad_request
from cis_graph.web.protocol import FORM, LONGEST_BODY, UPDATE, check_charset, graphs_of, unknown_content
from cis_graph.web.visits import Site, Visit, visit
from cis_graph.web.writes import outcome, writer_of, written

_RELATIVE = re.compile(r"""<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>"{}|^`\\\x00-\x20]*>""")
_GRAPHS = ("using-graph-uri", "using-named-graph-uri")


def router(site: Site) -> APIRouter:
    """The route of updates."""
    routes = APIRouter(tags=["sparql"])

    @routes.post("/sparql/update", summary="SPARQL 1.1 Update, with the administrator's token")
    async def update(request: Request) -> Response:
        asked = visit(site, request)
        writer = writer_of(asked)
        done = await written(asked, writer, await _update_of(asked), "SPARQL Update")
        return done if isinstance(done, Response) else outcome(asked, done)

    @routes.get("/sparql/update", include_in_schema=False, response_model=None)
    def by_get() -> NoReturn:
        raise HTTPException(405, headers={"Allow": "POST"})

    return routes


async def _update_of(asked: Visit) -> str:
    """The update that a request carries.

    Raises:
        Problem: it carries none or several, as no text in UTF-8, too long, or names graphs beside one that has its own.
    """
    request = asked.request
    pairs = pairs_of(request.scope["query_string"])
    kind, charset = content_type(request)
    if kind not in {FORM, UPDATE}:
        raise unknown_content(kind, (FORM, UPDATE))
    check_charset(charset)
    body = await body_of(request, LONGEST_BODY)
    pairs += pairs_of(body) if kind == FORM else [("update", decoded(body))]
    updates = [value for name, value in pairs if name == "update"]
    if len(updates) != 1 or any(name == "query" for name, _ in pairs):
        raise bad_request("no-update", marked("La demande doit porter une « update », et une seule."))
    default, named = (graphs_of(pairs, name) for name in _GRAPHS)
    try:
        text = with_using(updates[0], default, named)
    except QueryForbidden as fault:
        raise bad_request("using-graphs", "%(why)s", why=str(fault)) from fault
    return f"BASE <{asked.addresses.base}sparql>\n{text}" if _RELATIVE.search(text) else text
