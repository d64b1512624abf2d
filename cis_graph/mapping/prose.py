"""Facts that stand in prose: lists of names, numbers in words, dates, who does what.

Patterns are written for :func:`plain` text and are bounded: a page without line ends is read in linear time.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from cis_graph.errors import ValueFault
from cis_graph.mapping.names import slug
from cis_graph.mapping.values import MONTHS, clean, french_date
from cis_graph.model.dates import StatedDate
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Label, Scheme

NUMBER = r"(?P<number>\b[0-9]{1,6}|\b[a-zà-ÿ][a-zà-ÿ-]{1,20})"
FIGURE = r"(?P<figure>\b[0-9]{1,3}(?: [0-9]{3}){1,3}\b|\b[0-9]{1,9}\b)"
YEAR = r"(?P<year>\b(?:19|20)[0-9]{2}\b)"
MONTH = rf"(?P<date>(?:\b(?:{'|'.join(MONTHS)}|février|août|décembre) )?\b(?:19|20)[0-9]{{2}}\b)"
NAME = r"(?:(?:la|le|les) |l')?(?P<name>[A-ZÀ-Ý][^,.;:()\n]{0,100}?)"
ENDS = r"(?=\s*(?:[,.;:()\n]|$))"  # stands after NAME
PEOPLE = ("aidants", "handicap psychique", "pauvreté", "précarité")  # words of a theme that name whom it is for

FRANCE = Place(text="France", level="pays")
REGIONS = (
    "Auvergne-Rhône-Alpes", "Bourgogne-Franche-Comté", "Bretagne", "Centre-Val de Loire", "Corse", "Grand Est",
    "Guadeloupe", "Guyane", "Hauts-de-France", "Île-de-France", "La Réunion", "Martinique", "Mayotte", "Normandie",
    "Nouvelle-Aquitaine", "Occitanie", "Pays de la Loire", "Provence-Alpes-Côte d'Azur",
)  # fmt: skip

_LONGEST_NAME = 120  # characters
_NOT_NAMES = frozenset({"", "etc"})
_BULLET = re.compile(r"[•*-]?\s*(?P<kind>[^:,]{1,60}?)\s*:(?P<names>.+)")
_MORE_THAN = re.compile(
    rf"\bplus d(?:e |'){NUMBER} (?:acteur|organisation|partenaire|structure)s\b", flags=re.IGNORECASE
)
_TYPES = re.compile(
    r"(?:Association|Commissariat général|Confédération|Conseil national|Cress|Délégation interministérielle|"
    r"Département|Direction régionale|Fédération|Fondation|Groupement national|Réseau|Union nationale|Ville)\b",
    re.IGNORECASE,
)
_NATIONAL = re.compile(
    r"\b(?:nationa(?:le?|ux|les)|interministérielle?|français(?:e|es)?|commissariat général)\b|(?<![\w-])France\b",
    re.IGNORECASE,
)
_REGIONAL = re.compile(rf"(?:^|(?<= ))(?:{'|'.join(REGIONS)})(?=$| )")
_LOCAL = re.compile(r"(?P<kind>Ville|Commune|Département) (?:de la |de l'|des |de |du |d')(?P<place>\S.{0,60})")
_BRACKETED = re.compile(r"(?P<name>[^()]{1,120}?) ?\((?:L[ae] |L')?(?P<other>[^()]{1,40})\)")
_RESERVED = re.compile(r"(?:project|event)$|(?:part|programme|projet)-")  # node names of other things
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
    "soixante-dix": 70, "quatre-vingts": 80, "quatre-vingt-dix": 90, "cent": 100, "dizaine": 10, "douzaine": 12,
    "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60,
    "centaine": 100,
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


def names(text: str, separator: str = "[,;]") -> tuple[str, ...]:
    """The names of a list separated by commas, each once; ``etc.``, dots and sentences are no names."""
    parts = (part.strip(" .…") for part in re.split(separator, text))
    found: dict[str, str] = {}
    for part in parts:
        if len(part) <= _LONGEST_NAME:
            found.setdefault(slug(part), part)
    return tuple(name for key, name in found.items() if key not in _NOT_NAMES)


def number(words: str) -> int | None:
    """A number in digits or in one French word, None where it is neither."""
    return int(words) if re.fullmatch("[0-9]+", words) else _WORDS.get(words.lower())


def figure(text: str) -> int | None:
    """A number in digits, thousands apart or not; None where there is none."""
    digits = text.replace(" ", "")
    return int(digits) if re.fullmatch("[0-9]{1,12}", digits) else None


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


def bracketed(name: str) -> tuple[str, str]:
    """A name and the other one in brackets behind it (``Coorace (CO)``), empty where there is none."""
    match = _BRACKETED.fullmatch(name)
    return (match["name"], match["other"]) if match else (name, "")


def organisation(name: str, *others: str, spellings: Mapping[str, str]) -> Actor:
    """An actor of which only names are told: they may tell its type and its territory.

    ``spellings`` gives the name to show for the slug of one that is spelled otherwise; another case is no other name.
    """
    label = spellings.get(slug(name), name)
    key, told = slug(label), _TYPES.match(label)
    by_words = {slug(one): one for one in (name, *others) if slug(one) not in {"", key}}
    return Actor(
        node=f"acteur-{key}" if _RESERVED.match(key) else key,
        label=label,
        alternative_labels=tuple(by_words.values()),
        actor_type=Label(text=told.group().capitalize(), scheme="actor-type") if told else None,
        places=places_told(label),
    )


def places_told(name: str) -> tuple[Place, ...]:
    """The territory that an actor's name tells: its own, a région, or France of what is national or of the State."""
    if local := _LOCAL.fullmatch(name):
        return (Place(text=local["place"], level="departement" if local["kind"] == "Département" else "commune"),)
    if region := _REGIONAL.search(name):
        return (Place(text=region.group(), level="region"),)
    return (FRANCE,) if _NATIONAL.search(name) else ()
