"""What decides whom a project or an actor might meet, as the text index keeps it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from cis_graph.model.places import Coordinates

TOPICS = ("theme", "audience", "method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one states, where it is, and its circle.

    ``stated`` gives the keys of concepts by the names of :data:`TOPICS`. ``circle`` holds the families of projects it
    belongs to and, of a project, those who cooperate in it: two who share one of these have met. ``areas`` are keys of
    départements and régions, those left out that are too many to tell a place.
    """

    stated: dict[str, frozenset[str]] = field(default_factory=dict)
    circle: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    point: Coordinates | None = None

    @property
    def concepts(self) -> Iterator[str]:
        """What it states, as terms of the index: ``theme/sante``."""
        return (f"{topic}/{key}" for topic in TOPICS for key in sorted(self.stated.get(topic, ())))

    def packed(self) -> bytes:
        """The profile as the index stores it."""
        point = [self.point.latitude, self.point.longitude] if self.point else None
        stated = [sorted(self.stated.get(topic, ())) for topic in TOPICS]
        return json.dumps([stated, sorted(self.circle), sorted(self.areas), point]).encode()

    @classmethod
    def unpacked(cls, stored: bytes) -> Self:
        """The profile that was stored so."""
        stated, circle, areas, point = json.loads(stored)
        return cls(
            stated={topic: frozenset(keys) for topic, keys in zip(TOPICS, stated, strict=True)},
            circle=frozenset(circle),
            areas=frozenset(areas),
            point=Coordinates(latitude=point[0], longitude=point[1]) if point else None,
        )
