"""The text of a SPARQL Update, cut into its operations and their templates into graphs.

Only braces, strings, comments, IRIs and names are looked at. All else is left to the store that runs what is cut out:
a text that is cut in a wrong place does not parse there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cis_graph.errors import QueryForbidden

_TOKEN = re.compile(
    r"""
      (?P<prologue> (?:PREFIX\s+[^\s:<>{}'"]*:|BASE)\s*<[^<>"{}|^`\x00-\x20]*> )
    | (?P<iri> <[^<>"{}|^`\x00-\x20]*> )
    | '''(?:[^'\\]|\\.|'(?!''))*+''' | \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\"
    | '(?:[^'\\\r\n]|\\.)*+' | "(?:[^"\\\r\n]|\\.)*+"
    | (?P<silent> \#[^\r\n]* | \s+ ) | \\.
    | (?P<variable> [?$]\w+ )
    | (?P<name> [\w.-]*+:(?:[\w.:%-]|\\.)*+ )
    | (?P<brace> [{}] ) | (?P<end> ; )
    | (?P<word> \w+ )
    | .
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_TERMS = frozenset({"iri", "name", "variable"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A word in capitals, ``;``, ``{`` for a block in braces, ``<`` for the name of a graph, or ``prologue``."""

    word: str
    span: Span


@dataclass(frozen=True, slots=True)
class Segment:
    """The triples of a template that go to one graph; ``graph`` is its name as it is written, None where none is."""

    span: Span
    graph: str | None

    @property
    def is_variable(self) -> bool:
        """Whether the solutions say which graph."""
        return self.graph is not None and self.graph[0] in "?$"


def pieces(update: str) -> Iterator[Piece]:
    """What stands outside braces, and each block as a whole.

    Raises:
        QueryForbidden: its braces do not close.
    """
    depth = start = 0
    for match in _TOKEN.finditer(update):
        if match["brace"] == "{":
            start = start if depth else match.start()
            depth += 1
        elif match["brace"] == "}":
            depth -= 1
            if depth == 0:
                yield Piece("{", (start, match.end()))
        elif depth == 0 and match.lastgroup != "silent":
            yield Piece(_word(match), match.span())
        if depth < 0:
            break
    if depth:
        raise QueryForbidden("The braces of the update do not close.")


def segments(update: str, block: Span) -> Iterator[Segment]:
    """The triples of a block of a template, graph by graph; those of the default graph between the others.

    Raises:
        QueryForbidden: GRAPH stands without a name or a block.
    """
    start, stop = block[0] + 1, block[1] - 1
    outside, depth, named, inner = start, 0, None, 0
    waiting = False
    for match in _TOKEN.finditer(update, start, stop):
        if waiting and match.lastgroup != "silent":
            waiting, named = False, match.group()
            if match.lastgroup not in _TERMS:
                raise QueryForbidden("GRAPH asks for the name of a graph.")
        elif depth == 0 and match["word"] and match["word"].upper() == "GRAPH":
            yield from _outside(update, (outside, match.start()))
            waiting = True
        elif match["brace"] == "{":
            inner = match.end() if depth == 0 else inner
            depth += 1
        elif match["brace"] == "}":
            depth -= 1
            if depth == 0 and named is not None:
                yield Segment((inner, match.start()), named)
                outside, named = match.end(), None
    if waiting or named is not None:
        raise QueryForbidden("GRAPH asks for the name of a graph and a block in braces.")
    yield from _outside(update, (outside, stop))


def blank(text: str) -> str:
    """Blanks for all but the ends of lines, so that errors are found on the lines of the update."""
    return re.sub(r"[^\r\n]", " ", text)


def _outside(update: str, span: Span) -> Iterator[Segment]:
    """The triples between two graphs, without the dot that may stand after the first."""
    start, end = span
    while start < end and (match := _TOKEN.match(update, start, end)) and (match["silent"] or match.group() == "."):
        start = match.end()
    if start < end:
        yield Segment((start, end), None)


def _word(match: re.Match[str]) -> str:
    if match.lastgroup in {"iri", "name"}:
        return "<"
    return "prologue" if match["prologue"] else match.group().upper()
