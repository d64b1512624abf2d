"""Whether a text names a place outside France, or may."""

from cis_graph.territories.index import NameIndex, Weights
from cis_graph.territories.names import is_little, loose
from cis_graph.territories.reading import is_street, segments

_COUNTRY = 50_000.0
_CITY = 3_000.0
"""How often a country or city abroad is meant, in the unit of the index: inhabitants of a French namesake."""
_MOSTLY = 0.9


class Abroad:
    """Names of countries and cities abroad, weighed against the French places that bear them too."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index

    def is_meant(self, text: str) -> bool:
        """Whether a text names a foreign country, or a city abroad and nothing French."""
        parts = segments(text)
        if any(self._is_country(part, [other for other in parts if other != part]) for part in parts):
            return True
        return any(map(self.is_stranger, parts)) and not any(map(self._index.find, parts))

    def is_stranger(self, name: str) -> bool:
        """Whether a normalised name is known abroad and not in France."""
        return self._weight(name) > 0 and not self._index.find(name)

    def share(self, name: str, french: Weights) -> float:
        """The part of a name's mentions that mean a place abroad, 0 to 1."""
        weight = self._weight(name)
        return weight / (weight + sum(french.values())) if weight else 0.0

    def _weight(self, name: str) -> float:
        if name in self._index.countries or loose(name) in self._index.countries:
            return _COUNTRY
        return _CITY if name in self._index.cities_abroad else 0.0

    def _is_country(self, part: str, others: list[str]) -> bool:
        """Whether a part, or its last word (``geneve suisse``), is a country, not a namesake placed by others."""
        whole = bool(self._index.find(part)) or part in self._index.countries
        country = part if whole else _last_name(part)
        if country not in self._index.countries:
            return False
        french = self._index.find(country)
        if self.share(country, french) < _MOSTLY and not (others and french):
            return False
        return not any(self._places(other, french) for other in others)

    def _places(self, other: str, french: Weights) -> bool:
        containers = {key for inner in french for key in self._index.gazetteer.containers(inner)}
        return any(key in containers for key in self._index.find(other))


def _last_name(part: str) -> str:
    """The last word of a part where it stands by itself: not in an address, not after a little word."""
    *before, last = part.split()
    if is_street(part) or (before and is_little(before[-1])):
        return ""
    return last
