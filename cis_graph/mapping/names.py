"""Names made comparable, and node names made of them."""

import re
from functools import lru_cache

from anyascii import anyascii

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ACRONYM = re.compile(r"(.+?) \(([^()]+)\)")


@lru_cache(maxsize=1 << 16)
def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens (``Les Petits Frères`` to ``les-petits-freres``)."""
    return _NOT_WORD.sub("-", anyascii(text).lower()).strip("-")


def with_acronym(text: str) -> tuple[str, ...]:
    """A name and, where brackets at its end hold one, its acronym (``Agence (ADEME)`` to ``Agence`` and ``ADEME``)."""
    found = _ACRONYM.fullmatch(text)
    return found.groups() if found else (text,)


def starting(name: str, words: tuple[str, ...]) -> str | None:
    """The first of some words that a name starts with, whatever their case and accents."""
    start = f"{slug(name)}-"
    return next((word for word in words if start.startswith(f"{slug(word)}-")), None)
