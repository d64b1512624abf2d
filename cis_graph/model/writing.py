"""Writing: how curators' changes come in over HTTP."""

from dataclasses import dataclass
from typing import Protocol

from cis_graph.errors import CisGraphError


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One rule that a change would break: where (IRI or ``_:`` label), which, and what to do."""

    focus: str
    rule: str
    path: str | None
    value: str | None
    message_fr: str
    message_en: str
    remedy_fr: str
    remedy_en: str


class WriteRefused(CisGraphError):
    """A change may not be published, and nothing is left of it; ``french`` says why, ``broken`` which rules."""

    def __init__(self, message: str, *, french: str, broken: tuple[Broken, ...] = ()) -> None:
        super().__init__(message)
        self.french = french
        self.broken = broken


class Writer(Protocol):
    """Who takes changes."""

    def write(self, update: str, *, who: str, why: str) -> int | None:
        """Publishes a SPARQL Update as a release, whose number it gives; None where nothing had to change.

        Raises:
            WriteRefused: it may not be published.
            ReleaseFault: nothing is published yet, or who or why is not said.
            FolderBusy: another process writes for a long time.
        """
