"""What is wrong with a query, as a problem."""

from collections.abc import Iterator
from contextlib import contextmanager

from cis_graph.errors import (
    QueryCrowd,
    QueryFault,
    QueryForbidden,
    QueryOverload,
    QuerySyntaxFault,
    QueryTimeout,
    QueryTooLarge,
    ReleaseFault,
    StoreAway,
    StoreFault,
    StoreSilent,
)
from cis_graph.web.languages import marked
from cis_graph.web.problems import Problem, Way, nothing_published
from cis_graph.web.visits import Visit

_AGAIN = "5"  # seconds


@contextmanager
def told_faults(asked: Visit) -> Iterator[None]:
    """Raises what the runner refuses as a problem."""
    try:
        yield
    except ReleaseFault:
        raise nothing_published() from None
    except QueryFault as fault:
        raise _problem(fault, asked) from fault


def store_fault(fault: StoreFault) -> Problem:
    """What is wrong with the server that holds the graph: away, silent, or answering wrongly."""
    status = 503 if isinstance(fault, StoreAway) else 504 if isinstance(fault, StoreSilent) else 502
    return Problem(
        status,
        "store",
        title=marked("Le serveur des données ne répond pas comme il faut"),
        detail=marked("Ce site interroge un serveur SPARQL, qui est injoignable, trop lent ou en défaut."),
        remedy=marked("Réessayez dans quelques secondes."),
        headers={"Retry-After": _AGAIN},
    )


def _problem(fault: QueryFault, asked: Visit) -> Problem:
    values: dict[str, object] = {"fault": str(fault), "limit": f"{asked.site.settings.query_timeout:g}"}
    if isinstance(fault, QuerySyntaxFault):
        return Problem(400, "query-syntax", title=marked("La requête n'est pas bien écrite"),
                       detail=marked("Ligne %(line)s, colonne %(column)s : %(fault)s"),
                       values={**values, "line": fault.line, "column": fault.column},
                       members={"line": fault.line, "column": fault.column})  # fmt: skip
    if isinstance(fault, QueryForbidden):
        return Problem(403, "query-forbidden", title=marked("La requête demande ce qui n'est pas permis ici"),
                       detail="%(fault)s", values=values)  # fmt: skip
    if isinstance(fault, QueryTooLarge):
        return Problem(413, "query-too-large", title=marked("La requête est trop grande"), detail="%(fault)s",
                       values=values)  # fmt: skip
    if isinstance(fault, QueryCrowd | QueryOverload):
        status, slug = (429, "query-crowd") if isinstance(fault, QueryCrowd) else (503, "query-overload")
        return Problem(status, slug, title=marked("Trop de requêtes à la fois"), detail="%(fault)s",
                       remedy=marked("Réessayez dans quelques secondes."), values=values,
                       headers={"Retry-After": _AGAIN})  # fmt: skip
    if isinstance(fault, QueryTimeout):
        values["limit"] = f"{fault.seconds:g}"
        return Problem(503, "query-timeout", title=marked("La requête a pris trop de temps"),
                       detail=marked("Elle n'a rien répondu en %(limit)s secondes, la limite d'ici."),
                       remedy=marked("Restreignez-la, demandez-la par parties (LIMIT, OFFSET), ou prenez les données."),
                       values=values, members={"limit": fault.seconds}, headers={"Retry-After": _AGAIN},
                       ways=(Way("/data", "/data"),))  # fmt: skip
    return Problem(400, "query", title=marked("La requête est refusée"), detail="%(fault)s", values=values)
