"""What is made once for each language of the release that is shown, and let go with it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from cis_graph.model.releases import OpenRelease

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Keeps what was made for the release shown last."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Made] = {}  # never changed in place: several threads read it

    def of(self, release: OpenRelease, language: str, make: Callable[[], Made]) -> Made:
        """What was made for this release and language, made now where it was not."""
        key, kept = (release.information.identity, language), self._made
        if key in kept:
            return kept[key]
        made = make()
        self._made = {old: value for old, value in kept.items() if old[0] == key[0]} | {key: made}
        return made
