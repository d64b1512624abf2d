"""The SPARQL 1.1 Protocol: which query a request carries."""

import re
from collections.abc import Iterable

from starlette.requests import Request

from cis_graph.model.releases import Query
from cis_graph.web.bodies import Pairs, body_of, content_type, decoded, pairs_of
from cis_graph.web.languages import marked
from cis_graph.web.problems import Problem, bad_request

_ONCE = ("query", "format", "example")
LONGEST_BODY = 1024 * 1024  # bytes
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|\\^`\x00-\x20]*")
_UTF_8 = frozenset({"utf-8", "utf8", "us-ascii"})
FORM, _QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


async def query_of(request: Request) -> Query | None:
    """The query a request carries, None where a GET carries none.

    Raises:
        Problem: an update, an unknown content type, no query or several, text that is not UTF-8, a body too long.
    """
    pairs = pairs_of(request.scope["query_string"])
    if request.method == "GET":
        return _query(pairs)
    kind, charset = content_type(request)
    if kind == UPDATE:
        raise _read_only()
    if kind not in {FORM, _QUERY}:
        raise unknown_content(kind, (FORM, _QUERY))
    check_charset(charset)
    body = await body_of(request, LONGEST_BODY)
    if kind == FORM:
        query = _query(pairs + pairs_of(body))
    else:
        if any(name == "query" for name, _ in pairs):
            detail = marked("Une requête dans le corps de la demande ne peut pas en accompagner une dans l'adresse.")
            raise bad_request("several-queries", detail)
        query = _query([*pairs, ("query", decoded(body))])
    if query is None:
        raise bad_request("no-query", marked("La demande ne porte pas de « query »."))
    return query


def _query(pairs: Pairs) -> Query | None:
    """The query among the parameters; those we do not know are let be."""
    names = [name for name, _ in pairs]
    if any(name in {"update", "using-graph-uri", "using-named-graph-uri"} for name in names):
        raise _read_only()
    for name in _ONCE:
        if names.count(name) > 1:
            detail = marked("La demande porte « %(name)s » plusieurs fois : ne le donnez qu'une fois.")
            raise bad_request("given-twice", detail, name=name)
    text = dict(pairs).get("query", "")
    if not text.strip():
        return None
    return Query(
        text=text,
        default_graphs=graphs_of(pairs, "default-graph-uri"),
        named_graphs=graphs_of(pairs, "named-graph-uri"),
    )


def graphs_of(pairs: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    """The graphs that the parameters of a name give.

    Raises:
        Problem: one is no absolute IRI.
    """
    graphs = tuple(value for given, value in pairs if given == name)
    for graph in graphs:
        check_graph(name, graph)
    return graphs


def check_charset(charset: str) -> None:
    """Refuses a charset that is not UTF-8.

    Raises:
        Problem: it is another.
    """
    if charset not in _UTF_8:
        raise Problem(
            415,
            "charset",
            title=marked("Ce type de contenu n'est pas lu ici"),
            detail=marked("« %(charset)s » : écrivez la demande en UTF-8."),
            values={"charset": charset[:40]},
        )


def check_graph(name: str, iri: str) -> None:
    """Refuses a graph that the parameter ``name`` names by no absolute IRI.

    Raises:
        Problem: it is none.
    """
    if not _ABSOLUTE.fullmatch(iri):
        detail = marked("« %(name)s » vaut « %(given)s », qui n'est pas un IRI absolu.")
        raise bad_request("graph-iri", detail, name=name, given=iri[:100])


def _read_only() -> Problem:
    return Problem(
        403,
        "read-only",
        title=marked("Ce point d'accès se lit seulement"),
        detail=marked("Une mise à jour SPARQL ne passe pas par /sparql."),
    )


def unknown_content(kind: str, taken: Iterable[str]) -> Problem:
    """A body of a media type that is not ``taken`` here."""
    known = ", ".join(taken)
    return Problem(
        415,
        "content-type",
        title=marked("Ce type de contenu n'est pas lu ici"),
        detail=marked("« %(kind)s » : envoyez %(known)s."),
        values={"kind": kind[:100], "known": known},
        headers={"Accept-Post": known},
    )
