"""Operations on whole graphs: CLEAR, DROP, CREATE, COPY, MOVE, ADD. A graph without a statement is not there."""

import re
from collections.abc import Sequence

from cis_graph.errors import QueryForbidden
from cis_graph.rdf.writes import Operation, Write

WHOLE = frozenset({"CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_DEFAULT = Write(head="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o")
_EVERY = Write(
    head="CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o }",
    graphs="SELECT DISTINCT ?graph { GRAPH ?graph {} }",
    variable="?graph",
)
_SHAPE = re.compile(
    r"(?:(?:CLEAR|DROP) (?:SILENT )?(?:DEFAULT|NAMED|ALL|GRAPH <)"
    r"|CREATE (?:SILENT )?GRAPH <"
    r"|(?:COPY|MOVE|ADD) (?:SILENT )?(?:DEFAULT|(?:GRAPH )?<) TO (?:DEFAULT|(?:GRAPH )?<))"
)


def whole_graphs(form: Sequence[str], prologue: str, texts: Sequence[str]) -> Operation:
    """The operation of these words, ``<`` being a name that ``texts`` gives as it is written.

    Raises:
        QueryForbidden: they are no such operation.
    """
    if not _SHAPE.fullmatch(" ".join(form)):
        raise QueryForbidden(f"{' '.join(form)[:60]} is no operation on graphs.")
    verb, silent = form[0], "SILENT" in form
    named = [
        None if word == "DEFAULT" else f"{prologue} SELECT ?graph {{ VALUES ?graph {{ {text} }} }}"
        for word, text in zip(form, texts, strict=True)
        if word in {"DEFAULT", "<"}
    ]
    if verb == "CREATE":
        return Operation(free=None if silent else named[0])
    if verb in {"CLEAR", "DROP"}:
        return _cleared(form, named, silent=silent)
    source, target = named
    removed = {"ADD": (), "COPY": (_all_of(target),), "MOVE": (_all_of(source), _all_of(target))}[verb]
    return Operation(removed=removed, added=(_copied(source, target),), needed=None if silent else source)


def _cleared(form: Sequence[str], named: Sequence[str | None], *, silent: bool) -> Operation:
    if form[-1] == "ALL":
        return Operation(removed=(_DEFAULT, _EVERY))
    if form[-1] == "NAMED":
        return Operation(removed=(_EVERY,))
    return Operation(removed=(_all_of(named[0]),), needed=None if silent else named[0])


def _all_of(graph: str | None) -> Write:
    return _copied(graph, graph)


def _copied(source: str | None, target: str | None) -> Write:
    """All of a graph, for another."""
    head = _DEFAULT.head if source is None else f"{_values(source)} GRAPH ?graph {{ ?s ?p ?o }}"
    return Write(head=head, graphs=target)


def _values(source: str) -> str:
    """A CONSTRUCT that begins with the name of a graph."""
    before, _, values = source.partition(" SELECT ?graph { ")
    return f"{before} CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {values.removesuffix(' }')}"
