"""How complete the description of a project is: a score after data.europa.eu, a tier after Europeana."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.model.quality import DIMENSIONS, Quality, QualityProfile, Tier

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


def quality(known: Completeness) -> Quality:
    """The quality of what is known."""
    tier = _tier(known)
    return Quality(
        findability=_findability(known),
        territory=10 * known.territory + 10 * known.coded_territory,
        actors=10 * (known.actors > 0) + 5 * known.lead + 5 * _mostly_typed(known) + 5 * (known.identified_actors > 0),
        time_and_source=10 * known.start_date + 5 * known.source_page,
        reuse=5 * known.open_licence + 5 * known.english,
        tier=tier,
        lacking=_lacking(known, tier),
    )


def profile(qualities: Iterable[Quality]) -> QualityProfile | None:
    """Several projects together; None where there is none."""
    every = list(qualities)
    if not every:
        return None
    return QualityProfile(
        projects=len(every),
        dimensions={name: sum(getattr(one, name) for one in every) / len(every) for name in DIMENSIONS},
        tiers=dict(sorted(Counter(one.tier or "" for one in every).items())),
        lacking=dict(Counter(name for one in every for name in one.lacking).most_common()),
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


def _lacking(known: Completeness, tier: Tier | None) -> tuple[str, ...]:
    """What the next tier asks for and is not there."""
    if tier is None:
        met = {"theme": known.theme, "description": known.description_length >= _LONG, "label": known.label}
    elif tier == "A":
        met = {"territory": known.coded_territory, "actors": known.actors > 0}
    elif tier == "B":
        met = {
            "partners": known.actors > 1,
            "actor-types": _mostly_typed(known),
            "start-date": known.start_date,
            "second-source": known.contributors > 1,
        }
    else:
        met = {}
    return tuple(name for name, is_met in met.items() if not is_met)
