"""Names from somebody's list, and the entities that they may mean."""

from dataclasses import dataclass
from typing import Literal

Quantifier = Literal["any", "all", "none"]
RECOGNISED = ("actor", "project", "grant", "programme", "territory", "theme", "audience", "method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What a list says of a thing beside its name: values of one property, as keys or as words.

    Without agreement a ``required`` hint rules a candidate out; any other makes it less likely.
    """

    name: str
    values: tuple[str, ...]
    quantifier: Quantifier = "any"
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A name with its hints; ``kinds`` are those of :data:`RECOGNISED` that it may be of, all where none is named."""

    text: str
    kinds: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    limit: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One reason for a score: the likeness of names or the agreement on a hint, from 0 to 1."""

    name: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entity that may be meant: its score from 0 to 100 with its reasons, and whether it surely is."""

    kind: str
    key: str
    label: str
    detail: str
    score: float
    match: bool
    features: tuple[Feature, ...]
