"""How alike two names are, from 0 to 1, and what their common words weigh."""

from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from cis_graph.reconciliation.corpus import Rarity
from cis_graph.reconciliation.names import Name

_NEAR_SPELLING = 0.92
_SHORTEST_NEAR = 4  # letters
_LENGTHS_APART = 2
_SHORTEST_CUT = 28  # letters
_ROUNDING = 1e-9
_similarity = JaroWinkler.similarity


def overlap(one: frozenset[str], other: frozenset[str], rarity: Rarity) -> float:
    """The share of two sets of words that is common, weighed by rarity; a word meets its own near-spelling."""
    if not one or not other:
        return 0.0
    common = one & other
    weight = 2 * rarity.total(common)
    left = sorted(other - common)
    for word in sorted(one - common) if left else ():
        if mate := _near_spelling(word, left):
            weight += rarity[word] + rarity[mate]
            left.remove(mate)
    whole = rarity.whole(one) + rarity.whole(other)
    return min(1.0, weight / (whole + _ROUNDING))


def _near_spelling(word: str, others: Iterable[str]) -> str | None:
    """The first that is spelt nearly as the word is."""
    length = len(word)
    if length < _SHORTEST_NEAR:
        return None
    for other in others:
        if abs(length - len(other)) <= _LENGTHS_APART and _similarity(word, other) > _NEAR_SPELLING:
            return other
    return None


def alike(one: Name, other: Name, rarity: Rarity) -> float:
    """How alike two names are by their words or their letters, whichever says more."""
    if one.glued == other.glued:
        return 1.0
    letters = fuzz.ratio(one.glued, other.glued) / 100
    return max(overlap(one.words, other.words, rarity), letters * letters)


def is_initials(one: Name, other: Name) -> bool:
    """Whether one name is the acronym of the other."""
    return (one.is_acronym and one.glued == other.initials) or (other.is_acronym and other.glued == one.initials)


def is_cut(one: Name, other: Name) -> bool:
    """Whether one name is the other cut off by an export, of a good length."""
    shorter, longer = sorted((one.glued, other.glued), key=len)
    return len(shorter) >= _SHORTEST_CUT and longer.startswith(shorter)


def is_spelling(one: Name, other: Name) -> bool:
    """Whether each word of one name is a word of the other or its near-spelling.

    A word that goes on where its mate ends is a slip only where all of one name goes on so: else the mate may be cut
    off, and not all names of which ``cycl`` is left are one.
    """
    begins = one.glued.startswith(other.glued) or other.glued.startswith(one.glued)
    left = sorted(other.words - one.words)
    for word in sorted(one.words - other.words):
        mate = _near_spelling(word, [mate for mate in left if begins or not _goes_on(word, mate)])
        if mate is None:
            return False
        left.remove(mate)
    return not left


def _goes_on(word: str, other: str) -> bool:
    """Whether one word goes on after the other by more than a letter, as ``cyclotourisme`` does where ``cycl`` ends."""
    return abs(len(word) - len(other)) > 1 and (word.startswith(other) or other.startswith(word))
