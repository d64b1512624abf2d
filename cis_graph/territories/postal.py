"""The commune that a postcode and the name beside it mean."""

from collections.abc import Callable, Iterable, Iterator

from rapidfuzz import fuzz

from cis_graph.territories.approximate import Approximation
from cis_graph.territories.index import NameIndex, Weights
from cis_graph.territories.names import loose
from cis_graph.territories.reading import Postal, is_street
from cis_graph.territories.scoring import Finding

_SHORTEST_PART = 4
_TELLING_WORD = 5
_ALIKE = 78
"""Least likeness of a mistyped name with one of its postcode's, 0 to 100."""

_IN_DEPARTEMENT = "nom et département du code postal"

Tests = tuple[tuple[Callable[[str, str], bool], float], ...]
"""Ways a text may be a territory's name, each with the confidence it gives."""
Search = Callable[[str, str, str], Iterable[tuple[Weights, float]]]
"""From a département's key, a name and a CEDEX number to candidates, each with the confidence they deserve."""


class PostalSearch:
    """Search by postcode: its own communes, then those of its département (CEDEX and mistaken postcodes)."""

    def __init__(self, index: NameIndex, approximation: Approximation) -> None:
        self._index = index
        self._approximation = approximation

    def find(self, postal: Postal) -> Finding | None:
        """The communes that a postcode and its names mean; nothing when neither is known."""
        pool = self._pool(postal)
        return (
            self._in_pool(pool, postal.names, _CERTAIN)
            or self._in_departement(postal, self._named)
            or self._in_pool(pool, postal.names, _PROBABLE)
            or self._in_departement(postal, self._mistyped)
            or self._around(pool, postal.names)
            or self._elsewhere(pool, postal.names)
            or self._alone(pool, postal)
        )

    def _pool(self, postal: Postal) -> tuple[str, ...]:
        """The communes of a postcode, else the one whose INSEE code was written in its place."""
        insee = self._index.codes.get(postal.code)
        return tuple(self._index.postcodes.get(postal.code, ())) or ((insee,) if insee else ())

    def _in_pool(self, pool: Iterable[str], names: tuple[str, ...], tests: Tests) -> Finding | None:
        for test, confidence in tests:
            for name in names:
                keys = [key for key in pool if any(test(name, known) for known in self._index.names[key])]
                if keys:
                    return Finding(weights=self._weights(keys), confidence=confidence, evidence="code postal et nom")
        return None

    def _in_departement(self, postal: Postal, search: Search) -> Finding | None:
        """What a search finds in the département of the postcode, for the first name that it finds."""
        for code in postal.departements:
            departement = f"departement-{code}"
            within = self._index.gazetteer.within(departement) - {departement}
            for name in postal.names if within else ():
                for weights, confidence in search(departement, name, postal.cedex):
                    inside = {key: weight for key, weight in weights.items() if key in within}
                    if inside:
                        return Finding(weights=inside, confidence=confidence, evidence=_IN_DEPARTEMENT)
        return None

    def _named(self, _departement: str, name: str, cedex: str) -> Iterator[tuple[Weights, float]]:
        if cedex:
            yield self._index.find(f"{name} {cedex}"), 0.85
        yield self._index.find(name), 0.92

    def _mistyped(self, departement: str, name: str, _cedex: str) -> Iterator[tuple[Weights, float]]:
        if not is_street(name):
            yield self._approximation.mistyped_in(departement, name).weights, 0.75

    def _around(self, pool: tuple[str, ...], names: tuple[str, ...]) -> Finding | None:
        """The postcode's communes when the name is that of a département or région around them."""
        outer = {key for name in names for key in self._index.find(name)}
        inside = [key for key in pool if outer & self._index.gazetteer.containers(key)]
        return Finding(weights=self._weights(inside), confidence=0.85, evidence="code postal") if inside else None

    def _elsewhere(self, pool: tuple[str, ...], names: tuple[str, ...]) -> Finding | None:
        """Both sides of a contradiction: the name lies in another département than the postcode."""
        named: dict[str, float] = {}
        for name in names:
            named |= self._index.find(name)
        if not named:
            return None
        both = {**named, **self._weights(pool)}
        return Finding(weights=both, confidence=0.5, evidence="code postal et nom se contredisent")

    def _alone(self, pool: tuple[str, ...], postal: Postal) -> Finding | None:
        """The postcode's communes; unsure when an unknown name stands beside, or no such postcode is known."""
        unread = [name for name in postal.names if not is_street(name)]
        if pool:
            confidence = 0.6 if unread else 0.9
            return Finding(weights=self._weights(pool), confidence=confidence, evidence="code postal")
        keys = [f"departement-{code}" for code in postal.departements]
        known = {key: 1.0 for key in keys if key in self._index.gazetteer.territories}
        return Finding(weights=known, confidence=0.5, evidence="début du code postal") if known else None

    def _weights(self, keys: Iterable[str]) -> dict[str, float]:
        return {key: self._index.mention(key) for key in keys}


def _same(name: str, known: str) -> bool:
    return loose(name) == loose(known)


def _cut(name: str, known: str) -> bool:
    """Whether one begins with the other (``decines charpi``, ``lyon`` for one of its arrondissements)."""
    return len(name) >= _SHORTEST_PART and (known.startswith(name) or name.startswith(f"{known} "))


def _shares_word(name: str, known: str) -> bool:
    """Whether all the text is words of the name, one of them long enough to tell (``billancourt``)."""
    words = set(loose(name).split())
    telling = any(len(word) >= _TELLING_WORD and not word.startswith("saint") for word in words)
    return telling and words <= set(loose(known).split())


def _alike(name: str, known: str) -> bool:
    return fuzz.ratio(name, known, score_cutoff=_ALIKE) > 0


_CERTAIN: Tests = ((_same, 0.99), (_cut, 0.96))
_PROBABLE: Tests = ((_shares_word, 0.9), (_alike, 0.86))
