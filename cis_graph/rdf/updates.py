"""SPARQL Updates of the default graph as pairs of CONSTRUCT queries, which can be run where nothing can be written.

Of an operation, one query gives the statements it removes and one those it adds. All else a query means is left to
the store that runs it: a text that is cut in a wrong place does not parse there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cis_graph.errors import QueryForbidden

_TOKEN = re.compile(
    r"""
      (?P<prologue> (?:PREFIX\s+[^\s:<>{}'"]*:|BASE)\s*<[^<>"{}|^`\x00-\x20]*> )
    | <[^<>"{}|^`\x00-\x20]*>
    | '''(?:[^'\\]|\\.|'(?!''))*+''' | \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\"
    | '(?:[^'\\\r\n]|\\.)*+' | "(?:[^"\\\r\n]|\\.)*+"
    | \#[^\r\n]* | \s+ | \\. | [?$]\w+
    | (?P<brace> [{}] ) | (?P<end> ; )
    | (?P<word> \w+ )
    | .
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SILENT = re.compile(r"[\s#<]")
_FORMS = (
    ("INSERT", "DATA", "{"),
    ("DELETE", "DATA", "{"),
    ("DELETE", "WHERE", "{"),
    ("DELETE", "{", "WHERE", "{"),
    ("INSERT", "{", "WHERE", "{"),
    ("DELETE", "{", "INSERT", "{", "WHERE", "{"),
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Operation:
    """The queries for what an operation removes and adds; None where it does not."""

    removed: str | None
    added: str | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or a block in braces, between operations."""

    word: str
    span: Span


def operations(update: str) -> tuple[Operation, ...]:
    """The operations of an update, in order.

    Raises:
        QueryForbidden: it is no INSERT or DELETE on the default graph, or its braces do not close.
    """
    prologue: list[Span] = []
    pieces: list[_Piece] = []
    found: list[Operation] = []
    for piece in _pieces(update):
        if piece.word == "prologue" and not pieces:
            prologue.append(piece.span)
        elif piece.word == ";":
            found += [_operation(update, tuple(prologue), pieces)] if pieces else []
            pieces = []
        else:
            pieces.append(piece)
    found += [_operation(update, tuple(prologue), pieces)] if pieces else []
    if not found:
        raise QueryForbidden("The update holds no operation; write INSERT DATA, DELETE DATA or DELETE/INSERT WHERE.")
    return tuple(found)


def _pieces(update: str) -> Iterator[_Piece]:
    depth = start = 0
    for match in _TOKEN.finditer(update):
        if match["brace"] == "{":
            start = start if depth else match.start()
            depth += 1
        elif match["brace"] == "}":
            depth -= 1
            if depth == 0:
                yield _Piece("{", (start, match.end()))
        elif depth == 0 and not (match.lastgroup is None and _SILENT.match(match.group())):
            word = match["end"] or ("prologue" if match["prologue"] else match.group().upper())
            yield _Piece(word, match.span())
        if depth < 0:
            break
    if depth:
        raise QueryForbidden("The braces of the update do not close.")


def _operation(update: str, prologue: Sequence[Span], pieces: Sequence[_Piece]) -> Operation:
    form = tuple(piece.word for piece in pieces)
    if form not in _FORMS:
        raise QueryForbidden(
            f"{' '.join(form)[:60]} is not taken here: write INSERT DATA, DELETE DATA, DELETE WHERE or "
            "DELETE/INSERT … WHERE on the default graph, without WITH, USING, LOAD or whole graphs."
        )
    *_, last = pieces
    if form[1] == "DATA":
        query = _query(update, prologue, pieces[0], last.span) + " WHERE {}"
    elif form[1] == "WHERE":
        query = _query(update, prologue, pieces[0], pieces[1].span, last.span)
    else:
        where = (pieces[-2].span, last.span)
        made = {
            keyword.word: _query(update, prologue, keyword, block.span, *where)
            for keyword, block in zip(pieces[:-2:2], pieces[1:-2:2], strict=True)
        }
        return Operation(made.get("DELETE"), made.get("INSERT"))
    return Operation(query, None) if form[0] == "DELETE" else Operation(None, query)


def _query(update: str, prologue: Sequence[Span], keyword: _Piece, *kept: Span) -> str:
    """A CONSTRUCT of these pieces; what stands between them is blank, so that errors name lines of the update."""
    text: list[str] = []
    at = 0
    for start, end in (*prologue, keyword.span, *kept):
        text += [_blank(update[at:start]), "CONSTRUCT" if start == keyword.span[0] else update[start:end]]
        at = end
    return "".join(text)


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)
