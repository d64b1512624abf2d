"""Who might meet: the rule, and two of a kind with what they have in common and no project together."""

from dataclasses import dataclass
from typing import Protocol

NEAR = 20  # kilometres
AGREE = 2  # of theme, audience, method and place, of which one at least is no place
NOWHERE = 3  # what lies in more départements or régions lies nowhere in particular


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One who might meet another: the kind, key and name of a project or an actor."""

    kind: str
    key: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two projects or two actors that might meet, and why.

    Concepts are keys that both state. ``kilometres`` is known where both stand at most :data:`NEAR` apart;
    ``areas`` are the keys of the départements, else of the régions, that both lie in, where one has no point.
    """

    one: Party
    other: Party
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    methods: tuple[str, ...]
    kilometres: int | None
    areas: tuple[str, ...]

    @property
    def agreements(self) -> int:
        """In how many of the four questions they agree."""
        return sum(map(bool, (self.themes, self.audiences, self.methods, self.is_near)))

    @property
    def is_near(self) -> bool:
        """Whether they are near each other."""
        return self.kilometres is not None or bool(self.areas)

    @property
    def rank(self) -> tuple[int, int, int]:
        """The order: those that agree in most, then with most concepts in common, then the nearest."""
        concepts = len(self.themes) + len(self.audiences) + len(self.methods)
        return -self.agreements, -concepts, self._far

    @property
    def _far(self) -> int:
        """Kilometres, or what comes after them: a département, a région, nothing in common."""
        if self.kilometres is not None:
            return self.kilometres
        if not self.areas:
            return NEAR + 3
        return NEAR + 1 if self.areas[0].startswith("departement") else NEAR + 2


class Matchmaker(Protocol):
    """Finds who might meet; never two that share a project, a family of projects, or a cooperating actor."""

    def of(self, kind: str, key: str, *, most: int) -> tuple[Meeting, ...]:
        """Whom one project or actor might meet, the best first."""

    def within(self, territory: str, *, most: int) -> tuple[Meeting, ...]:
        """Who might meet where one at least works in a territory, those that both do first; each twice at most."""
