"""Names made comparable: without accents, case, articles, legal forms and the traces of a bad export."""

import contextlib
import html
import re
import sys
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

_ARTICLES = frozenset(
    "le la les l d de du des un une et a au aux en sur pour par dans avec son sa ses ce cette".split()  # noqa: SIM905 - a list of words reads best so
)
_LEGAL = re.compile(r"\b(?:association|asso|loi 1901|scop|scic|sarl|sas|sasu|sa|eurl|esus|societe|ste)\b")
_BRACKETED_FORM = re.compile(r"\((?:association|asso|scic|esus|scop)[^)]*\)", re.IGNORECASE)
_GLUED_CAPITAL = re.compile(r"(?<=[a-zéè])([A-ZÉ])")
_SAINT = re.compile(r"\bst(e?)\b")
_WORD = re.compile(r"[a-z0-9]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_MOJIBAKE = ("Ã", "â€")
_SHORTEST_PLURAL = 5  # letters: "bus" keeps its s
_LONGEST_ACRONYM = 8


class Name(NamedTuple):
    """One name: ``text`` are its telling words in order, ``words`` the same without plural marks, ``glued`` no blanks.

    ``initials`` are the first letters of three words or more, with which an acronym is compared.
    """

    text: str
    words: frozenset[str]
    glued: str
    initials: str

    @property
    def is_acronym(self) -> bool:
        """Whether the name is one short word, which may be the initials of another."""
        return len(self.words) == 1 and 2 < len(self.glued) <= _LONGEST_ACRONYM  # noqa: PLR2004 - of three letters at least


UNNAMED = Name(text="", words=frozenset(), glued="", initials="")


@lru_cache(1 << 18)
def name_of(text: str, *, of_actor: bool) -> Name | None:
    """The comparable name; legal forms are left out of an actor's. None where no letter or digit is left."""
    if of_actor:
        text = _BRACKETED_FORM.sub(" ", text)
    plain = plain_words(text)
    kept = " ".join(_LEGAL.sub(" ", plain).split()) if of_actor else plain
    telling = _without_articles(kept) or _without_articles(plain) or plain.split()
    return name_told(" ".join(telling)) if telling else None


@lru_cache(1 << 18)
def name_told(text: str) -> Name:
    """The name whose ``text`` this is."""
    telling = text.split()
    stems = [sys.intern(stem(word)) for word in telling]
    return Name(
        text=text,
        words=frozenset(stems),
        glued="".join(stems),
        initials="".join(word[0] for word in telling) if len(telling) > 2 else "",  # noqa: PLR2004 - three words
    )


@lru_cache(1 << 18)
def plain_words(text: str) -> str:
    """A text in lower-case ASCII words with one blank between them; ``&`` is read ``et``, ``St`` is read ``saint``."""
    return " ".join(_words(text))


def forget_names() -> None:
    """Lets go of all names that were made comparable: to be called where no more are to come."""
    name_of.cache_clear()
    name_told.cache_clear()
    plain_words.cache_clear()


def _words(text: str) -> list[str]:
    ascii_text = _NOT_ASCII.sub(_transliterated, _repaired(text)).lower().replace("&", " et ")
    return _WORD.findall(_SAINT.sub(r"saint\1", ascii_text))


def _transliterated(letters: re.Match[str]) -> str:
    return _ascii(letters[0])


@lru_cache(1 << 12)
def _ascii(letters: str) -> str:
    return anyascii(letters)


def _without_articles(text: str) -> list[str]:
    return [word for word in text.split() if word not in _ARTICLES]


def stem(word: str) -> str:
    """A word without the mark of its plural."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word


def telling_words(text: str) -> tuple[str, ...]:
    """The words of four letters and more of a text, stemmed, each once and kept once for all texts, in order."""
    found = {stem(word) for word in _words(text) if len(word) > 3}  # noqa: PLR2004 - four letters
    return tuple(map(sys.intern, sorted(found)))


def _repaired(text: str) -> str:
    text = html.unescape(text)
    if any(mark in text for mark in _MOJIBAKE):
        with contextlib.suppress(UnicodeError):  # the marks may be meant
            text = text.encode("cp1252").decode("utf-8")
    return text if text.isupper() else _GLUED_CAPITAL.sub(r" \1", text)
