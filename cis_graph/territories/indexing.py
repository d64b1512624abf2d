"""Fill the index of names from the gazetteer."""

import re
from collections.abc import Iterator
from itertools import chain

from cis_graph.territories.gazetteer import Gazetteer, OtherName, Territory
from cis_graph.territories.index import NameIndex
from cis_graph.territories.names import loose, normalised

_UNCOUNTED = 600
"""Inhabitants supposed in a commune that was merged before the counts we have."""

_UNTYPED = 0.2
"""How often an EPCI is meant when its type is left out."""

_EPCI_TYPE = re.compile(r"^(?:cc|ca|cu|ept|metropole) (?:ca )?(?=\w)")
_BRACKETS = re.compile(r"\(([^)]*)\)")
_ARRONDISSEMENT = re.compile(r"(?P<city>\w+) (?P<number>\d+)")
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def build_index(gazetteer: Gazetteer) -> NameIndex:
    """The index of all names, codes and postcodes of a gazetteer."""
    index = NameIndex(gazetteer=gazetteer)
    for territory in gazetteer.territories.values():
        _add_territory(index, territory)
    for other in gazetteer.other_names:
        _add_other(index, other)
    for name, weights in index.exact.items():
        _merge(index.loose[loose(name)], weights)
    _add_epci(index)
    return index


def arrondissement_names(name: str) -> Iterator[str]:
    """Ways to write a municipal arrondissement, from its official name (``Lyon 7e Arrondissement``), normalised."""
    match = _ARRONDISSEMENT.match(name)
    if match is None:
        return
    city, number = normalised(match["city"]), int(match["number"])
    roman = "x" * (number // 10) + _ROMAN_ONES[number % 10]
    ordinals = [f"{count}{ending}" for count in (str(number), roman) for ending in ("e", "eme", "ieme", "er", "nd")]
    for ordinal in (*ordinals, str(number), f"{number:02}", roman):
        yield f"{city} {ordinal}"
        for word in ("arrondissement", "arrdt", "arrt", "arr"):
            yield from (f"{city} {ordinal} {word}", f"{ordinal} {word} {city}", f"{ordinal} {word} de {city}")
            yield f"{ordinal} {word} d {city}"


def _add(index: NameIndex, name: str, key: str, weight: float) -> None:
    if name:
        _merge(index.exact[name], {key: weight})
        index.names[key].add(name)


def _merge(into: dict[str, float], weights: dict[str, float]) -> None:
    for key, weight in weights.items():
        into[key] = max(weight, into.get(key, 0.0))


def _add_territory(index: NameIndex, territory: Territory) -> None:
    key, weight = territory.key, index.mention(territory.key)
    _add(index, normalised(territory.name), key, weight)
    if territory.code and territory.level in ("commune", "departement", "epci"):
        index.codes[territory.code] = key
    if any(parent.startswith("commune-") for parent in territory.within):
        for name in arrondissement_names(territory.name):
            _add(index, name, key, weight)
        _add_to_city(index, territory)
    for postcode in _own_postcodes(index.gazetteer, territory):
        index.postcodes[postcode].append(key)


def _add_to_city(index: NameIndex, arrondissement: Territory) -> None:
    """Let ``Marseille 13`` be the city in its département as well as its arrondissement."""
    match = _ARRONDISSEMENT.match(arrondissement.name)
    if match and match["number"] == index.gazetteer.departement(arrondissement.key):
        for city in arrondissement.within:
            _add(index, normalised(match.group()), city, index.mention(arrondissement.key))


def _own_postcodes(gazetteer: Gazetteer, territory: Territory) -> tuple[str, ...]:
    """Its postcodes, unless its municipal arrondissements have them."""
    return () if territory.key in gazetteer.divided else territory.postcodes


def _add_other(index: NameIndex, other: OtherName) -> None:
    name = normalised(other.name)
    if other.key is None:
        keyless = {"country": index.countries, "abroad": index.cities_abroad, "unplaced": index.unplaced}
        keyless[other.kind].add(name)
    elif other.kind == "former-code":
        index.codes.setdefault(other.name, other.key)
    elif other.kind in ("alias", "renamed"):
        _add(index, name, other.key, index.mention(other.key))
    else:
        counted = _UNCOUNTED if other.population is None else other.population
        _add(index, name, other.key, min(counted + 0.0, index.mention(other.key)))


def _add_epci(index: NameIndex) -> None:
    """EPCI by their names without type; such a name is theirs alone only when nobody else bears it."""
    gazetteer = index.gazetteer
    epcis = [one for one in gazetteer.territories.values() if one.level == "epci"]
    told = [(one, name) for one in epcis for name in _without_type(one.name)]
    free = [(one, name) for one, name in told if not index.find(name)]
    for one, name in told:
        index.groupings[loose(name)][one.key] = index.mention(one.key)
    for one, name in free:
        _add(index, name, one.key, index.mention(one.key) * _UNTYPED)
        _merge(index.loose[loose(name)], index.exact[name])
    for one in sorted(epcis, key=lambda one: (len(one.within), index.mention(one.key))):
        members = gazetteer.communes.get(one.key, frozenset())
        if members:
            index.seats[max(sorted(members), key=index.mention)] = one.key


def _without_type(name: str) -> Iterator[str]:
    """The names of an EPCI without brackets and without its type, and what stands in the brackets."""
    whole = normalised(_BRACKETS.sub(" ", name))
    bare = _EPCI_TYPE.sub("", whole)
    yield from chain({whole, bare, loose(bare)}, (normalised(short) for short in _BRACKETS.findall(name)))
