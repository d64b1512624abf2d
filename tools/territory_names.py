"""Names of territories beside their official ones: of merged communes, and of places abroad that are not meant."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale
from babel.core import get_global

Json = Mapping[str, Any]

FRENCH_COUNTRIES = frozenset(["FR", "BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT", "CP"])
# World, Europe, Western Europe, European Union, euro area, United Nations, Polynésie, Caraïbes: France is part of them
FRENCH_AREAS = frozenset(["001", "150", "155", "EU", "EZ", "UN", "061", "029"])
MOST_MERGERS = 12


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class OldName:
    """A name or code that once stood for a living commune; ``population`` is what it then counted, if known."""

    name: str
    key: str
    kind: str
    population: str = ""


def successors(current: Iterable[Json], history: Iterable[Json]) -> dict[str, str]:
    """The living commune's code for each code since 1943 that leads to one."""
    living = {row["code"]: row["code"] for row in current if row["type"] == "commune-actuelle"}
    joined = {old: row["code"] for row in current for old in row.get("anciensCodes", ())}
    joined |= {row["code"]: row["chefLieu"] for row in current if "chefLieu" in row and row["code"] not in living}
    for row, last in ended(history):
        if (code := living.get(last["code"]) or joined.get(last["code"])) in living:
            joined.setdefault(row["code"], code)
    return {old: new for old, new in joined.items() if new in living} | living


def ended(history: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Each state of a commune with the last state it leads to."""
    states = {row["id"]: row for row in history}
    for row in states.values():
        last = row
        for _ in range(MOST_MERGERS):
            following = states.get(last.get("successeur") or last.get("pole") or "")
            if following is None:
                break
            last = following
        yield row, last


def old_names(current: list[Json], editions: Iterable[list[Json]], history: list[Json]) -> set[OldName]:
    """Names of communes that were merged, renamed or made delegated, and the codes they had."""
    joined = successors(current, history)
    names = {row["code"]: row["nom"] for row in current if row["type"] == "commune-actuelle"}
    found = {OldName(name=old, key=f"commune-{new}", kind="former-code") for old, new in joined.items() if old != new}
    inhabitants: dict[tuple[str, str], int] = {}
    said = [(row, "delegated") for row in current if "chefLieu" in row]
    said += [(row, "former-name") for edition in editions for row in edition]
    said += [(row, "former-name") for row in history]
    for row, _ in said:
        if "population" in row:
            inhabitants.setdefault((row["code"], row["nom"]), row["population"])
    taken: set[tuple[str, str]] = set()
    for row, kind in said:
        code = row["chefLieu"] if kind == "delegated" else joined.get(row["code"], "")
        if row["nom"] != names.get(code, row["nom"]) and (row["nom"], code) not in taken:
            taken.add((row["nom"], code))
            population = str(inhabitants.get((row["code"], row["nom"]), ""))
            kind_told = "renamed" if row["code"] == code else kind
            found.add(OldName(name=row["nom"], key=f"commune-{code}", kind=kind_told, population=population))
    return found


def foreign_names() -> set[OldName]:
    """Countries, continents and the cities that name time zones, in CLDR's French; without key: they are not ours."""
    french = Locale("fr")
    ours = FRENCH_COUNTRIES | FRENCH_AREAS
    found = {
        OldName(name=name, key="", kind="country") for code, name in french.territories.items() if code not in ours
    }
    for zone, country in get_global("zone_territories").items():
        if country not in FRENCH_COUNTRIES and "/" in zone:
            city = french.time_zones.get(zone, {}).get("city") or zone.rsplit("/", 1)[1].replace("_", " ")
            found.add(OldName(name=city, key="", kind="abroad"))
    return found
