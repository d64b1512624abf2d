"""How complete the description of a project is: a score from 0 to 100 and a tier."""

from dataclasses import dataclass
from typing import Literal

Tier = Literal["A", "B", "C"]

_LONG, _SHORT = 150, 80  # characters of a description
_TYPED = 0.75  # of a project's actors
_FINDABLE = 15  # points of findability


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """What is known of a project.

    ``coded_territory`` says that a territory has an official code; France as a whole, which has none, counts as coded.
    ``typed_actors`` have a type, ``identified_actors`` a SIREN, SIRET or RNA. ``contributors`` describe the project.
    """

    label: bool
    description_length: int
    theme: bool
    audience_or_method: bool
    territory: bool
    coded_territory: bool
    actors: int
    typed_actors: int
    identified_actors: int
    lead: bool
    start_date: bool
    source_page: bool
    open_licence: bool
    english: bool
    contributors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Points out of 30, 20, 25, 15 and 10; ``tier`` is the highest whose every condition is met, or None."""

    findability: int
    territory: int
    actors: int
    time_and_source: int
    reuse: int
    tier: Tier | None

    @property
    def score(self) -> int:
        """The sum of the parts, 0 to 100."""
        return self.findability + self.territory + self.actors + self.time_and_source + self.reuse


def quality(known: Completeness) -> Quality:
    """The quality of what is known."""
    return Quality(
        findability=_findability(known),
        territory=10 * known.territory + 10 * known.coded_territory,
        actors=10 * (known.actors > 0) + 5 * known.lead + 5 * _mostly_typed(known) + 5 * (known.identified_actors > 0),
        time_and_source=10 * known.start_date + 5 * known.source_page,
        reuse=5 * known.open_licence + 5 * known.english,
        tier=_tier(known),
    )


def _findability(known: Completeness) -> int:
    description = 5 * (known.description_length >= _SHORT) + 5 * (known.description_length >= _LONG)
    return 5 * known.label + description + 10 * known.theme + 5 * known.audience_or_method


def _mostly_typed(known: Completeness) -> bool:
    return known.actors > 0 and known.typed_actors >= _TYPED * known.actors


def _tier(known: Completeness) -> Tier | None:
    """A findable, B linkable, C comparable; each asks for the one before."""
    if _findability(known) < _FINDABLE:
        return None
    if not (known.coded_territory and known.actors):
        return "A"
    comparable = known.actors > 1 and _mostly_typed(known) and known.start_date and known.contributors > 1
    return "C" if comparable else "B"
