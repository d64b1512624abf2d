"""Concepts that an unknown label may stand for; a suggestion is shown to people and publishes nothing."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from rapidfuzz import fuzz, process

from cis_graph.concepts.labels import Meanings
from cis_graph.concepts.words import Words, WordsByConcept
from cis_graph.mapping.names import slug
from cis_graph.model.records import Label

_SHOWN = 3
_LEAST = 50  # of 100: less near wordings are no help to people
_LOOKED_AT = 60  # wordings
_SHARPNESS = 6  # the power that lets one near wording outweigh several less near ones
# fmt: off
_EMPTY = frozenset({
    "a", "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "leur", "leurs",
    "ou", "par", "pour", "sur", "un", "une", "and", "for", "in", "of", "the", "to",
})
# fmt: on
_ENDINGS = ("s", "x", "e", "s", "al", "au", "el", "l", "if", "iv")  # taken off in turn: plurals, feminines, adjectives
_STEM = 4  # letters that stay

Evidence = Literal["name", "label"]


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
class _Wordings:
    """The stems of every wording of a scheme, and beside each the concept it is for."""

    texts: tuple[str, ...]
    concepts: tuple[tuple[str, Evidence], ...]

    def near(self, text: str) -> list[tuple[float, str, Evidence]]:
        """The nearest wordings, the nearest first: nearness, concept and evidence."""
        in_order = process.extract(text, self.texts, scorer=fuzz.token_sort_ratio, limit=None)
        shared = process.extract(text, self.texts, scorer=fuzz.token_set_ratio, limit=None)
        sums: dict[int, float] = defaultdict(float)
        for _, score, place in (*in_order, *shared):
            sums[place] += score / 2  # halfway between "the same words" and "words of one are words of the other"
        scores = ((score, *self.concepts[place]) for place, score in sums.items() if score >= _LEAST)
        return sorted(scores, reverse=True)[:_LOOKED_AT]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The concepts whose words are near to a label."""

    words: WordsByConcept = field(default_factory=dict)
    wordings: Mapping[str, _Wordings] = field(default_factory=dict)

    @classmethod
    def load(cls, words: WordsByConcept, meanings: Meanings) -> Self:
        """Suggestions from the names of concepts and from what contributors mean by their labels."""
        by_scheme: dict[str, dict[tuple[str, tuple[str, Evidence]], None]] = {}
        for (scheme, key), found in words.items():
            for name in found.every:
                by_scheme.setdefault(scheme, {})[stems(name), (key, "name")] = None
        for (_, scheme, label), keys in meanings.items():
            for key in keys:
                by_scheme.setdefault(scheme, {})[stems(label), (key, "label")] = None
        wordings = {
            scheme: _Wordings(texts=tuple(text for text, _ in found), concepts=tuple(concept for _, concept in found))
            for scheme, found in by_scheme.items()
        }
        return cls(words, wordings)

    def suggest(self, label: Label) -> tuple[Suggestion, ...]:
        """At most three concepts of the label's scheme, the one that most near wordings speak for first."""
        text = stems(label.text)
        if not text or label.scheme not in self.wordings:
            return ()
        votes: Counter[str] = Counter()
        nearest: dict[str, tuple[float, Evidence]] = {}
        for score, key, how in self.wordings[label.scheme].near(text):
            votes[key] += round(score**_SHARPNESS)
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


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word.removesuffix(ending)
    return word
