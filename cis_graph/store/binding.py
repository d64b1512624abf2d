"""A query of ours with some of its variables bound, as text: servers take no bindings."""

import re
from collections.abc import Mapping

from cis_graph.model.terms import Term
from cis_graph.store.terms import stored

_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*\''''
    r"""|<[^<>"{}|^`\\\s]*>|\#[^\n]*|[?$](?P<variable>\w+)|[\w.-]*:[\w.:%\\-]*|(?P<word>[A-Za-z]\w*)|.""",
    re.DOTALL,
)
_BEGINS_LIST = {"SELECT", "BY"}  # of groups or of an order
_ENDS_LIST = {"WHERE", "FROM", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"}
_BRACES, _BRACKETS = {"{": 1, "}": -1}, {"(": 1, ")": -1}


def bound(query: str, bindings: Mapping[str, Term]) -> str:
    """The query with terms for these variables; where it lists variables, the terms keep their variables' names."""
    terms = {name: str(stored(term)) for name, term in bindings.items()}
    out, listing, depth, braces = list[str](), "", 0, 0
    for number, match in enumerate(_TOKEN.finditer(query)):
        text, word = match.group(), (match["word"] or "").upper()
        if word in _BEGINS_LIST:
            listing, depth = word, 0
        elif text in _BRACES or word in _ENDS_LIST:
            listing, braces = "", braces + _BRACES.get(text, 0)
        else:
            depth += _BRACKETS.get(text, 0)
        if (name := match["variable"]) not in terms:
            out.append(text)
        elif listing and not depth:
            out.append(_listed(listing, terms[name], f"?{name}" if not braces else f"?{name}_{number}"))
        else:
            out.append(terms[name])
    return "".join(out)


def names_a_dataset(query: str) -> bool:
    """Whether FROM stands in a query."""
    return any((match["word"] or "").upper() == "FROM" for match in _TOKEN.finditer(query))


def named_graphs(query: str) -> tuple[str, ...]:
    """The IRIs that stand behind GRAPH; none where a variable or a prefixed name stands behind one of them."""
    found, expected = list[str](), False
    for match in _TOKEN.finditer(query):
        text = match.group()
        if expected and not text.isspace() and not text.startswith("#"):
            if not text.startswith("<"):
                return ()
            found.append(text[1:-1])
            expected = False
        expected = expected or (match["word"] or "").upper() == "GRAPH"
    return tuple(dict.fromkeys(found))


def dataset_of(query: str, default_graph: str) -> tuple[tuple[str, str], ...]:
    """What a server is told beside a query that names no dataset, where a named graph stands for the default graph.

    Beside a default graph, Virtuoso sees a named one by its name only where that is told too.
    """
    if not default_graph or names_a_dataset(query):
        return ()
    return (("default-graph-uri", default_graph), *(("named-graph-uri", graph) for graph in named_graphs(query)))


def _listed(listing: str, term: str, variable: str) -> str:
    return f"({term} AS {variable})" if listing == "SELECT" else f"({term})"
