"""Twenty contributors and their habits: how each writes, what it leaves out, in which files it hands over."""

from dataclasses import dataclass
from typing import Literal

from benchmarks.reference.dice import Dice

Dialect = Literal["sheet", "portal", "register"]
FileKind = Literal["csv", "xlsx", "json"]
PlaceStyle = Literal["postcode", "name", "capitals", "departement", "bare-departement", "region", "epci", "address"]
DateStyle = Literal["iso", "slashes", "words", "month", "year"]

NAMES = (
    "reseau-clairiere", "fondation-aurore-locale", "atlas-des-possibles", "portail-du-grand-ouest",
    "agence-rebond", "annuaire-solidaire", "carnet-des-communs", "fonds-passerelles",
    "observatoire-des-liens", "maison-des-initiatives", "federation-trait-d-union", "journal-des-territoires",
    "prix-de-l-entraide", "plateforme-mosaique", "union-des-lieux", "cartographie-vive",
    "pole-cooperation-est", "appel-a-idees", "banque-des-solutions", "ligue-des-voisinages",
)  # fmt: skip
_FILES: tuple[tuple[Dialect, FileKind, str, str], ...] = (  # dialect, kind, delimiter, encoding
    ("portal", "json", "", "utf-8"),
    ("sheet", "csv", ";", "cp1252"),
    ("register", "csv", ";", "utf-8-sig"),
    ("sheet", "csv", ",", "utf-8"),
    ("portal", "json", "", "utf-8"),
    ("sheet", "xlsx", "", ""),
    ("sheet", "csv", "\t", "utf-8"),
    ("register", "csv", ",", "utf-8"),
    ("sheet", "csv", ";", "utf-8-sig"),
    ("portal", "json", "", "utf-8"),
)
_PLACES: tuple[PlaceStyle, ...] = (
    "postcode", "name", "capitals", "departement", "bare-departement", "region", "epci", "address",
)  # fmt: skip
_DATES: tuple[DateStyle, ...] = ("iso", "slashes", "words", "month", "year")
_REGIONAL = {"portail-du-grand-ouest": ("53", "52"), "pole-cooperation-est": ("44", "27")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """One contributor. Numbers are shares of the cases in which something is told, or goes wrong."""

    name: str
    weight: float
    dialect: Dialect
    kind: FileKind
    delimiter: str
    encoding: str
    wording: int  # which of the five wordings of every label
    places: tuple[PlaceStyle, ...]
    dates: DateStyle
    regions: tuple[str, ...]  # codes; empty: all of France
    sentences: int
    siren: float
    rna: float
    site: float
    point: float
    partners: float
    most_partners: int
    roles: bool
    themes: float
    upper: float
    unaccented: float
    form: float
    alias: float
    typo: float
    entities: float
    mojibake: float
    actor_in_title: float
    lead_missing: float


def contributors(profile: int) -> tuple[Habits, ...]:
    """The twenty contributors of a profile; their shapes of files are the same in all profiles."""
    return tuple(_contributor(place, name, Dice(profile, "habits", name)) for place, name in enumerate(NAMES))


def _contributor(place: int, name: str, dice: Dice) -> Habits:
    dialect, kind, delimiter, encoding = _FILES[place % len(_FILES)]
    return Habits(
        name=name,
        weight=1 / (place % 7 + 1),
        dialect=dialect,
        kind=kind,
        delimiter=delimiter,
        encoding=encoding,
        wording=place % 5,
        places=tuple(dice.some(_PLACES, 4)),
        dates=dice.pick(_DATES),
        regions=_REGIONAL.get(name, ()),
        sentences=dice.pick((2, 3, 4, 6)),
        siren=dice.pick((0.0, 0.15, 0.5, 0.8)),
        rna=dice.pick((0.0, 0.0, 0.3)),
        site=dice.pick((0.2, 0.5, 0.7, 0.9)),
        point=dice.pick((0.0, 0.0, 0.5, 0.95)),
        partners=dice.pick((0.5, 0.9, 1.0)) if place % 4 != 3 else 0.0,
        most_partners=dice.pick((5, 1_000, 1_000)),
        roles=dice.chance(0.6),
        themes=dice.pick((0.8, 0.95, 1.0)),
        upper=0.9 if place % 7 == 3 else 0.08,
        unaccented=0.6 if place % 5 == 2 else 0.06,
        form=dice.between(5, 45) / 100,
        alias=dice.between(3, 25) / 100,
        typo=dice.between(1, 8) / 100,
        entities=0.15 if place % 6 == 1 else 0.01,
        mojibake=0.08 if place % 9 == 4 else 0.002,
        actor_in_title=dice.below(20) / 100,
        lead_missing=0.05,
    )
