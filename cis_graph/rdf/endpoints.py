"""Which other servers a query asks, found in the parsed query."""

from collections.abc import Iterator

from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import URIRef


def service_targets(query: str) -> tuple[str | None, ...]:
    """The endpoint of each SERVICE of a query, None where it is no IRI written in full.

    Raises:
        ValueError: the query cannot be parsed.
    """
    try:
        parsed = parseQuery(query)
    except Exception as error:  # the parser raises whatever it stumbles over
        raise ValueError(str(error)) from error
    return tuple(_targets(parsed))


def _targets(node: object) -> Iterator[str | None]:
    if isinstance(node, CompValue):
        if node.name == "ServiceGraphPattern":
            yield str(node.term) if isinstance(node.term, URIRef) else None
        for part in node.values():
            yield from _targets(part)
    elif hasattr(node, "__iter__") and not isinstance(node, str):
        for part in node:
            yield from _targets(part)
