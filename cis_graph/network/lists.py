"""Lists that many rows have in common, each kept once under a number."""

from collections.abc import Iterable
from typing import Generic, TypeVar

Member = TypeVar("Member")


class Lists(Generic[Member]):
    """Numbers from 0 in the order in which lists are first met."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Member, ...], int] = {}

    def number(self, members: Iterable[Member]) -> int:
        """The number of a list."""
        return self._numbers.setdefault(tuple(members), len(self._numbers))

    def rows(self) -> Iterable[tuple[int, list[Member]]]:
        """Each number with its list, as many as there are when they are read."""
        for members, number in self._numbers.items():
            yield number, list(members)
