"""Places as contributors write them, and what the resolver answers."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal, Self

Level = Literal["commune", "epci", "departement", "region", "ancienne-region", "pays"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a contributor's words with the hints its source gives.

    ``text`` is free (``69007 Lyon``, ``Rhône Alpes``). ``level`` narrows to one level, ``departement`` is the code of
    the record's département (``69``, ``2A``). ``otherwise`` is a less precise place of the same record, used when this
    one stays unknown. ``territory`` is the key of the resolved territory (``commune-69387``), filled by the resolver.
    """

    text: str
    level: Level | None = None
    departement: str | None = None
    otherwise: Self | None = None
    territory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """A point in WGS84 decimal degrees."""

    latitude: float
    longitude: float


class PlaceStatus(Enum):
    """What the resolver can say of a place."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAnswer:
    """What the resolver answers for one place.

    ``territory`` (``region-82``), ``level`` (``ancienne-region``), ``code`` (``82``) and ``name`` are given only when
    the place is found. ``confidence`` is 0 to 1. ``evidence`` is a word or two on why (``code postal et nom``).
    ``candidates`` are territory keys, most likely first.
    """

    status: PlaceStatus
    territory: str | None = None
    level: Level | None = None
    code: str | None = None
    name: str | None = None
    confidence: float = 0.0
    evidence: str = ""
    candidates: tuple[str, ...] = ()
