"""Citing: a short permanent name for a query on a release."""

from dataclasses import dataclass
from typing import Protocol

from cis_graph.errors import CisGraphError
from cis_graph.model.releases import ReleaseInformation


class CitationRefused(CisGraphError):
    """A citation cannot be kept; ``french`` says why."""

    def __init__(self, message: str, *, french: str) -> None:
        super().__init__(message)
        self.french = french


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A query that somebody cites, with the release that answers it for ever."""

    name: str
    release: int
    created: str  # when the release was made, xsd:dateTime, UTC
    canonical_hash: str  # of the release
    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Citations(Protocol):
    """What is cited."""

    def cite(
        self,
        query: str,
        release: ReleaseInformation,
        *,
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> Citation:
        """Keeps a query with a release that somebody reads now, which stays from then on.

        The same again has the same name.

        Raises:
            CitationRefused: it is too long, or too many are kept.
        """

    def cited(self, name: str) -> Citation | None:
        """What was cited under a name."""
