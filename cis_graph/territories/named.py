"""The territories that a text names outright: by name, institution or code."""

import re
from collections.abc import Mapping

from cis_graph.model.places import Level
from cis_graph.territories.abroad import Abroad
from cis_graph.territories.approximate import Approximation
from cis_graph.territories.index import NameIndex, Weights
from cis_graph.territories.names import loose
from cis_graph.territories.reading import said_level, without_lead
from cis_graph.territories.scoring import Finding, Hints

_LONGER_NAME = 0.05
"""How often the short form of a longer name (``Neuilly``) stands for it, beside those that bear it exactly."""
_NO_ARTICLE = 0.2
"""How often a name stands for one that has an article (``Rochelle``)."""
_SLIP = 0.004
"""How often a name stands for one that differs by a letter."""
_LITTLE_KNOWN = 3_000
"""Inhabitants of a commune that may rather be a slip for a large one's name (``Bony`` for Bondy)."""

_CODE = re.compile(r"\d{2,3}|2[AB]|\d{5}|2[AB]\d{3}|\d{9}", re.IGNORECASE)


class NameSearch:
    """Search among exact names."""

    def __init__(self, index: NameIndex, approximation: Approximation) -> None:
        self.index = index
        self.abroad = Abroad(index)
        self._approximation = approximation

    def by_code(self, text: str, hints: Hints) -> Finding | None:
        """The territory whose official code is the whole text; postcodes are not among them."""
        code = text.replace(" ", "").upper()
        if not _CODE.fullmatch(code) or code in self.index.postcodes:
            return None
        hinted = f"{hints.level}-{code}".removeprefix("ancienne-")
        key = hinted if hinted in self.index.gazetteer.territories else self.index.codes.get(code)
        return Finding(weights={key: 1.0}, confidence=0.96, evidence="code officiel") if key else None

    def by_whole_name(self, name: str, hints: Hints) -> Finding | None:
        """The territories that a text is the name of; longer names of the same beginning compete with it."""
        finding = self.by_name(name)
        if finding is None or hints.departement is not None:
            return finding
        competing = {key: weight * _LONGER_NAME for key, weight in self._approximation.continued(name).items()}
        competing |= {key: weight * _NO_ARTICLE for key, weight in self.index.loose.get(loose(name), {}).items()}
        if max(finding.weights.values()) < _LITTLE_KNOWN:
            slips = self._approximation.mistyped(name).weights
            competing |= {key: weight * _SLIP for key, weight in slips.items()}
        french = {**competing, **finding.weights}
        confidence = finding.confidence * (1 - self.abroad.share(name, french))
        return Finding(weights=french, confidence=confidence, evidence=finding.evidence)

    def by_name(self, name: str) -> Finding | None:
        """The territories of a normalised name, after a preposition or an institution's title too."""
        if weights := self.index.find(name):
            return Finding(weights=weights, confidence=0.98, evidence="nom exact")
        bare = without_lead(name)
        if bare != name and (weights := self.index.find(bare)):
            return Finding(weights=weights, confidence=0.96, evidence="nom exact")
        said = said_level(bare)
        return self._institution(*said) if said else None

    def departement(self, code: str) -> Finding | None:
        """The département of a code (``69``, ``2a``)."""
        key = f"departement-{code.upper()}"
        known = key in self.index.gazetteer.territories
        return Finding(weights={key: 1.0}, confidence=0.96, evidence="code officiel") if known else None

    def is_unplaced(self, name: str) -> bool:
        """Whether a normalised text says that no place is given, or one that no official territory is."""
        return name in self.index.unplaced

    def _institution(self, level: Level, rest: str) -> Finding | None:
        """The territory of an institution: of the level its title says if one bears the name."""
        evidence = "nom de l'institution"
        if level == "epci":
            weights = self.index.find_epci(rest)
            return Finding(weights=weights, confidence=0.9, evidence=evidence) if weights else None
        code = f"{level}-{rest.upper()}"
        if code in self.index.gazetteer.territories:
            return Finding(weights={code: 1.0}, confidence=0.96, evidence="code officiel")
        named = self.index.find(rest)
        fitting = self._of_level(named, level)
        if fitting:
            return Finding(weights=fitting, confidence=0.97, evidence=evidence)
        return Finding(weights=named, confidence=0.8, evidence="nom exact") if named else None

    def _of_level(self, weights: Weights, level: Level) -> Mapping[str, float]:
        levels = (level, "ancienne-region") if level == "region" else (level,)
        territories = self.index.gazetteer.territories
        return {key: weight for key, weight in weights.items() if territories[key].level in levels}
