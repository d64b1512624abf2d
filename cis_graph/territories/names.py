"""How a territory's name is compared: without accents, case, punctuation, abbreviations and little words."""

import re
from functools import lru_cache

from anyascii import anyascii

_ABBREVIATIONS = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "ss": "sous",
    "lez": "les",
    "communaute de communes": "cc",
    "communautes de communes": "cc",
    "com com": "cc",
    "comcom": "cc",
    "communaute d agglomeration": "ca",
    "communaute d agglo": "ca",
    "agglomeration": "ca",
    "agglo": "ca",
    "communaute urbaine": "cu",
    "metro": "metropole",
    "etablissement public territorial": "ept",
}
_LITTLE = frozenset(["l", "le", "la", "les", "d", "de", "du", "des", "et", "en", "a", "au", "aux"])
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SLASHED_TWICE = re.compile(r"\bs ?/ ?s\b")
_SLASHED = re.compile(r"\bs ?/ ?(?=\w)")
_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(sorted(_ABBREVIATIONS, key=len, reverse=True))})\b")


@lru_cache(maxsize=1 << 16)
def normalised(text: str) -> str:
    """Lower-case ASCII words separated by one space, with usual abbreviations written out (``Ste`` is ``sainte``)."""
    plain = _SLASHED.sub("sur ", _SLASHED_TWICE.sub("sous ", anyascii(text).lower()))
    return _ABBREVIATION.sub(_written_out, _NOT_WORD.sub(" ", plain).strip())


def is_little(word: str) -> bool:
    """Whether a normalised word is an article or a little preposition."""
    return word in _LITTLE


def loose(name: str) -> str:
    """A normalised name without articles and little prepositions; itself when nothing else is left."""
    return " ".join([word for word in name.split() if not is_little(word)]) or name


def _written_out(match: re.Match[str]) -> str:
    return _ABBREVIATIONS[match.group()]
