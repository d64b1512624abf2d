"""Where each document stands in the alphabet: numbers with room between them, so that most stay where others come."""

import json
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Self

FILE = "alphabet"
_ROOM = 1 << 32  # between two that were ranked together
_FAST = 1  # of zlib's levels

Spelled = tuple[str, str, str]  # the words of a label between spaces, kind, key: what documents are ordered by


@dataclass(frozen=True, slots=True)
class Alphabet:
    """What stands where; ``gone`` is how many documents were taken out of the index since it was made whole."""

    places: Mapping[Spelled, int]
    gone: int = 0

    @classmethod
    def of(cls, every: Iterable[Spelled]) -> Self:
        """All of an index that is made whole."""
        return cls({spelled: (rank + 1) * _ROOM for rank, spelled in enumerate(sorted(every))})

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """That of the index in a folder; None where it has none."""
        path = folder / FILE
        if not path.exists():
            return None
        told = json.loads(zlib.decompress(path.read_bytes()))
        return cls({(spelled, kind, key): place for spelled, kind, key, place in told["places"]}, told["gone"])

    def write(self, folder: Path) -> None:
        """Writes it beside the files of an index."""
        told = {"gone": self.gone, "places": [[*spelled, place] for spelled, place in self.places.items()]}
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        (folder / FILE).write_bytes(zlib.compress(text, _FAST))

    def revised(self, names: AbstractSet[tuple[str, str]], fresh: Iterable[Spelled]) -> Self | None:
        """The same without some documents (kind, key), and with ``fresh`` ones in their places.

        None where there is no room for them.
        """
        kept = {spelled: place for spelled, place in self.places.items() if spelled[1:] not in names}
        found = list(_placed(kept, fresh))
        if any(place is None for _, place in found):
            return None
        places = {**kept, **{spelled: place for spelled, place in found if place is not None}}
        return type(self)(places, self.gone + len(self.places) - len(kept))


def _placed(kept: Mapping[Spelled, int], fresh: Iterable[Spelled]) -> Iterator[tuple[Spelled, int | None]]:
    """Where new ones stand, evenly between those that stay; None where there is no room."""
    known = sorted(kept)
    after = ((bisect_left(known, spelled), spelled) for spelled in sorted(fresh))
    for rank, group in groupby(after, key=itemgetter(0)):
        some = [spelled for _, spelled in group]
        low = kept[known[rank - 1]] if rank else 0
        high = kept[known[rank]] if rank < len(known) else low + _ROOM * (len(some) + 1)
        step = (high - low) // (len(some) + 1)
        yield from ((spelled, low + step * number if step else None) for number, spelled in enumerate(some, 1))
