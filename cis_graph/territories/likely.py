"""The territories that a text probably means when it names none exactly."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from cis_graph.model.places import Level
from cis_graph.territories.approximate import Allowed, Approximation, anyone
from cis_graph.territories.index import NameIndex, Weights
from cis_graph.territories.names import normalised
from cis_graph.territories.reading import is_street, said_level, segments, without_lead
from cis_graph.territories.scoring import Finding, Hints, touches

_VILLAGE = 5000
"""A mistyped name is trusted less when it is at most that of a commune of so many inhabitants."""
_DOUBT = 0.8
_SHORT = 6
_SHORT_DOUBT = 0.82
_BY_EDITS = (0.9, 0.87, 0.8, 0.7)
_FAR = 0.75
"""Confidence in a name mistyped more than usual, in the record's département."""
_LONG = 12
"""A name of so many letters is hardly another's by a slip."""
_SUREST = 0.9
_NEARBY = 0.15
"""What the record's own département adds to the confidence in an uncertain name."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A normalised name to look for, and the level that an institution's title gives it."""

    name: str
    level: Level | None = None


class LikelySearch:
    """Search by likeness, in the record's département first."""

    def __init__(self, index: NameIndex, approximation: Approximation) -> None:
        self._index = index
        self._approximation = approximation

    def find(self, text: str, hints: Hints) -> Finding | None:
        """The territories that the text or a part of it nearly names."""
        sought = [one for part in dict.fromkeys([normalised(text), *segments(text)]) for one in _sought(part)]
        departement = hints.departement
        if departement is None:
            return self._search(sought, anyone, 0.0)
        near = partial(touches, self._index.gazetteer, departement)
        return (
            self._search(sought, near, _NEARBY)
            or self._mistyped_in(departement, sought)
            or self._search(sought, anyone, 0.0)
        )

    def _search(self, sought: list[Sought], allowed: Allowed, bonus: float) -> Finding | None:
        for search in (self._continued, self._mistyped, self._cut_short, self._inside):
            for one in sought:
                found = search(one.name, allowed)
                if weights := self._at_level(found.weights, one.level):
                    confidence = min(found.confidence + bonus, _SUREST)
                    return Finding(weights=weights, confidence=confidence, evidence=found.evidence)
        return None

    def _mistyped_in(self, departement: str, sought: list[Sought]) -> Finding | None:
        for one in sought:
            like = self._approximation.mistyped_in(departement, one.name)
            if weights := self._at_level(like.weights, one.level):
                return Finding(weights=weights, confidence=_FAR, evidence="nom approché")
        return None

    def _at_level(self, weights: Weights, level: Level | None) -> Weights:
        """The territories of the level a title gives; for an EPCI, the one a chief commune stands for too."""
        if level is None:
            return weights
        territories = self._index.gazetteer.territories
        levels = (level, "ancienne-region") if level == "region" else (level,)
        fitting = {key: weight for key, weight in weights.items() if territories[key].level in levels}
        seats = {self._index.seats[key]: weight for key, weight in weights.items() if key in self._index.seats}
        return fitting or (seats if level == "epci" else {})

    def _continued(self, name: str, allowed: Allowed) -> Finding:
        weights = self._approximation.continued(name, allowed)
        return Finding(weights=weights, confidence=0.8, evidence="début du nom")

    def _cut_short(self, name: str, allowed: Allowed) -> Finding:
        return _doubtful(name, self._approximation.cut_short(name, allowed), 0.75, "début du nom")

    def _inside(self, name: str, allowed: Allowed) -> Finding:
        weights = self._approximation.inside(name, allowed)
        return Finding(weights=weights, confidence=0.6, evidence="nom dans le texte")

    def _mistyped(self, name: str, allowed: Allowed) -> Finding:
        like = self._approximation.mistyped(name, allowed)
        return _doubtful(name, like.weights, _BY_EDITS[min(like.edits, len(_BY_EDITS) - 1)], "nom approché")


def _sought(part: str) -> Iterator[Sought]:
    """A part as it stands and without what introduces the name; nothing for an address."""
    if is_street(part):
        return
    bare = without_lead(part)
    yield Sought(bare)
    if said := said_level(bare):
        yield Sought(said[1], said[0])


def _doubtful(name: str, weights: Weights, confidence: float, evidence: str) -> Finding:
    """A finding, less sure when a name is very short, or short and only like those of villages."""
    village = len(name) < _LONG and max(weights.values(), default=0.0) < _VILLAGE
    doubt = (_DOUBT if village else 1.0) * (_SHORT_DOUBT if len(name) < _SHORT else 1.0)
    return Finding(weights=weights, confidence=confidence * doubt, evidence=evidence)
