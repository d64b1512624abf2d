"""What is looked at in a query from outside before anything parses it."""

import re

from cis_graph.errors import QueryForbidden, QueryTooLarge

LARGEST_QUERY = 256 * 1024  # characters
DEEPEST_NESTING = 128  # brackets open at once

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_HARMLESS = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>                     # an IRI
    | '''(?:[^'\\]|\\.|'(?!''))*''' | '(?:[^'\\\r\n]|\\.)*'  # strings
    | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | "(?:[^"\\\r\n]|\\.)*"
    | \#[^\r\n]*                                    # a comment
    | [?$][\w·]+                                    # a variable
    | (?:[^\W\d_][\w.-]*)?:[\w·:%.-]+               # a prefixed name with its local part
    """,
    re.VERBOSE | re.DOTALL,
)
_BRACKETS = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}


def check(text: str) -> None:
    """Refuses a query that is too long, nested too deep, or that asks another server.

    Raises:
        QueryTooLarge: over :data:`LARGEST_QUERY` or :data:`DEEPEST_NESTING`.
        QueryForbidden: ``SERVICE`` stands in it outside strings, IRIs, comments and names, escapes read.
    """
    if len(text) > LARGEST_QUERY:
        raise QueryTooLarge(f"The query has {len(text)} characters, at most {LARGEST_QUERY} are accepted; split it.")
    bare = _HARMLESS.sub(" ", _unescaped(text))
    if _depth(bare) > DEEPEST_NESTING:
        raise QueryTooLarge(f"The query opens more than {DEEPEST_NESTING} brackets at once; write it flatter.")
    if re.search("service", _service_names(text), re.IGNORECASE):
        raise QueryForbidden("SERVICE asks another server and is not allowed here; query that server yourself.")


def _service_names(text: str) -> str:
    """The query without what cannot open a SERVICE clause; a name like ``SERVICE:x`` can, for this parser."""
    plain = _unescaped(text)
    return _HARMLESS.sub(lambda match: match.group() if _opens_service(match.group()) else " ", plain)


def _opens_service(token: str) -> bool:
    return token[:1] not in "<'\"#?$" and token.lower().partition(":")[0].endswith("service")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _character(int(match[1] or match[2], 16)), text)


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004 - the last code point


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        depth += _BRACKETS.get(character, 0)
        deepest = max(deepest, depth)
    return deepest
