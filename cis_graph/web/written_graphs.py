"""The SPARQL 1.1 Graph Store Protocol, writing, with the administrator's token: each write is an update."""

import secrets
from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cis_graph.rdf.conversion import converted
from cis_graph.web.bodies import body_of, content_type, media_type
from cis_graph.web.graphs import graph_at, is_there, named_graph, no_such_graph
from cis_graph.web.languages import marked
from cis_graph.web.multipart import parts_of
from cis_graph.web.negotiation import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, graph_format
from cis_graph.web.problems import Problem, bad_request
from cis_graph.web.protocol import LONGEST_BODY, check_charset, unknown_content
from cis_graph.web.visits import Site, Visit, visit
from cis_graph.web.writes import published, writer_of, written

_READ = {form.media_type: graph_format(form) for form in (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)}
_FILES = "multipart/form-data"
_LARGEST = 200_000  # characters of one operation, below what a query may have


def router(site: Site) -> APIRouter:
    """The routes that write graphs."""
    routes = APIRouter(tags=["sparql"])

    @routes.put("/graphs", summary="Puts triples in place of a graph: ?default, or ?graph= and its IRI")
    @routes.put("/graphs/{path:path}", include_in_schema=False)
    async def put(request: Request) -> Response:
        return await _put(visit(site, request), keep=False)

    @routes.post("/graphs", summary="Adds triples to a graph; to a new one where none is named")
    @routes.post("/graphs/{path:path}", include_in_schema=False)
    async def post(request: Request) -> Response:
        return await _put(visit(site, request), keep=True)

    @routes.delete("/graphs", summary="Removes a graph: ?default, or ?graph= and its IRI")
    @routes.delete("/graphs/{path:path}", include_in_schema=False)
    async def delete(request: Request) -> Response:
        asked = visit(site, request)
        writer, graph = writer_of(asked), _graph(asked)
        if not await is_there(asked, graph):
            raise no_such_graph(graph)
        done = await written(asked, writer, _dropped(graph), "DELETE")
        return done if isinstance(done, Response) else Response(status_code=204, headers=published(asked, done))

    return routes


async def _put(asked: Visit, *, keep: bool) -> Response:
    writer = writer_of(asked)
    new = keep and not asked.request.query_params.keys() & {"graph", "default"} and asked.path == "/graphs"
    graph = f"{asked.addresses.base}graphs/{secrets.token_hex(8)}" if new else _graph(asked)
    documents = await _documents(asked, graph)
    there = not new and await is_there(asked, graph)
    inserted = [operation for triples in documents for operation in _inserted(triples, graph)]
    update = " ;\n".join([*([] if keep else [_dropped(graph)]), *inserted])
    done: int | Response | None = None
    if update:
        done = await written(asked, writer, update, asked.request.method)
    if isinstance(done, Response):
        return done
    headers = published(asked, done)
    if done and not there:
        own = f"graphs/{graph.rpartition('/')[2]}" if new else asked.path.removeprefix("/")
        query = f"?{asked.query}" if asked.query and not new else ""
        return Response(status_code=201, headers={**headers, "Location": f"{asked.request.base_url}{own}{query}"})
    return Response(status_code=204, headers=headers)


def _graph(asked: Visit) -> str:
    return named_graph(asked) if asked.path == "/graphs" else graph_at(asked)


def _dropped(graph: str) -> str:
    return f"DROP SILENT GRAPH <{graph}>" if graph else "CLEAR DEFAULT"


def _inserted(triples: str, graph: str) -> Iterator[str]:
    """Operations that add N-Triples, each short enough; those with blank nodes stay together.

    Raises:
        Problem: triples with blank nodes are too long.
    """
    lines = [f"{line}\n" for line in triples.split("\n") if line]
    blank = any(line.startswith("_:") or " _:" in line for line in lines)
    if blank and len(triples) > _LARGEST:
        raise Problem(
            413,
            "body-too-large",
            title=marked("La demande est trop longue"),
            detail=marked("Avec des nœuds anonymes, 200 000 caractères de N-Triples au plus : donnez-leur des IRI."),
        )
    batch, size = list[str](), 0
    for line in (*lines, ""):
        if batch and (not line or size + len(line) > _LARGEST):
            body = "".join(batch)
            yield f"INSERT DATA {{ GRAPH <{graph}> {{\n{body}}} }}" if graph else f"INSERT DATA {{\n{body}}}"
            batch, size = [], 0
        batch.append(line)
        size += len(line)


async def _documents(asked: Visit, graph: str) -> tuple[str, ...]:
    """What a request carries, as N-Triples; of a form, each file, whose blank nodes are its own."""
    kind, charset = content_type(asked.request)
    body = await body_of(asked.request, LONGEST_BODY)
    base = graph or asked.addresses.base
    if kind != _FILES:
        return (await run_in_threadpool(_read, kind, charset, body, base),)
    parts = parts_of(asked.request.headers.get("content-type", ""), body)
    return tuple([await run_in_threadpool(_read, *media_type(part.content_type), part.data, base) for part in parts])


def _read(kind: str, charset: str, body: bytes, base: str) -> str:
    """A document as N-Triples.

    Raises:
        Problem: it is of another media type, or has a mistake.
    """
    if kind not in _READ:
        raise unknown_content(kind, (*_READ, _FILES))
    check_charset(charset)
    try:
        return converted(body, _READ[kind], "nt", base=base).decode()
    except (SyntaxError, ValueError) as error:
        raise bad_request(
            "syntax", marked("Le document n'est pas bien formé : %(why)s"), why=str(error)[:500]
        ) from error
