"""Which territories bear a name, a code or a postcode."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.names import loose

Weights = Mapping[str, float]
"""How often each territory is meant, by its key; only the proportions have a meaning."""

_UNSAID = 300
"""Inhabitants added to each territory: a village is written about more than its size tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameIndex:
    """Territories by what they are called.

    ``exact`` and ``loose`` are by normalised name, with and without little words; ``groupings`` holds EPCI by their
    loose name without its type (``pays basque``); ``names`` the normalised names by territory. ``codes`` are official
    codes of communes (former ones too), départements and EPCI. ``seats`` is the EPCI by the key of its chief commune.
    ``countries`` and ``cities_abroad`` are normalised names of places that are not French, ``unplaced`` words for
    no official territory (``inconnu``, ``massif central``).
    """

    gazetteer: Gazetteer
    exact: defaultdict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    loose: defaultdict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    groupings: defaultdict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    names: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    postcodes: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    cities_abroad: set[str] = field(default_factory=set)
    unplaced: set[str] = field(default_factory=set)

    def find(self, name: str) -> Weights:
        """The territories that bear a normalised name, else those whose name differs by little words."""
        return self.exact.get(name) or self.loose.get(loose(name)) or {}

    def find_epci(self, name: str) -> Weights:
        """The EPCI that bear a normalised name given without its type, else those whose chief commune bears it."""
        chief = {self.seats[key]: weight for key, weight in self.find(name).items() if key in self.seats}
        return self.groupings.get(loose(name)) or chief

    def mention(self, key: str) -> float:
        """How often a territory is written about, in inhabitants."""
        return float((self.gazetteer.territories[key].population or 0) + _UNSAID)
