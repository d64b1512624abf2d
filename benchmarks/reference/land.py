"""France as the generator sees it: real communes with their postcodes and what they lie in."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from benchmarks.reference.dice import Dice
from cis_graph.territories.gazetteer import Gazetteer, Territory, is_arrondissement

FEWEST = 150  # inhabitants of a commune where anything happens


@dataclass(frozen=True, slots=True)
class Town:
    """A commune, and the EPCI, département and région it lies in."""

    commune: Territory
    epci: Territory | None
    departement: Territory
    region: Territory


class Land:
    """Towns, the large ones more likely; ``ranked`` has every town once, the large ones first on the whole."""

    def __init__(self, seed: int) -> None:
        self._territories = Gazetteer.load().territories
        self.towns = tuple(town for one in self._territories.values() if (town := self._town(one)))
        populations = [town.commune.population or 0 for town in self.towns]
        # the power 3/4 by square roots, which every machine rounds alike
        self._weights = tuple(accumulate(math.sqrt(count) * math.sqrt(math.sqrt(count)) for count in populations))
        dice = Dice(seed, "rank")
        self.ranked: Sequence[Town] = [
            self.towns[at]
            for _, at in sorted((-count * dice.between(50, 150), at) for at, count in enumerate(populations))
        ]
        by_level = defaultdict(list)
        for territory in self._territories.values():
            by_level[territory.level].append(territory)
        self.bodies: Sequence[Territory] = [*by_level["departement"], *by_level["region"], *by_level["epci"]]
        self.arrondissements = _by_postcode(self._territories.values())
        self.former = {one.key: one for one in by_level["ancienne-region"]}
        self.town_of = {town.commune.key: town for town in self.towns}
        self._towns_in = _seats(self.towns)

    def town(self, dice: Dice) -> Town:
        """Any town, the large ones more likely."""
        return dice.weighted(self.towns, self._weights)

    def seat(self, territory: Territory) -> Town:
        """The largest town of a département, région or EPCI."""
        return self._towns_in.get(territory.key, self.ranked[0])

    def former_region(self, town: Town) -> Territory | None:
        """The région of before 2016 that a town lies in, where it is no more."""
        return next((self.former[key] for key in town.departement.within if key in self.former), None)

    def _town(self, one: Territory) -> Town | None:
        if one.level != "commune" or is_arrondissement(one) or not one.postcodes or (one.population or 0) < FEWEST:
            return None
        parents = [self._territories[key] for key in one.within]
        departement = next((parent for parent in parents if parent.level == "departement"), None)
        if departement is None:
            return None
        above = (self._territories[key] for key in departement.within)
        region = next((parent for parent in above if parent.level == "region"), None)
        epci = next((parent for parent in parents if parent.level == "epci"), None)
        return Town(one, epci, departement, region) if region else None


def _by_postcode(territories: Iterable[Territory]) -> dict[str, Territory]:
    """Municipal arrondissements by their postcode."""
    return {code: one for one in territories if is_arrondissement(one) for code in one.postcodes}


def _seats(towns: Sequence[Town]) -> dict[str, Town]:
    """The largest town of everything above a commune."""
    seats: dict[str, Town] = {}
    for town in sorted(towns, key=lambda one: one.commune.population or 0):
        for territory in (town.epci, town.departement, town.region):
            if territory:
                seats[territory.key] = town
    return seats
