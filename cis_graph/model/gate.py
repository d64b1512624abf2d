"""The gate: how contributors' data come in, tried without being kept or pushed for good."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from cis_graph.model.accounts import RowAccount, SourceAccount
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.notices import Both
from cis_graph.model.quality import QualityProfile

Outcome = Literal["published", "unchanged", "under-way", "kept", "refused", "interrupted"]

SET_ASIDE = frozenset({Fate.SOURCE_FAILED, Fate.RECORD_REJECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A source that data may be tried as: whose it is, and the names of its files."""

    source: str
    contributor: str
    title: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What became of the data of a source at every station up to the shapes.

    ``published`` are the keys of the records that keep the rules, each with its label, ``findings`` what there is to
    say of the rest. Nothing is ``published`` where the source as a whole is refused.
    """

    contributor: str
    source: str
    rows: RowAccount = field(default_factory=RowAccount)
    records: int = 0
    published: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    quality: QualityProfile | None = None

    @property
    def is_readable(self) -> bool:
        """Whether the data could be read at all."""
        return not any(finding.fate is Fate.SOURCE_FAILED for finding in self.findings)

    @property
    def conforms(self) -> bool:
        """Whether nothing was set aside: neither the source, nor a row or a record of it."""
        return not any(finding.fate in SET_ASIDE for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """Data as somebody hands them over for the source with this slug (empty: RDF in our own words, of any).

    ``kind`` is ``csv``, ``json`` or a syntax of RDF; empty where the files are the source's own, by their names.
    """

    source: str
    files: Mapping[str, bytes] = field(repr=False)
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """How a push ended; ``account`` is of the whole source in ``release``, ``why`` says what stood in the way.

    ``published``: it is in the release. ``unchanged``: the same was there already. ``under-way``: it is being built.
    ``kept``: the next build publishes it. ``refused``: nothing of it is kept. ``interrupted``: whoever was at it is
    gone, so it has to be pushed again.
    """

    outcome: Outcome
    examined: Examined
    id: str = ""
    release: int | None = None
    account: SourceAccount | None = None
    why: Both | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a push stands: what is remembered of it, which is not its data; ``at`` is when that was last noted."""

    id: str
    contributor: str
    source: str
    at: str
    outcome: Outcome
    records: int
    publishable: int
    release: int | None = None
    why: Both | None = None


class Gate(Protocol):
    """Where contributors' data come in."""

    def choices(self) -> tuple[Choice, ...]:
        """The sources that data may be tried as, by title."""

    def examine(self, handed: Handed) -> Examined:
        """What would become of the data; nothing is kept.

        Raises:
            GateClosed: it took too long or too much memory, or too many are being tried.
        """

    def holder(self, token: str) -> str | None:
        """The contributor whose token this is."""

    def push(self, handed: Handed, *, whole: bool) -> Pushed:
        """Keeps the data and publishes them; ``whole``: they take the place of all that the source had.

        Raises:
            GateClosed: there is no such source, or too many are under way.
        """

    def progress(self, contributor: str, push: str) -> Progress | None:
        """Where a push of the contributor stands, None where there was none."""
