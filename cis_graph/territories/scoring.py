"""From territories that may be meant to one answer, or to none."""

from collections.abc import Mapping
from dataclasses import dataclass

from cis_graph.model.places import Level, PlaceAnswer, PlaceStatus
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.index import Weights

SURE = 0.7
"""From this confidence on a place is found; below, it is left to a human."""

_OTHER_LEVEL = 0.001
"""What remains of a candidate at another level than the one a source's column names."""
_ELSEWHERE = 0.001
"""What remains of a candidate outside the record's département: one place in ten, spread over a hundred others."""
_DOUBT = 0.85
"""What remains of the confidence when the best candidate is not where or what the record says."""
_MOST_CANDIDATES = 5
_LEAST_SHARE = 0.01
_COMMON_GROUND: tuple[Level, ...] = ("region", "commune", "departement", "epci", "ancienne-region", "pays")
"""Which level to name first where the same ground has several (Paris, La Réunion)."""
_CODES = {"pays-fr": "FR", "pays-om": "OM"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the record says of a place beside its text; ``departement`` is a territory's key."""

    level: Level | None = None
    departement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Candidates by weight, how sure it is that one of them is meant (0 to 1), and why, in French."""

    weights: Weights
    confidence: float
    evidence: str


def decide(gazetteer: Gazetteer, finding: Finding, hints: Hints) -> PlaceAnswer:
    """One territory when it is probable enough, else the candidates, most likely first."""
    weights = {key: weight * _fit(gazetteer, key, hints) for key, weight in finding.weights.items()}
    shares = _shares(_one_per_ground(gazetteer, weights, hints))
    if not shares:
        return unknown("aucun territoire de ce nom")
    best, share = shares[0]
    candidates = tuple(key for key, part in shares[:_MOST_CANDIDATES] if part >= _LEAST_SHARE)
    doubt = 1.0 if _fit(gazetteer, best, hints) == 1.0 else _DOUBT
    confidence = round(finding.confidence * share * doubt, 3)
    if confidence < SURE:
        return PlaceAnswer(
            status=PlaceStatus.AMBIGUOUS, confidence=confidence, evidence=finding.evidence, candidates=candidates
        )
    territory = gazetteer.territories[best]
    return PlaceAnswer(
        status=PlaceStatus.FOUND,
        territory=best,
        level=territory.level,
        code=territory.code or _CODES[best],
        name=territory.name,
        confidence=confidence,
        evidence=finding.evidence,
        candidates=candidates,
    )


def unknown(evidence: str) -> PlaceAnswer:
    """The answer when no territory fits."""
    return PlaceAnswer(status=PlaceStatus.UNKNOWN, evidence=evidence)


def touches(gazetteer: Gazetteer, departement: str, key: str) -> bool:
    """Whether a territory has ground in a département, both by key."""
    if gazetteer.contains(departement, key) or gazetteer.contains(key, departement):
        return True
    return any(gazetteer.contains(departement, commune) for commune in gazetteer.communes.get(key, ()))


def _fit(gazetteer: Gazetteer, key: str, hints: Hints) -> float:
    level = gazetteer.territories[key].level
    asked = hints.level in (None, level) or (hints.level, level) == ("region", "ancienne-region")
    near = hints.departement is None or touches(gazetteer, hints.departement, key)
    return (1.0 if asked else _OTHER_LEVEL) * (1.0 if near else _ELSEWHERE)


def _one_per_ground(gazetteer: Gazetteer, weights: Weights, hints: Hints) -> dict[str, float]:
    """Territories that cover the same ground, as one: the level asked for, else the one people mean."""
    kept: dict[str, float] = {}
    for key in sorted(weights, key=lambda key: _rank(gazetteer, key, hints)):
        same = next((other for other in kept if _same_ground(gazetteer, key, other)), key)
        kept[same] = max(kept.get(same, 0.0), weights[key])
    return kept


def _rank(gazetteer: Gazetteer, key: str, hints: Hints) -> tuple[bool, int, str]:
    level = gazetteer.territories[key].level
    return level != hints.level, _COMMON_GROUND.index(level), key


def _same_ground(gazetteer: Gazetteer, one: str, other: str) -> bool:
    if not (gazetteer.contains(one, other) or gazetteer.contains(other, one)):
        return False
    return gazetteer.communes.get(one) == gazetteer.communes.get(other)


def _shares(weights: Mapping[str, float]) -> list[tuple[str, float]]:
    total = sum(weights.values())
    ordered = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(key, weight / total) for key, weight in ordered] if total > 0 else []
