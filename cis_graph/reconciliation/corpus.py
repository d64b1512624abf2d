"""What the whole set of records tells of one name: how rare its words are, how many bear it."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.names import Name

_FEWEST = 5_000  # names: a smaller set tells little of how common a word is

_DIGITS = 5  # of a count, so that a step is a sixteenth of it at most
_REMEMBERED = 1 << 19  # pairs of names
_CROWD = 0.1  # of all things in one place
_SMALL_CROWD = 50  # things


def stepped(count: int) -> int:
    """A count by its five leading binary digits: one more or less of many things seldom changes what is told of all."""
    beyond = max(0, count.bit_length() - _DIGITS)
    return count >> beyond << beyond


@dataclass(frozen=True, slots=True)
class Rarity:
    """The inverse document frequency of words, in nats and steps; a word that nobody bears is as rare as one can be."""

    known: Mapping[str, float]
    most: float
    _totals: dict[frozenset[str], float] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, names: Collection[Name]) -> Self:
        """The rarity of the words of some names."""
        most = math.log(max(stepped(len(names)), _FEWEST))
        counts = Counter(word for name in names for word in name.words)
        return cls({word: most - math.log(stepped(count)) for word, count in counts.items()}, most)

    def __getitem__(self, word: str) -> float:
        return self.known.get(word, self.most)

    def total(self, words: Iterable[str]) -> float:
        """The rarity of some words together, whatever their order."""
        known, most = self.known, self.most
        return math.fsum([known.get(word, most) for word in words])

    def whole(self, words: frozenset[str]) -> float:
        """As :meth:`total`, of all words of a name, which is asked of many times."""
        if (found := self._totals.get(words)) is None:
            found = self._totals[words] = self.total(words)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """How many things are compared, in steps, how rare the words of their names are, and how many share a bare name.

    ``homonyms`` counts the identifiers or hosts of e-mail beyond the first with which one glued name is seen,
    ``spread`` the départements. ``crowded`` are the communes and départements that so many share that being there tells
    little. ``leads`` is the rarity of words among the names of those who lead. What two names
    say is kept, as the same two meet in many pairs.
    """

    size: int
    rarity: Rarity
    leads: Rarity
    homonyms: Mapping[str, int]
    spread: Mapping[str, int]
    crowded: frozenset[str]
    _told: dict[tuple[Name, Name], tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def once(self, one: Name, other: Name, compare: Callable[[Name, Name, Self], tuple[str, ...]]) -> tuple[str, ...]:
        """What a comparison of two names says, worked out once while it is remembered; one comparison a corpus."""
        if (known := self._told.get((one, other))) is None:
            if len(self._told) == _REMEMBERED:
                self._told.clear()
            known = self._told[one, other] = compare(one, other, self)
        return known


def corpus_of(things: Collection[Features]) -> Corpus:
    """What a set of things tells of its names."""
    return Corpus(
        size=stepped(len(things)),
        rarity=Rarity.of([thing.name for thing in things]),
        leads=Rarity.of([thing.leads for thing in things if thing.leads]),
        homonyms=_homonyms(things),
        spread=_spread(things),
        crowded=_crowded(things),
    )


def _homonyms(things: Iterable[Features]) -> dict[str, int]:
    signs: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for thing in things:
        identifiers, hosts = signs[thing.name.glued]
        if identifier := thing.siren or thing.rna:
            identifiers.add(identifier)
        hosts |= {host for host in (thing.mail_host, thing.own_host) if host}
    return {name: many - 1 for name, both in signs.items() if (many := max(map(len, both))) > 1}


def _spread(things: Iterable[Features]) -> dict[str, int]:
    departements: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        if thing.where.departement:
            departements[thing.name.glued].add(thing.where.departement)
    return {name: len(found) for name, found in departements.items() if len(found) > 1}


def _crowded(things: Collection[Features]) -> frozenset[str]:
    counts = Counter(
        key for thing in things for key in (*thing.where.communes, thing.where.departement) if key is not None
    )
    least = max(_CROWD * len(things), _SMALL_CROWD)
    return frozenset(key for key, count in counts.items() if count > least)
