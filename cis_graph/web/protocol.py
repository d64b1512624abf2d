"""The SPARQL 1.1 Protocol: which query a request carries."""

from collections.abc import Iterable
from urllib.parse import parse_qsl

from starlette.requests import Request

from cis_graph.model.releases import Query
from cis_graph.web.languages import marked
from cis_graph.web.problems import Problem, bad_request

_LONGEST_BODY = 1024 * 1024  # bytes
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"

Pairs = list[tuple[str, str]]


async def query_of(request: Request) -> Query | None:
    """The query a request carries, None where a GET carries none.

    Raises:
        Problem: an update, an unknown content type, no query or several, text that is not UTF-8, a body too long.
    """
    pairs = _pairs(request.scope["query_string"])
    if request.method == "GET":
        return _query(pairs, texts=[value for name, value in pairs if name == "query"], needed=False)
    kind = request.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if kind == _UPDATE:
        raise _read_only()
    if kind not in {_FORM, _QUERY}:
        raise _unknown_content(kind)
    body = await _body(request)
    if kind == _FORM:
        pairs += _pairs(body)
        return _query(pairs, texts=[value for name, value in pairs if name == "query"], needed=True)
    return _query(pairs, texts=[_decoded(body)], needed=True)


def _query(pairs: Pairs, *, texts: list[str], needed: bool) -> Query | None:
    if any(name == "update" for name, _ in pairs):
        raise _read_only()
    if len(texts) > 1:
        raise bad_request("several-queries", marked("La demande porte plusieurs « query » : n'en donnez qu'une."))
    if not texts or not texts[0].strip():
        if needed:
            raise bad_request("no-query", marked("La demande ne porte pas de « query »."))
        return None
    return Query(
        text=texts[0],
        default_graphs=_graphs(pairs, "default-graph-uri"),
        named_graphs=_graphs(pairs, "named-graph-uri"),
    )


def _graphs(pairs: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    graphs = tuple(value for given, value in pairs if given == name)
    for graph in graphs:
        if any(character in '<>"{}|\\^`' or character <= " " for character in graph) or ":" not in graph:
            detail = marked("« %(name)s » vaut « %(given)s », qui n'est pas un IRI absolu.")
            raise bad_request("graph-iri", detail, name=name, given=graph[:100])
    return graphs


def _pairs(encoded: bytes) -> Pairs:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        raise bad_request(
            "encoding", marked("Les paramètres ne sont pas du texte UTF-8 encodé pour une URL.")
        ) from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise bad_request("encoding", marked("Le corps de la demande n'est pas du texte UTF-8.")) from None


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_BODY:
            raise Problem(
                413,
                "body-too-large",
                title=marked("La demande est trop longue"),
                detail=marked("Son corps dépasse un mébioctet."),
            )
    return bytes(body)


def _read_only() -> Problem:
    return Problem(
        403,
        "read-only",
        title=marked("Ce point d'accès se lit seulement"),
        detail=marked("Une mise à jour SPARQL ne passe pas par /sparql."),
    )


def _unknown_content(kind: str) -> Problem:
    return Problem(
        415,
        "content-type",
        title=marked("Ce type de contenu n'est pas lu ici"),
        detail=marked("« %(kind)s » : envoyez %(form)s ou %(query)s."),
        values={"kind": kind[:100], "form": _FORM, "query": _QUERY},
        headers={"Accept-Post": f"{_FORM}, {_QUERY}"},
    )
