"""What is looked at in a query from outside before anything parses it.

The parser sees no tokens: it reads ``SERVICEex:y`` as ``SERVICE ex:y`` and ``1<'>'`` as a comparison where another
would see an IRI. So a query is read in every way it might be, and refused where one of them asks another server.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from heapq import heappop, heappush

from cis_graph.errors import QueryForbidden, QueryTooLarge

LARGEST_QUERY = 256 * 1024  # characters
DEEPEST_NESTING = 128  # brackets open at once
_MOST_READ = 8_000_000  # characters, over all readings

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<iri> <[^<>"{}|^`\x00-\x20]*> )
    | (?P<string>
          '''(?:[^'\\]|\\.|'(?!''))*+''' | (?!''')'(?:[^'\\\r\n]|\\.)*+'
        | \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | (?!\"\"\")"(?:[^"\\\r\n]|\\.)*+"
      )
    | (?P<unclosed> ['"] )
    | \#[^\r\n]*                                                  # a comment
    | [?$][\w·\u0300-\u036f]+                                     # a variable
    | (?P<word> (?:\w[\w.-]*+)? ) (?P<colon> : )                  # a prefixed name or a blank node
      (?: (?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
          (?:[\w·:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|\.(?=[\w·:.\\%-]))* )?
    | (?P<bare> \w[\w.-]*+ )
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING = re.compile(r"[{(\[]")
_DOUBT_IN_IRI = re.compile(r"['#\\(\[]")
_FULL_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://[^\\]*>")  # no expression has two slashes
_LONG_QUOTES = ("'''", '"""')
_DOUBT_IN_STRING = re.compile(r"""\\[^tbnrf"'\\]""")
_LABEL = re.compile(r"[\w·.-]*")  # of a blank node, which holds no colon
_SERVICE = re.compile("service", re.IGNORECASE)
_BRACKETS = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}


def check_size(text: str) -> None:
    """Refuses a query that is too long to be looked at.

    Raises:
        QueryTooLarge: over :data:`LARGEST_QUERY`.
    """
    if len(text) > LARGEST_QUERY:
        raise QueryTooLarge(f"The query has {len(text)} characters, at most {LARGEST_QUERY} are accepted; split it.")


def check(text: str) -> None:
    """Refuses a query that is too long, nested too deep, or that asks another server.

    Raises:
        QueryTooLarge: over :data:`LARGEST_QUERY` or :data:`DEEPEST_NESTING`, or too doubtful to be read.
        QueryForbidden: ``SERVICE`` stands in it outside strings, IRIs, comments and names, escapes read or not.
    """
    if services(text):
        raise QueryForbidden("SERVICE asks another server and is not allowed here; query that server yourself.")


def services(text: str) -> tuple[int, ...]:
    """Where ``SERVICE`` stands in a query in any of its readings, from 0 on.

    Raises:
        QueryTooLarge: the query is too long, nested too deep, or too doubtful to be read.
        QueryForbidden: the word stands there only, or more often, once escapes are read.
    """
    check_size(text)
    found = _read(text)
    plain = _unescaped(text)
    if plain != text and len(_read(plain)) != len(found):
        raise QueryForbidden("SERVICE asks another server and is not allowed here with escapes; write it plainly.")
    return found


def _read(text: str) -> tuple[int, ...]:
    """Follows every reading of the text; ``depths`` holds the brackets open at each place still to be read from."""
    depths, places, effort = {0: 0}, [0], 0
    found: set[int] = set()
    openings = [match.start() for match in _OPENING.finditer(text)]
    while places:
        place = heappop(places)
        depth = depths.pop(place)
        match = _TOKEN.match(text, place)
        if match is None:
            continue
        unclosed = match["unclosed"] is not None  # all that follows may be bare
        end = len(text) if unclosed else match.end()
        effort += end - place
        if effort > _MOST_READ:
            raise QueryTooLarge("The query can be read in too many ways; write its IRIs in full and close its strings.")
        bare = text[place:] if unclosed else match["word"] or match["bare"] or ""
        found.update(place + word.start() for word in _SERVICE.finditer(bare))
        depth += len(openings) - bisect_left(openings, place) if unclosed else _BRACKETS.get(match.group(), 0)
        if depth > DEEPEST_NESTING:
            raise QueryTooLarge(f"The query opens more than {DEEPEST_NESTING} brackets at once; write it flatter.")
        for following in {end, *_other_ends(match)}:
            if following not in depths:
                heappush(places, following)
            depths[following] = max(depth, depths.get(following, 0))
    return tuple(sorted(found))


def _other_ends(match: re.Match[str]) -> Iterator[int]:
    """Where the parser may go on when it reads a comparison, an empty string or a blank node here."""
    iri, string, colon = match["iri"], match["string"], match.end("colon")
    if iri and _DOUBT_IN_IRI.search(iri) and not _FULL_IRI.fullmatch(iri):
        yield match.start() + 1
    elif string and string.startswith(_LONG_QUOTES) and _DOUBT_IN_STRING.search(string):
        yield match.start() + 2
    elif match["word"] and match["word"].endswith("_") and (label := _LABEL.match(match.string, colon)):
        yield label.end()


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _character(int(match[1] or match[2], 16)), text)


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004 - the last code point
