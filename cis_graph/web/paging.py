"""Long lists in pages of forty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

SIZE = 40
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Generic[Item]):
    """One page of a list, with the addresses of the pages beside it."""

    items: tuple[Item, ...]
    total: int
    number: int
    path: str
    query: str
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place in the list of this page's first item, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The place in the list of this page's last item."""
        return min(self.number * self.size, self.total)

    @property
    def before(self) -> str:
        """The address of the page before, empty on the first."""
        return self._address(min(self.number - 1, self.pages)) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The address of the page after, empty on the last."""
        return self._address(self.number + 1) if self.number < self.pages else ""

    def _address(self, number: int) -> str:
        kept = [(name, value) for name, value in parse_qsl(self.query) if name != "page"]
        return f"{self.path}?{urlencode([*kept, ('page', str(number))])}"


def paged(items: Sequence[Item], *, number: int, path: str, query: str = "", size: int = SIZE) -> Paged[Item]:
    """The page of this number."""
    chosen = tuple(items[(number - 1) * size : number * size])
    return Paged(items=chosen, total=len(items), number=number, path=path, query=query, size=size)
