"""What a contributor's text says before any name is looked up: its parts, postcode, level."""

import re
from contextlib import suppress
from dataclasses import dataclass

from cis_graph.model.places import Level
from cis_graph.territories.names import normalised

LONGEST_TEXT = 300
"""A longer text, in characters, is no name of a place."""

_POSTCODE = re.compile(r"(?<![\w-])(?:F-?|FR-?)?(\d{2})[ .\u00a0]?(\d{3})(?![\w])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_SEPARATOR = re.compile(r"[,;|()\[\]\n>]|/(?!\s*\w{0,2}eine)|\s[-\u2013\u2014]\s")
_BRACKETED = re.compile(r"[(\[]\s*\d[\dabAB]{1,2}\s*[)\]]")
_CEDEX = re.compile(r"\bcedex\b ?(\d{1,2})?.*$")
_STREET = re.compile(
    r"^\d+ (?:bis |ter )?[a-z]{2}|\b(?:rue|avenue|av|bd|bld|boulevard|place|chemin|route|impasse|allee|allees|quai"
    r"|cours|quartier|residence|lieu dit|lieudit|zac|za|zi|bp|cs|batiment|square|faubourg)\b"
)
_LEADING = re.compile(r"^(?:en|a|au|aux|dans|sur) (?:(?:le|la|les|l) )?(?=\w)")
_ARTICLE = re.compile(r"^(?:de la|de l|du|des|de|d|n) ")
_LEVEL_WORDS: tuple[tuple[str, Level], ...] = (
    (r"ville|commune|mairie|municipalite|centre ville", "commune"),
    (r"region|conseil regional|region administrative", "region"),
    (r"departement|conseil departemental|conseil general|dept|dpt|dep", "departement"),
    (r"cc|ca|cu|ept|metropole|intercommunalite|epci|eurometropole|bassin de vie", "epci"),
)
_PREFIXES = tuple(
    (re.compile(rf"^(?:(?:la|le|l) )?(?:{words})(?: (?:de la|de l|du|des|de|d|n|no))? (?=\w)"), level)
    for words, level in _LEVEL_WORDS
)
_LEVEL_WORD = re.compile("|".join(words for words, _ in _LEVEL_WORDS))
_METROPOLIS = re.compile(r" (?:metropole|ca|eurometropole)$")
_NUMBER_LAST = re.compile(r"^(.*\D) (2[ab]|97\d|98\d|\d{2})$")
_NUMBER_FIRST = re.compile(r"^(2[ab]|97\d|98\d|\d{2}) (\D.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Postal:
    """A postcode, the normalised names that may go with it, best first, and the number after ``CEDEX``."""

    code: str
    names: tuple[str, ...]
    cedex: str = ""

    @property
    def departements(self) -> tuple[str, ...]:
        """The codes of the départements that the postcode's digits name, the likelier first in Corsica."""
        if self.code.startswith("20"):
            return ("2A", "2B") if self.code < "20200" else ("2B", "2A")
        return (self.code[: 3 if self.code.startswith(("97", "98")) else 2],)


def clean(text: str) -> str:
    """The text on one line, repaired when UTF-8 was read as Windows-1252, without control or direction marks."""
    with suppress(UnicodeError):
        text = text.encode("cp1252").decode("utf-8")
    return " ".join(_CONTROL.sub(" ", text).split())


def postal(text: str) -> Postal | None:
    """The last postcode of a text with the town beside it, or nothing."""
    matches = list(_POSTCODE.finditer(text))
    if not matches:
        return None
    match = matches[-1]
    cedex = _CEDEX.search(normalised(text[match.end() :]))
    sides = [*segments(text[match.end() :]), *reversed(segments(text[: match.start()]))]
    number = (cedex.group(1) or "") if cedex else ""
    return Postal(code=match[1] + match[2], names=tuple(sides), cedex=number.lstrip("0"))


def segments(text: str) -> list[str]:
    """The normalised parts of a text between commas, brackets, slashes and dashes."""
    names = (_CEDEX.sub("", normalised(part)).strip() for part in _SEPARATOR.split(text))
    return [name for name in names if name]


def whole_name(text: str) -> str:
    """The normalised text, or nothing when it has a number in brackets, which is that of a département."""
    return "" if _BRACKETED.search(text) else _CEDEX.sub("", normalised(text)).strip()


def is_street(name: str) -> bool:
    """Whether a normalised text looks like an address within a town."""
    return _STREET.search(name) is not None


def says_level(name: str) -> bool:
    """Whether a normalised text is a word for a level and no name (``region``)."""
    return _LEVEL_WORD.fullmatch(name) is not None


def without_lead(name: str) -> str:
    """A normalised text without a preposition before it (``dans le rhone``)."""
    return _LEADING.sub("", name)


def said_level(name: str) -> tuple[Level, str] | None:
    """The level an institution's name says, and the rest of the text (``ville de lyon``)."""
    for pattern, level in _PREFIXES:
        if match := pattern.match(name):
            return level, name[match.end() :]
    if match := _METROPOLIS.search(name):
        return "epci", name[: match.start()]
    return None


def with_number(name: str) -> tuple[str, str] | None:
    """A name and the département's code written before or after it (``saint priest 69``)."""
    if match := _NUMBER_LAST.match(name):
        return match[1].strip(), match[2].upper()
    if match := _NUMBER_FIRST.match(name):
        return match[2], match[1].upper()
    return None
