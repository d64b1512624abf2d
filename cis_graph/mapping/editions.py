"""Two editions of one source: which rows belong together, and which name to show."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cis_graph.mapping.names import slug
from cis_graph.mapping.source import Numbered, Unit
from cis_graph.mapping.values import clean

_QUOTES = {"Pi", "Pf"}  # opening and closing quotation marks, which wrap a name and are no part of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What two editions tell of one thing: the first one's rows, the newest one's row, or both."""

    key: str
    first: tuple[Any, ...]
    newest: Any | None

    @property
    def editions(self) -> tuple[Any, ...]:
        """One row of each edition that has the thing, the newest first."""
        return tuple(row for row in (self.newest, *self.first[:1]) if row is not None)


def paired(
    first: Iterable[Numbered],
    newest: Iterable[Numbered],
    *,
    group: Callable[[Any], tuple[str | None, ...]],
    is_same: Callable[[Any, Any], bool],
) -> Iterator[Unit]:
    """The first edition's rows of each group with the newest edition's row of that number.

    The first part of ``group`` is that number, and the key. Rows are put together only if they are the same thing, so
    that a row inserted above them is noticed. What one edition alone has comes alone.
    """
    alone = {str(numbered.number): numbered for numbered in newest}
    groups: dict[tuple[str | None, ...], list[Numbered]] = {}
    for numbered in first:
        groups.setdefault(group(numbered.row), []).append(numbered)
    for (number, *_), rows in groups.items():
        other = alone.get(str(number))
        is_pair = other is not None and is_same(rows[0].row, other.row)
        yield _unit(str(number), rows, alone.pop(str(number)) if is_pair else None)
    for key, numbered in alone.items():
        yield _unit(key, (), numbered)


def _unit(key: str, first: Iterable[Numbered], newest: Numbered | None) -> Unit:
    rows = tuple(numbered.row for numbered in first)
    origins = tuple(numbered for numbered in (*first, newest) if numbered)
    return Unit(origins, Told(key=key, first=rows, newest=newest.row if newest else None))


def one_name(newest: str, first: str) -> tuple[str, str | None]:
    """The name to show, and the first edition's where it is another name and not another spelling."""
    return (better_spelled(newest, first), None) if same_words(newest, first) else (newest, first)


def same_words(one: str, other: str) -> bool:
    """Whether two names have the same letters and digits, case, accents and punctuation apart."""
    return _letters(one) == _letters(other)


def better_spelled(newer: str, older: str) -> str:
    """Of two spellings of one name the better punctuated; the newer where both are as good."""
    return max(clean(newer), clean(older), key=_marks)


def _letters(name: str) -> str:
    return slug(clean(name)).replace("-", "")


def _marks(name: str) -> int:
    categories = map(unicodedata.category, name)
    return sum(category.startswith("P") and category not in _QUOTES for category in categories)
