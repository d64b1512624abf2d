"""Draws that repeat: everything comes from ``random.Random.random``, which Python keeps the same for ever."""

import random
from bisect import bisect
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of draws of its own for each thing, so that a thing does not depend on what was made before it."""

    def __init__(self, *seed: object) -> None:
        self._draw = random.Random("/".join(map(str, seed))).random

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self._draw() < share

    def below(self, count: int) -> int:
        """A whole number from 0 to one less than ``count``."""
        return int(self._draw() * count)

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + self.below(most - least + 1)

    def pick(self, among: Sequence[T]) -> T:
        """One of them, each as likely."""
        return among[self.below(len(among))]

    def weighted(self, among: Sequence[T], cumulative: Sequence[float]) -> T:
        """One of them, by the running sums of their weights."""
        return among[min(bisect(cumulative, self._draw() * cumulative[-1]), len(among) - 1)]

    def some(self, among: Sequence[T], count: int) -> list[T]:
        """So many of them, none twice, in the order of the draw; all where there are fewer."""
        left = list(among)
        for at in range(min(count, len(left))):
            other = at + self.below(len(left) - at)
            left[at], left[other] = left[other], left[at]
        return left[:count]
