"""The territory that several names of one text mean together (``Rennes, Ille-et-Vilaine, Bretagne``)."""

from collections.abc import Sequence
from dataclasses import replace

from cis_graph.territories.approximate import Approximation
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.index import Weights
from cis_graph.territories.named import NameSearch
from cis_graph.territories.reading import is_street, says_level, segments, with_number
from cis_graph.territories.scoring import Finding

_AGREEMENT = 1e6
"""How much likelier a territory is for each other name of the text that contains it."""
_MISTYPED = 0.1
"""How likely a territory is that a part nearly names, beside one that a part names."""
_UNREAD = 0.85
"""What remains of the confidence when a part had to be guessed or left aside."""


class PartsSearch:
    """Search by the parts of a text that name a territory each."""

    def __init__(self, names: NameSearch, approximation: Approximation) -> None:
        self._names = names
        self._approximation = approximation

    def find(self, text: str) -> Finding | None:
        """What the named parts of a text agree on; nothing when no part is a name."""
        parts = [part for segment in segments(text) for part in self._split(segment) if not says_level(part)]
        named = [finding.weights for part in parts if (finding := self._part(part))]
        if not named:
            return None
        unread = [part for part in parts if self._is_unread(part)]
        mistyped = [weights for part in unread if (weights := self._mistyped(part, named))]
        strangers = sum(1 for part in parts if self._names.abroad.is_stranger(part))
        found = agree(self._names.index.gazetteer, [*named, *mistyped], strangers=strangers)
        return replace(found, confidence=found.confidence * _UNREAD) if unread else found

    def _is_unread(self, part: str) -> bool:
        return not (self._part(part) or is_street(part) or self._names.abroad.is_stranger(part))

    def _part(self, part: str) -> Finding | None:
        return self._names.departement(part) or self._names.by_name(part)

    def _split(self, segment: str) -> Sequence[str]:
        """A segment, or the two names joined by ``et``, or its name and a département's code written beside it."""
        if self._names.by_name(segment):
            return (segment,)
        both = segment.split(" et ")
        if len(both) > 1 and all(map(self._names.by_name, both)):
            return both
        split = with_number(segment)
        if split and not is_street(split[0]) and self._names.departement(split[1]):
            return split
        return (segment,)

    def _mistyped(self, part: str, named: Sequence[Weights]) -> Weights:
        """The territories a part nearly names within those that other parts name."""
        gazetteer = self._names.index.gazetteer
        outer = {key for weights in named for key in weights}
        departements = [key for key in outer if key.startswith("departement-")]
        if len(departements) == 1:
            like = self._approximation.mistyped_in(departements[0], part)
        else:
            like = self._approximation.mistyped(part, lambda key: bool(outer & (gazetteer.containers(key) - {key})))
        return {key: weight * _MISTYPED for key, weight in like.weights.items() if key not in outer}


def agree(gazetteer: Gazetteer, parts: Sequence[Weights], *, strangers: int) -> Finding:
    """The territories that the most other parts contain or equal, less sure for each part that does not agree.

    ``strangers`` counts the parts that name a city abroad.
    """
    weights: dict[str, float] = {}
    most = 0
    for number, part in enumerate(parts):
        others = [set(other) for place, other in enumerate(parts) if place != number]
        for key, weight in part.items():
            containers = gazetteer.containers(key)
            support = sum(1 for other in others if other & containers)
            most = max(most, support)
            weights[key] = max(weights.get(key, 0.0), weight * _AGREEMENT**support)
    share = (1 + most) / (len(parts) + strangers)
    return Finding(weights=weights, confidence=0.95 * share, evidence="noms concordants" if most else "nom")
