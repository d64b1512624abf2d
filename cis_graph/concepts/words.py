"""The words of a concept, and what words mean."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a concept is called in French and in English, and by which other names in either."""

    french: str
    english: str
    others: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """All names, each once."""
        return tuple(dict.fromkeys((self.french, self.english, *self.others)))


WordsByConcept = Mapping[tuple[str, str], Words]  # by scheme and key
Meanings = Mapping[tuple[str, str, str], tuple[str, ...]]  # concept keys by contributor, scheme and slug of the label
