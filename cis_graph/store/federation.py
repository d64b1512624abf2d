"""SERVICE in a query: only constant endpoints of the allow-list, and only by way of our own egress."""

import re
from collections.abc import Sequence

from cis_graph.errors import QueryForbidden
from cis_graph.store.guard import check, services

_CALL = re.compile(r"(SERVICE\s+(?:SILENT\s+)?)<([^<>\"{}|^`\\\x00-\x20]*)>", re.IGNORECASE)
_REFUSED = "SERVICE may only ask the endpoints that this server allows, each written in full as <IRI>"


def routed(text: str, allowed: Sequence[str], egress: str) -> str:
    """The query with each endpoint replaced by its place under ``egress``; without SERVICE, the query as it is.

    Two readers that share nothing must find the same calls: ours, which follows every way the store might read the
    text, and a parser of SPARQL.

    Raises:
        QueryForbidden: it asks another endpoint, one that a variable or a prefix tells, or it cannot be parsed.
        QueryTooLarge: see :func:`~cis_graph.store.guard.services`.
    """
    if not allowed:
        check(text)
        return text
    places = services(text)
    if not places:
        return text
    calls = [_CALL.match(text, place) for place in places]
    targets = [call[2] for call in calls if call]
    if len(targets) != len(calls) or not set(targets) <= set(allowed) or sorted(targets) != _parsed(text):
        raise QueryForbidden(f"{_REFUSED}: {', '.join(allowed)}.")
    for call in reversed([call for call in calls if call]):
        there = f"{call[1]}<{egress}/{allowed.index(call[2])}>"
        text = text[: call.start()] + there + text[call.end() :]
    return text


def _parsed(text: str) -> list[str]:
    from cis_graph.rdf.endpoints import service_targets  # noqa: PLC0415 - a second to load, and rarely needed

    try:
        return sorted(target or "" for target in service_targets(text))
    except ValueError as error:
        raise QueryForbidden(f"{_REFUSED}; this query cannot be parsed: {error}") from None
