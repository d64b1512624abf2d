"""Facts that stand in prose: lists of names, numbers in words, dates, who does what.

Patterns are written for :func:`plain` text and are bounded: a page without line ends is read in linear time.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from cis_graph.errors import ValueFault
from cis_graph.mapping.names import slug
from cis_graph.mapping.values import MONTHS, clean, french_date
from cis_graph.model.dates import StatedDate
from cis_graph.model.records import Actor, Label, Scheme

NUMBER = r"(?P<number>\b[0-9]{1,6}|\b[a-zà-ÿ][a-zà-ÿ-]{1,20})"
YEAR = r"(?P<year>\b(?:19|20)[0-9]{2}\b)"
MONTH = rf"(?P<date>(?:\b(?:{'|'.join(MONTHS)}|février|août|décembre) )?\b(?:19|20)[0-9]{{2}}\b)"
NAME = r"(?:(?:la|le|les) |l')?(?P<name>[A-ZÀ-Ý][^,.;:()\n]{0,100}?)"
ENDS = r"(?=\s*(?:[,.;:()\n]|$))"  # stands after NAME
PEOPLE = ("aidants", "handicap psychique", "pauvreté", "précarité")  # words of a theme that name whom it is for

_LONGEST_NAME = 120  # characters
_NOT_NAMES = frozenset({"", "etc"})
_BULLET = re.compile(r"[•*-]?\s*(?P<kind>[^:,]{1,60}?)\s*:(?P<names>.+)")
_MORE_THAN = re.compile(
    rf"\bplus d(?:e |'){NUMBER} (?:acteur|organisation|partenaire|structure)s\b", flags=re.IGNORECASE
)
_PLAIN = str.maketrans({
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "«": '"',
    "»": '"',
})  # fmt: skip
_WORDS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix-sept": 17,
    "dix-huit": 18, "dix-neuf": 19, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "soixante-dix": 70, "quatre-vingts": 80, "quatre-vingt-dix": 90, "cent": 100,
}  # fmt: skip


def plain(text: str) -> str:
    """Text cleaned to one line, with straight quotes and short dashes."""
    return clean(text.translate(_PLAIN))


def plain_lines(text: str) -> str:
    """Each line made plain; blank lines are left out."""
    return "\n".join(line for line in map(plain, text.splitlines()) if line)


Prose = Annotated[str, BeforeValidator(plain)]
Lines = Annotated[str, BeforeValidator(plain_lines)]


@dataclass(frozen=True, slots=True)
class NamedList:
    """Names under their kind, as in ``Entreprises : Enedis, Keolis, etc.``."""

    kind: str
    names: tuple[str, ...]


def named_lists(text: str) -> tuple[NamedList, ...]:
    """One list a line that has a kind, a colon and names; a line that ends with a comma goes on in the next."""
    lines = text.replace(",\n", ", ").splitlines()
    lists = (match for line in lines if (match := _BULLET.fullmatch(line)))
    return tuple(NamedList(match["kind"], names(match["names"])) for match in lists)


def names(text: str) -> tuple[str, ...]:
    """The names of a list separated by commas, each once; ``etc.``, dots and sentences are no names."""
    parts = (part.strip(" .…") for part in re.split(r"[,;]", text))
    found: dict[str, str] = {}
    for part in parts:
        if len(part) <= _LONGEST_NAME:
            found.setdefault(slug(part), part)
    return tuple(name for key, name in found.items() if key not in _NOT_NAMES)


def number(words: str) -> int | None:
    """A number in digits or in one French word, None where it is neither."""
    return int(words) if re.fullmatch("[0-9]+", words) else _WORDS.get(words.lower())


def more_than(text: str) -> int | None:
    """The claim in ``plus de 60 partenaires`` or ``plus de soixante acteurs``."""
    match = _MORE_THAN.search(text)
    return number(match["number"]) if match else None


def stated(text: str) -> StatedDate | None:
    """A date in French words, None where there is none or it is no day of the calendar."""
    try:
        return french_date(text) if text else None
    except ValueFault:
        return None


def group(pattern: re.Pattern[str], text: str | None, name: str) -> str:
    """What the named group of the first match holds, empty where nothing matches."""
    match = pattern.search(text or "")
    return match[name] if match else ""


def mentioned(words: Iterable[str], text: str, scheme: Scheme) -> tuple[Label, ...]:
    """A label for each of the words that the text holds, case and accents apart."""
    whole = f"-{slug(text)}-"
    return tuple(Label(text=word, scheme=scheme) for word in words if f"-{slug(word)}-" in whole)


def each_once(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """The actors as first told, one a node."""
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.node, actor)
    return tuple(found.values())


def role(key: str) -> Label:
    """The role that a sentence gives to an actor."""
    return Label(text=key, scheme="role", concept=key)
