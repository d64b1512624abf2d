"""What was used last, within a bound of size: what was not used for longest goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Bounded(Generic[Key, Value]):
    """Keeps values up to ``most`` in all, by the size that each is kept with; for one thread at a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._size = 0

    def get(self, key: Key) -> Value | None:
        """The value of a key, which is used now."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def keep(self, key: Key, value: Value, size: int) -> None:
        """Keeps a value, in the place of the one before; others go while there is too much."""
        self._forget(key)
        self._kept[key] = (value, size)
        self._size += size
        while self._size > self._most:
            self._forget(next(iter(self._kept)))

    def forget(self, which: Callable[[Key], bool]) -> None:
        """Lets all go whose key is one of these."""
        for key in [each for each in self._kept if which(each)]:
            self._forget(key)

    def _forget(self, key: Key) -> None:
        _, size = self._kept.pop(key, (None, 0))
        self._size -= size
