"""How complete the description of a project is, and what a contributor's projects come to together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cis_graph.model.notices import Both

Tier = Literal["A", "B", "C"]
TIERS: tuple[Tier, ...] = ("A", "B", "C")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Points out of 30, 20, 25, 15 and 10; ``tier`` is the highest whose every condition is met, or None.

    ``lacking`` are the conditions of the next tier that are not met, by their names.
    """

    findability: int
    territory: int
    actors: int
    time_and_source: int
    reuse: int
    tier: Tier | None
    lacking: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        """The sum of the parts, 0 to 100."""
        return sum(getattr(self, name) for name in DIMENSIONS)


DIMENSIONS: Mapping[str, int] = {
    "findability": 30,
    "territory": 20,
    "actors": 25,
    "time_and_source": 15,
    "reuse": 10,
}
"""The greatest number of points of each dimension."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityProfile:
    """The projects of one contributor together.

    ``dimensions`` are mean points, ``tiers`` how many projects reach exactly that tier (``""``: none), ``lacking`` how
    many projects lack what, the most frequent first.
    """

    projects: int
    dimensions: Mapping[str, float]
    tiers: Mapping[str, int]
    lacking: Mapping[str, int]

    @property
    def score(self) -> float:
        """The mean score, 0 to 100."""
        return round(sum(self.dimensions.values()), 1)

    @property
    def tier(self) -> str:
        """The highest tier that every project reaches, empty where one reaches none: the minimum rule."""
        return min((tier for tier, count in self.tiers.items() if count), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityState:
    """A contributor's profile from a release on, until the next state; ``created`` is an xsd:dateTime."""

    release: int
    created: str
    profile: QualityProfile


LACKING: Mapping[str, Both] = {
    "label": Both("un titre", "a title"),
    "description": Both("une description de 150 caractères au moins", "a description of 150 characters at least"),
    "theme": Both("un thème reconnu", "a theme that is known"),
    "territory": Both("un territoire reconnu (commune, EPCI, département, région)", "a territory that is known"),
    "actors": Both("au moins un acteur (qui porte le projet)", "an actor at least (who leads the project)"),
    "partners": Both("au moins deux acteurs (avec qui)", "two actors at least (with whom)"),
    "actor-types": Both("le type de trois acteurs sur quatre", "the type of three actors in four"),
    "start-date": Both("une date de début", "a start date"),
    "second-source": Both("un second contributeur qui décrit le projet", "a second contributor who describes it"),
}
"""What each condition asks for, by its name."""
