"""The organisations of a set: any of them by its number, alike whatever was asked before.

Of a hundred that are not of all France, 36 are associations, 18 cooperatives and firms, 20 branches of networks, 8
public bodies, 18 establishments named as in every town. Every twelfth association bears the name of the one before it,
in another town. A third of a network's branches state the head's SIREN, half its website.
"""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from benchmarks.reference.dice import Dice
from benchmarks.reference.land import Land, Town
from benchmarks.reference.vocabulary import (
    COMPLEMENTS,
    ENDINGS,
    ESTABLISHMENTS,
    MASCULINE,
    MUTE_H,
    NATIONAL,
    NETWORKS,
    NOUNS,
    QUARTERS,
    SYLLABLES,
)
from cis_graph.mapping.names import slug

HOMONYM = 12  # every so many associations, a homonym; a hundred holds three times as many
_SHARES = (("association", 36), ("cooperative", 18), ("branch", 20), ("public", 8), ("establishment", 18))
_HEADS = 2**29  # the numbers of networks' heads, above those of all others


@dataclass(frozen=True, slots=True, kw_only=True)
class RealActor:
    """An organisation as it is: what descriptions of it should lead to. ``type`` is a concept of ``actor-type``."""

    id: str
    kind: str
    name: str
    others: tuple[str, ...]
    type: str
    town: Town
    siren: str
    rna: str | None
    site: str


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    others: tuple[str, ...]
    type: str


