"""What the text of a query tells without being parsed: the kind of its answer, whether it changes, what equals it."""

import re

from cis_graph.model.releases import Query
from cis_graph.web.negotiation import GRAPHS, RESULTS, Representation

_FORM = re.compile(
    r"(?:\s++|#[^\r\n]*+|BASE\s*+<[^>]*+>|PREFIX\s++[^\s:#<]*+\s*+:\s*+<[^>]*+>)*+(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)
_CHANGING = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE|SERVICE)\b|\\u", re.IGNORECASE)
_LONG_STRING = re.compile(r"'''|\"\"\"|\\u", re.IGNORECASE)  # an escape may hide one
_NAMELESS = re.compile(r"_:|\[")
_TEMPLATE_LIST = re.compile(r"\bCONSTRUCT\b[^{]*\{[^}]*\(", re.IGNORECASE)


def forms_of(query: Query) -> tuple[Representation, ...]:
    """The forms an answer can have, as its first word says; all of them where it says nothing."""
    found = _FORM.match(query.text)
    if found is None:
        return (*RESULTS, *GRAPHS)
    return RESULTS if found["form"].upper() in {"SELECT", "ASK"} else GRAPHS


def changes_by_itself(query: Query) -> bool:
    """Whether two answers from one release may differ: time, chance, new blank nodes, other servers.

    A word in a string or a comment counts as well, and so does any escape that could hide one.
    """
    text = query.text
    if _CHANGING.search(text):
        return True
    makes_nodes = re.search(r"\bCONSTRUCT\b", text, re.IGNORECASE)
    return bool(makes_nodes and (_NAMELESS.search(text) or _TEMPLATE_LIST.search(text)))


def normalised(query: Query) -> str:
    """One text for queries that surely ask the same: without lines of comment, indentation, or the order of graphs."""
    text = query.text
    if not _LONG_STRING.search(text):  # else a line may begin inside a string
        lines = (line.strip(" \t") for line in re.split(r"\r\n|\r|\n", text))
        text = "\n".join(line for line in lines if line and not line.startswith("#"))
    graphs = (*sorted({*query.default_graphs}), "", *sorted({*query.named_graphs}))
    return "\x00".join((text, *graphs))
