"""Places as lists write them: a town with its postcode, an address, a name with what it lies in behind it."""

import re
from dataclasses import replace

from cis_graph.model.recognition import Hint, Sought
from cis_graph.territories.names import normalised
from cis_graph.territories.reading import Postal, clean, is_street, postal, segments, with_number

_PLACES = ("territory",)
_PARTS = re.compile(r"[,;|()\[\]/]|\s[-–—]\s|\d{2}[ .]?\d{3}")  # noqa: RUF001 - dashes as people write them
_NUMBER = re.compile(r"2[ab]|97\d|98\d|\d{2}")
_DIVIDED = {"paris": "75", "lyon": "69", "marseille": "13"}  # cities whose postcodes are those of arrondissements


def read_place(sought: Sought) -> Sought | None:
    """The same question with the place alone as its name, and what the text says it lies in as a hint.

    ``87000 Limoges`` and ``3 rue Haute, 87000 Limoges`` ask for Limoges in département 87, ``69003 Lyon`` for the third
    arrondissement, ``Doubs (Jura)`` for Doubs in Jura. None where a text says nothing but a name, or where more than a
    territory is sought.
    """
    if sought.kinds != _PLACES:
        return None
    text = clean(sought.text)
    code, parts, numbered = postal(text), segments(text), with_number(normalised(text))
    if code:
        names = [name for name in code.names if not is_street(name)]
        within = tuple(f"departement-{number}" for number in code.departements)
    elif len(parts) == 1 and numbered:
        names, within = [numbered[0]], (f"departement-{numbered[1]}",)
    else:
        names = parts[:1]
        within = tuple(f"departement-{part}" if _NUMBER.fullmatch(part) else part for part in parts[1:])
    if not (names and within):
        return None
    if code and (district := _arrondissement(code, names[0])):
        return replace(sought, text=district)
    name = _as_written(names[0], text)
    return replace(sought, text=name, hints=(*sought.hints, Hint(name="territory", values=within)))


def _arrondissement(code: Postal, city: str) -> str:
    """The name of the arrondissement that a postcode is of; empty where it is of none."""
    number = int(code.code[-2:])
    if not number or _DIVIDED.get(city) != code.code[:2]:
        return ""
    return f"{city} {number}{'er' if number == 1 else 'e'} arrondissement"


def _as_written(name: str, text: str) -> str:
    """The part of a text that a normalised name stands for, as names are compared by what is written."""
    return next((part.strip() for part in _PARTS.split(text) if normalised(part) == name), name)
