"""Levels of agreement that actors and projects share."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from cis_graph.reconciliation.corpus import Corpus
from cis_graph.reconciliation.features import Features

Levels = tuple[str, ...]
Compare = Callable[[Features, Features, Corpus], Levels]

_SAME_POINT = 0.002  # degrees, about 200 m


@dataclass(frozen=True, slots=True)
class Stage:
    """Questions that are answered together, with what answers them."""

    questions: tuple[str, ...]
    compare: Compare


def agreement(one: str | None, other: str | None) -> str:
    """``same`` or ``different`` where both say something, else ``unknown``."""
    if one is None or other is None:
        return "unknown"
    return "same" if one == other else "different"


def banded(value: float, bounds: Sequence[float]) -> str:
    """A number as the highest bound that it reaches (``0`` below the first), in as few characters as tell it."""
    reached = bisect_right(bounds, value)
    return f"{bounds[reached - 1]:g}" if reached else "0"


def place_level(one: Features, other: Features, crowded: Collection[str]) -> str:
    """How two places stand to each other, from ``commune`` (the same) to ``apart`` (no common département).

    A crowded place in common tells little: a commune as much as a département does, a département nothing.
    """
    if not one.where.departements or not other.where.departements:
        return "unknown"
    if common := one.where.communes & other.where.communes:
        return "departement" if common <= set(crowded) else "commune"
    if one.where.departements.isdisjoint(other.where.departements):
        return "apart"
    if one.where.communes and other.where.communes:
        return "other-commune"
    if one.where.departement is None or one.where.departement != other.where.departement:
        return "possible"
    return "unknown" if one.where.departement in crowded else "departement"


def point_level(one: Features, other: Features) -> str:
    """Whether two points are the same one."""
    if one.point is None or other.point is None:
        return "unknown"
    apart = abs(one.point[0] - other.point[0]) + abs(one.point[1] - other.point[1])
    return "same" if apart < _SAME_POINT else "different"
