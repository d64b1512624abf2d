"""Concepts that an unknown label may stand for; a suggestion is shown to people and publishes nothing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, Self

from rapidfuzz import fuzz, process

from cis_graph.concepts.words import Meanings, Words, WordsByConcept
from cis_graph.mapping.names import slug
from cis_graph.model.records import Label

_SHOWN = 3
_LOOKED_AT = 60  # wordings
_REMEMBERED = 1 << 12  # labels of a scheme
# fmt: off
_EMPTY = frozenset({
    "a", "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "leur", "leurs",
    "ou", "par", "pour", "sur", "un", "une", "and", "for", "in", "of", "the", "to",
})
# fmt: on
_ENDINGS = ("s", "x", "e", "s", "al", "au", "el", "l", "if", "iv")  # taken off in turn: plurals, feminines, adjectives
_STEM = 4  # letters that stay

Evidence = Literal["name", "label"]
NearIn = Callable[[str], Sequence[float]]  # how near a text is in meaning to each of some wordings, from -1 to 1
Nearness = Callable[[Sequence[str]], NearIn]  # of such wordings


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A concept by its key and names.

    ``score`` says how near the nearest wording is, out of 100, and ``how`` what that is: a ``name`` of the concept, or
    a ``label`` that contributors use for it.
    """

    concept: str
    words: Words
    score: float
    how: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighing:
    """What a wording's nearness is made of, and what it counts for.

    ``meaning`` is the share of nearness in meaning, ``least`` what is of help to people, of 100, and ``sharpness`` the
    power that lets one near wording outweigh several less near ones.
    """

    meaning: float
    least: float
    sharpness: int


_BY_SPELLING = _Weighing(meaning=0.0, least=50, sharpness=6)
_BY_MEANING = _Weighing(meaning=0.6, least=20, sharpness=3)


@dataclass(frozen=True, kw_only=True)
class _Wordings:
    """The stems and the words of every wording of a scheme, and beside each the concept it is for."""

    stems: tuple[str, ...]
    words: tuple[str, ...]
    concepts: tuple[tuple[str, Evidence], ...]
    nearness: Nearness | None

    @property
    def weighing(self) -> _Weighing:
        """By meaning where that can be told."""
        return _BY_MEANING if self.nearness else _BY_SPELLING

    def near(self, text: str) -> Sequence[tuple[float, str, Evidence]]:
        """The nearest wordings, the nearest first: nearness of 100, concept and evidence."""
        return self._remembered(text)

    @cached_property
    def _remembered(self) -> Callable[[str], Sequence[tuple[float, str, Evidence]]]:
        return lru_cache(maxsize=_REMEMBERED)(self._near)

    def _near(self, text: str) -> Sequence[tuple[float, str, Evidence]]:
        share, least = self.weighing.meaning, self.weighing.least
        sums = {place: (1 - share) * score for place, score in self._spelt_alike(stems(text)).items()}
        if self._meant is not None:
            for place, score in enumerate(self._meant(_words(text))):
                sums[place] = sums.get(place, 0.0) + share * 100 * round(max(score, 0.0), 4)
        scores = ((score, *self.concepts[place]) for place, score in sums.items() if score >= least)
        return sorted(scores, reverse=True)[:_LOOKED_AT]

    def _spelt_alike(self, text: str) -> Mapping[int, float]:
        in_order = process.extract(text, self.stems, scorer=fuzz.token_sort_ratio, limit=None)
        shared = process.extract(text, self.stems, scorer=fuzz.token_set_ratio, limit=None)
        sums: dict[int, float] = defaultdict(float)
        for _, score, place in (*in_order, *shared):
            sums[place] += score / 2  # halfway between "the same words" and "words of one are words of the other"
        return sums

    @cached_property
    def _meant(self) -> NearIn | None:
        return self.nearness(self.words) if self.nearness else None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The concepts whose words are near to a label."""

    words: WordsByConcept = field(default_factory=dict)
    wordings: Mapping[str, _Wordings] = field(default_factory=dict)

    @classmethod
    def load(cls, words: WordsByConcept, meanings: Meanings, nearness: Nearness | None = None) -> Self:
        """Suggestions from the names of concepts and from what contributors mean by their labels.

        With ``nearness``, what means nearly the same counts beside what is spelt nearly so.
        """
        by_scheme: dict[str, dict[tuple[str, str, Evidence], str]] = {}
        for (scheme, key), found in words.items():
            for name in found.every:
                by_scheme.setdefault(scheme, {}).setdefault((stems(name), key, "name"), _words(name))
        for (_, scheme, label), keys in meanings.items():
            for key in keys:
                by_scheme.setdefault(scheme, {}).setdefault((stems(label), key, "label"), _words(label))
        wordings = {
            scheme: _Wordings(
                stems=tuple(stem for stem, _, _ in found),
                words=tuple(found.values()),
                concepts=tuple((key, how) for _, key, how in found),
                nearness=nearness,
            )
            for scheme, found in by_scheme.items()
        }
        return cls(words, wordings)

    def suggest(self, label: Label) -> tuple[Suggestion, ...]:
        """At most three concepts of the label's scheme, the one that most near wordings speak for first."""
        wordings = self.wordings.get(label.scheme)
        if wordings is None or not stems(label.text):
            return ()
        votes: Counter[str] = Counter()
        nearest: dict[str, tuple[float, Evidence]] = {}
        for score, key, how in wordings.near(label.text):
            votes[key] += round(score**wordings.weighing.sharpness)
            nearest.setdefault(key, (score, how))
        ranked = sorted(votes, key=lambda key: (-votes[key], key))[:_SHOWN]
        return tuple(
            Suggestion(concept=key, words=self.words[label.scheme, key], score=nearest[key][0], how=nearest[key][1])
            for key in ranked
        )


def stems(text: str) -> str:
    """The words that say something, without accents and endings (``Les énergies``: ``energi``)."""
    words = [_stem(word) for word in slug(text).split("-") if word not in _EMPTY]
    return " ".join(words)


def _words(text: str) -> str:
    """The words of a text, as those of a known label are kept: without accents, case and marks."""
    return slug(text).replace("-", " ")


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word.removesuffix(ending)
    return word
