"""Keys of records whose source gives no identifier: made of what a row says."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cis_graph.mapping.names import slug
from cis_graph.mapping.source import Numbered, Unit


@dataclass(frozen=True, slots=True)
class Keyed:
    """A row of a list without identifiers, with the key made for it."""

    key: str
    row: Any


def keyed(identity: Callable[[Any], str]) -> Callable[[tuple[tuple[Numbered, ...], ...]], Iterable[Unit]]:
    """Units of one row with a key made of what the row says, so that it does not depend on where it stands.

    Rows that say the same are told apart by a counter: identical rows are all kept.
    """

    def gather(tables: tuple[tuple[Numbered, ...], ...]) -> Iterator[Unit]:
        seen: Counter[str] = Counter()
        for numbered in (numbered for table in tables for numbered in table):
            key = sha256(identity(numbered.row).encode()).hexdigest()[:12]
            seen[key] += 1
            yield Unit((numbered,), Keyed(key if seen[key] == 1 else f"{key}-{seen[key]}", numbered.row))

    return gather


def identity(*parts: object) -> str:
    """What a row says, made comparable: case, accents and punctuation apart."""
    return "|".join(slug(str(part or "")) for part in parts)
