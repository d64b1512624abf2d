"""French at the bare path, English under ``/en``: texts through gettext, French being the msgid."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cis_graph.web.negotiation import qualities

DEFAULT: Final = "fr"
_PLURAL = 2
_SPACED = re.compile(r" ([;:?!])")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """One language of the pages, equal to itself alone; ``prefix`` stands before every path of its pages."""

    code: str
    name: str
    prefix: str
    translations: NullTranslations = field(repr=False)

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return self.translations.gettext(message)

    def path(self, bare: str) -> str:
        """The path of the same page in this language."""
        return (self.prefix + bare).removesuffix("/") or "/" if bare == "/" else self.prefix + bare


class French(NullTranslations):
    """French as it is printed: typographic apostrophes, and no line break before high punctuation."""

    def gettext(self, message: str) -> str:
        """The message itself, well set."""
        return _well_set(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The singular for none and one."""
        return self.gettext(msgid1 if n < _PLURAL else msgid2)


@lru_cache(4096)
def _well_set(message: str) -> str:
    return _SPACED.sub("\u202f\\1", message.replace("'", "\u2019")).replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def marked(message: str) -> str:
    """The message itself; the name tells Babel to collect it."""
    return message


def load(locales: Path) -> Mapping[str, Language]:
    """Both languages, English from its catalogue."""
    english = locales / "en" / "LC_MESSAGES" / "messages.po"
    return {
        "fr": Language(code="fr", name="Français", prefix="", translations=French()),
        "en": Language(code="en", name="English", prefix="/en", translations=_compiled(english)),
    }


def split(path: str) -> tuple[str, str]:
    """The language a path asks for and the path without it."""
    if path == "/en" or path.startswith("/en/"):
        return "en", path.removeprefix("/en") or "/"
    return DEFAULT, path


def preferred(accept_language: str | None) -> str:
    """The language a client wants most, French unless it prefers English."""
    graded = {"fr": 0.0, "en": 0.0}
    for tag, quality in qualities(accept_language or ""):
        code = tag.split("-", 1)[0]
        if code in graded:
            graded[code] = max(graded[code], quality)
    return "en" if graded["en"] > graded["fr"] else DEFAULT


def _compiled(path: Path) -> GNUTranslations:
    with path.open("rb") as source:
        catalogue = read_po(source, locale="en")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
