"""What makes a tie between two actors: who is party to a project, as what, and how much a project weighs.

Two actors cooperate when each holds a cooperating role in the same project. A funder of a project, or of a grant, is
tied to each actor the money reaches; a grant makes no other tie.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

Side = Literal["cooperates", "funds", "receives"]
Origin = Literal["participation", "actor", "project"]  # where a time or a territory comes from

CROWD = 100  # from so many participants on, only the lead is tied to each of them
FUNDER = "financeur"
LEADS = frozenset({"porteur", "co-porteur"})
PAYEES = LEADS | {"beneficiaire", "laureat"}
_PARTS = 1_000_000  # weights are counted in millionths, so that sums are exact in any order


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One actor on one side of one project, its participations there taken together.

    ``territories`` are those the source gives, ``placed`` says what they are of; ``begins`` and ``ends`` are the first
    and the last possible day, ``dated`` says what they are of. ``participations`` are keys, as is everything else.
    """

    project: str
    actor: str
    side: Side
    roles: tuple[str, ...]
    participations: tuple[str, ...]
    contributors: tuple[str, ...]
    begins: date | None = None
    ends: date | None = None
    dated: Origin | None = None
    territories: tuple[str, ...] = ()
    placed: Origin | None = None

    @property
    def leads(self) -> bool:
        """Whether it leads the project."""
        return not LEADS.isdisjoint(self.roles)


def millionths(others: int) -> int:
    """What one project weighs in a tie, in millionths: 1/(n-1) for n participants, that is ``others`` beside oneself.

    Half a millionth is rounded up, as SPARQL's ROUND does.
    """
    return (2 * _PARTS + others) // (2 * others) if others else 0


def weight(parts: int) -> str:
    """Millionths as a decimal number without superfluous zeros: ``0.5``, ``12.0``."""
    whole, rest = divmod(parts, _PARTS)
    return f"{whole}.{f'{rest:06}'.rstrip('0') or '0'}"


def cooperating(parties: Sequence[Party]) -> Iterable[tuple[Party, Party]]:
    """The pairs that cooperate in one project, each once, its actors in order of key."""
    partners = sorted((party for party in parties if party.side == "cooperates"), key=lambda party: party.actor)
    pairs = combinations(partners, 2)
    if len(partners) < CROWD:
        return pairs
    return (pair for pair in pairs if pair[0].leads or pair[1].leads)


def period(one: Party, other: Party) -> tuple[date | None, date | None]:
    """When both are there: from the later beginning to the earlier end; to the later one where they never met."""
    begins = max((party.begins for party in (one, other) if party.begins), default=None)
    ends = sorted(party.ends for party in (one, other) if party.ends)
    if not ends:
        return begins, None
    return begins, ends[0] if begins is None or ends[0] >= begins else max(ends[-1], begins)
