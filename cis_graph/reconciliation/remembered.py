"""What was compared before, so that two things that are as they were are not compared again.

A thing has a sign, of all that a comparison sees of it: its features, how rare its words are, who else bears its name,
its blocks. Two whose signs were there together and shared a block were compared; what was found is true still.
The files may be deleted at any time, which costs nothing but time.
"""

import zlib
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from typing import NamedTuple, Self

from cis_graph.model.nodes import NodeId
from cis_graph.model.packing import packed, unpacked
from cis_graph.reconciliation.blocking import Blocks
from cis_graph.reconciliation.compared import Comparing
from cis_graph.reconciliation.corpus import Rarity
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.levels import Levels
from cis_graph.reconciliation.scale import Pair, Scale
from cis_graph.whole import replace_whole

_SIZE = 12  # bytes of a sign
_GROUND = 32  # bytes of what tells one ground from another
_MOST = 1 / 8  # of all things; where more are new, all are compared
_FAST = 1  # of zlib's levels


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What was compared, in a file of each kind of thing; ``ground`` tells software and territories from others."""

    folder: Path
    ground: bytes

    def found(
        self, nodes: Sequence[NodeId], things: Sequence[Features], scale: Scale, comparing: Comparing
    ) -> Iterator[Pair]:
        """The pairs of ``things`` that share a block and are not plainly two; they stand for these nodes, in order.

        All were read from records, and have a digest.
        What is found is remembered in the place of what was, once all have been asked for.
        """
        path, ground = self.folder / f"{scale.manner.kind}.compared", self._ground(scale)
        was, signing = _Compared.read(path, ground), _Signing(nodes, scale)
        blocks = Blocks(things, signing.keys, scale.manner.cap, watched=was.full)
        now = _Compared(signing.signs, blocks.full)
        for pair in _again(was, now, blocks, things, scale, comparing):
            now.take(*pair)
            yield pair
        now.write(path, ground)

    def _ground(self, scale: Scale) -> bytes:
        """What all comparisons depend on beside the things: what is weighed how, in a set how large and how crowded."""
        corpus = scale.corpus
        most = scale.threshold, corpus.rarity.most, corpus.leads.most
        ground = repr((scale.manner.kind, scale.weights, most, sorted(corpus.crowded)))
        return blake2b(self.ground + ground.encode(), digest_size=_GROUND).digest()


class _Signing:
    """Things signed while their blocks are made, one after the other."""

    def __init__(self, nodes: Sequence[NodeId], scale: Scale) -> None:
        self._nodes, self._scale = iter(nodes), scale
        self.signs = bytearray()  # one after the other: there are a million

    def keys(self, thing: Features, counts: Mapping[str, int]) -> set[str]:
        found, corpus = self._scale.manner.keys(thing, counts), self._scale.corpus
        leads = thing.leads.words if thing.leads else ()
        borne = [(corpus.homonyms.get(name.glued), corpus.spread.get(name.glued)) for name in thing.names]
        told = (*next(self._nodes), *sorted(thing.projects), "", *sorted(thing.partners), "", *sorted(found))
        sign = blake2b(repr(borne).encode() + "\x1f".join(told).encode() + thing.digest, digest_size=_SIZE)
        sign.update(_rarities(corpus.rarity, (word for name in thing.names for word in sorted(name.words))))
        sign.update(_rarities(corpus.leads, sorted(leads)))
        self.signs += sign.digest()
        return found


class _Chosen(NamedTuple):
    """Some pairs: the higher places by the lower."""

    mates: Mapping[int, Collection[int]]

    def pairs(self, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        for place in places:
            yield from ((place, mate) for mate in sorted(self.mates.get(place, ())))


class _Compared:
    """Things that were compared with each other, by their signs, and the pairs that tell, by places among these.

    Signs stand one after the other. Two were compared where they share a block that is not ``full``.
    """

    def __init__(self, signs: bytes | bytearray, full: AbstractSet[str]) -> None:
        self.signs, self.full = signs, full
        self._places = array("I")  # of one, of the other, of their levels
        self._levels: dict[Levels, int] = {}

    @classmethod
    def read(cls, path: Path, ground: bytes) -> Self:
        """What a file tells that was compared on this ground; nothing where there is none, or it is damaged."""
        try:
            said = path.read_bytes()
            if said[:_GROUND] == ground:
                signs, full, levels, places = unpacked(zlib.decompress(said[_GROUND:]))
                found = cls(signs, full)
                found._places.frombytes(places)
                found._levels = dict(zip(levels, range(len(levels)), strict=True))
                return found
        except (OSError, zlib.error):
            pass
        return cls(b"", frozenset())

    def things(self) -> list[bytes]:
        """The sign of each thing."""
        return [bytes(self.signs[start : start + _SIZE]) for start in range(0, len(self.signs), _SIZE)]

    def take(self, one: int, other: int, levels: Levels) -> None:
        """Keeps a pair that tells, by the places of both."""
        self._places.extend((one, other, self._levels.setdefault(levels, len(self._levels))))

    def pairs(self) -> Iterator[Pair]:
        levels = list(self._levels)
        told = self._places
        return ((a, b, levels[which]) for a, b, which in zip(told[::3], told[1::3], told[2::3], strict=True))

    def write(self, path: Path, ground: bytes) -> None:
        """Writes it in the place of what was compared before."""
        told = (bytes(self.signs), self.full, list(self._levels), self._places.tobytes())
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, ground + zlib.compress(packed(told), _FAST))


def _again(
    was: _Compared, now: _Compared, blocks: Blocks, things: Sequence[Features], scale: Scale, comparing: Comparing
) -> Iterable[Pair]:
    """All pairs: of things that are as they were those that were found, the others compared."""
    known = was.things()
    places = {sign: place for place, sign in enumerate(now.things())} if known else {}
    fresh = places.keys() - set(known)
    if not known or len(fresh) > _MOST * len(things):
        return comparing(things, scale, lambda: blocks)
    wanted = _Chosen(_wanted(blocks, map(places.__getitem__, fresh)))
    found = dict(_kept(was, [places.get(sign) for sign in known], blocks))
    found.update(((one, other), levels) for one, other, levels in comparing(things, scale, lambda: wanted))
    return ((*pair, levels) for pair, levels in sorted(found.items()))


def _wanted(blocks: Blocks, fresh: Iterable[int]) -> Mapping[int, Collection[int]]:
    """Whom things are to be compared with, by the lower place: the fresh with all, and all whose block was full."""
    mates: dict[int, set[int]] = defaultdict(set)
    for place in fresh:
        for mate in blocks.mates(place):
            mates[min(place, mate)].add(max(place, mate))
    for block in blocks.watched:
        for one, other in combinations(block, 2):
            mates[one].add(other)
    return mates


def _kept(was: _Compared, places: Sequence[int | None], blocks: Blocks) -> Iterator[tuple[tuple[int, int], Levels]]:
    """What was found of pairs that share a block still; ``places`` are where the things that were are now."""
    is_less = bool(blocks.full - was.full)  # else all that shared a block do
    for one, other, levels in was.pairs():
        first, second = places[one], places[other]
        if first is None or second is None or (is_less and not blocks.are_mates(first, second)):
            continue
        yield (first, second), levels


def _rarities(rarity: Rarity, words: Iterable[str]) -> bytes:
    return array("d", (rarity[word] for word in words)).tobytes()