class Actors:
    """``count`` organisations of one seed."""

    def __init__(self, land: Land, seed: int, count: int) -> None:
        self._land, self._seed, self.count = land, seed, max(count, 2 * len(NATIONAL))
        self._near: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number in range(len(NATIONAL), self.count):
            self._near[self._town(number).departement.key].append(number)
        self.get = lru_cache(maxsize=20_000)(self._make)

    def near(self, town: Town) -> Sequence[int]:
        """The numbers of the organisations of a town's département."""
        return self._near.get(town.departement.key, ())

    def _make(self, number: int) -> RealActor:
        """The organisation of that number, from 0."""
        kind, ordinal = _kind(number)
        dice, town = Dice(self._seed, "actor", number), self._town(number)
        named = self._named(kind, ordinal, town, dice)
        siren, site = _siren(number), f"{slug(named.name)[:28]}.example"
        if dice.chance(1 / 3):
            site = f"{slug(named.name)[:20]}-{slug(town.commune.name)[:8]}.example"
        if kind == "branch":
            head = ordinal % len(NETWORKS)
            siren = _siren(_HEADS + head) if dice.chance(1 / 3) else siren
            site = f"{slug(NETWORKS[head])}.example" if dice.chance(0.5) else site
        return RealActor(
            id=f"a{number:07}",
            kind=kind,
            name=named.name,
            others=named.others,
            type=named.type,
            town=town,
            siren=siren,
            rna=_rna(number, town) if named.type == "association" else None,
            site=site,
        )

    def _named(self, kind: str, ordinal: int, town: Town, dice: Dice) -> _Named:
        if kind == "national":
            return _Named(*NATIONAL[ordinal])
        if kind == "association":
            name = _association(ordinal - _is_homonym(ordinal))
            others = (_initials(name),) if len(name.split()) > 3 and dice.chance(0.3) else ()
            return _Named(name, others, "association")
        if kind == "cooperative":
            return _Named(_invented(ordinal), (), dice.pick(("scop", "scic", "entreprise", "association")))
        if kind == "branch":
            return _branch(NETWORKS[ordinal % len(NETWORKS)], town, dice)
        if kind == "public":
            return self._public(ordinal, town)
        return _Named(self._establishment(ordinal), (), "service-public")

    def _town(self, number: int) -> Town:
        kind, ordinal = _kind(number)
        ranked = self._land.ranked
        if kind == "national":
            return self._land.town_of["commune-75056"]
        if kind == "branch":
            return ranked[ordinal // len(NETWORKS) % len(ranked)]
        if kind == "establishment":
            return ranked[ordinal % len(ranked)]
        if kind == "public":
            return self._public_town(ordinal)
        dice = Dice(self._seed, "town", number)
        town = self._land.town(dice)
        while kind == "association" and _is_homonym(ordinal) and town == self._town(number - 1):
            town = self._land.town(dice)
        return town

    def _public_town(self, ordinal: int) -> Town:
        turn, which = divmod(ordinal, 4)
        if which == 3 and turn < len(self._land.bodies):
            return self._land.seat(self._land.bodies[turn])
        return self._land.ranked[(2 * turn + which if which < 2 else turn) % len(self._land.ranked)]

    def _public(self, ordinal: int, town: Town) -> _Named:
        turn, which = divmod(ordinal, 4)
        name, of = town.commune.name, of_place(town.commune.name)
        if which < 2:
            return _Named(f"Ville {of}", (f"Mairie {of}", f"Commune {of}", name), "commune")
        if which == 2:
            return _Named(f"CCAS {of}", (f"Centre communal d'action sociale {of}", f"CCAS {name}"), "ccas")
        if turn >= len(self._land.bodies):
            return _Named(f"Maison des services {of}", (f"Maison France services {name}",), "service-public")
        body = self._land.bodies[turn]
        if body.level == "departement":
            others = (f"Département {body.name}", f"CD{body.code}")
            return _Named(f"Conseil départemental - {body.name}", others, "departement")
        if body.level == "region":
            return _Named(f"Conseil régional - {body.name}", (f"Région {body.name}",), "region")
        return _Named(body.name, (_long_epci(body.name),), "epci")

    def _establishment(self, ordinal: int) -> str:
        """One of the names that every town has; no town has one twice."""
        turn, rank = divmod(ordinal, len(self._land.ranked))
        return ESTABLISHMENTS[(rank * 31 + turn * 7) % len(ESTABLISHMENTS)]


def _kind(number: int) -> tuple[str, int]:
    """The kind of an organisation and its number among those of its kind, from 0."""
    if number < len(NATIONAL):
        return "national", number
    hundred, place = divmod(number - len(NATIONAL), 100)
    for kind, share in _SHARES:
        if place < share:
            return kind, hundred * share + place
        place -= share
    raise ValueError(number)


def _is_homonym(ordinal: int) -> bool:
    return ordinal % HOMONYM == HOMONYM - 1


def _rna(number: int, town: Town) -> str:
    """An RNA number that only this organisation has."""
    return f"W{town.departement.code:0<3}"[:4] + f"{number % 1_000_000:06}"


def _association(ordinal: int) -> str:
    """A name of a noun and a complement, with a quarter once these are used up; no two ordinals give the same."""
    block, place = divmod(ordinal, len(NOUNS) * len(COMPLEMENTS))
    noun, complement = divmod(place * 2_741 % (len(NOUNS) * len(COMPLEMENTS)), len(COMPLEMENTS))
    word = NOUNS[noun]
    article = "L'" if anyascii(word)[0] in "AEIOU" or word in MUTE_H else "Le " if word in MASCULINE else "La "
    more = f" de {QUARTERS[(block - 1) % len(QUARTERS)]}" if block else ""
    return f"{article}{word} {COMPLEMENTS[complement]}{more}".replace(" de le ", " du ").replace(" de les ", " des ")


def _invented(ordinal: int) -> str:
    """A made-up name; no two ordinals give the same."""
    block, place = divmod(ordinal, len(SYLLABLES) ** 2)
    first, second = divmod(place * 617 % len(SYLLABLES) ** 2, len(SYLLABLES))
    longer, ending = divmod(block, len(ENDINGS))
    third = SYLLABLES[longer - 1] if longer else ""
    ending = (ending + first) % len(ENDINGS)  # else the first hundreds end alike
    return f"{SYLLABLES[first]}{SYLLABLES[second]}{third}{ENDINGS[ending]}".capitalize()


def _branch(network: str, town: Town, dice: Dice) -> _Named:
    name, of = town.commune.name, of_place(town.commune.name)
    names = [f"{network} {of}", f"{network} {name}", f"{network} - {name}"]
    label = dice.pick(names)
    return _Named(label, tuple(other for other in names if other != label), "association")


def of_place(name: str) -> str:
    """``de Lyon``, ``du Mans``, ``des Ulis``, ``d'Orléans``."""
    for article, short in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return short + name.removeprefix(article)
    return f"d'{name}" if anyascii(name)[0] in "AEIOUYH" else f"de {name}"


def _long_epci(name: str) -> str:
    words = {"CC ": "Communauté de communes ", "CA ": "Communauté d'agglomération ", "CU ": "Communauté urbaine "}
    return words.get(name[:3], "") + (name[3:] if name[:3] in words else name)


def _initials(name: str) -> str:
    words = [word for word in anyascii(name).replace("'", " ").split() if len(word) > 2]
    return "".join(word[0].upper() for word in words)


def _siren(number: int) -> str:
    """A SIREN that only this number has: a step that shares no factor with the range meets every one of them."""
    return _with_key(str(30_000_000 + number * 7_654_321 % 59_999_999))


def _with_key(digits: str) -> str:
    """The digits with Luhn's check digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        twice = int(digit) * (2 if place % 2 == 0 else 1)
        total += twice - 9 if twice > 9 else twice
    return digits + str(-total % 10)
