"""The protocols between those who make releases and those who serve them."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, Self

from cis_graph.model.accounts import SourceAccount
from cis_graph.model.findings import Finding
from cis_graph.model.meetings import Matchmaker
from cis_graph.model.network import Network
from cis_graph.model.places import Coordinates
from cis_graph.model.quality import QualityState
from cis_graph.model.recognition import Candidate, Sought
from cis_graph.model.terms import Row, Statements, Term

RdfFormat = Literal["ttl", "nt", "jsonld", "rdf", "trig"]
ResultFormat = Literal["json", "xml", "csv", "tsv"]
SearchKind = Literal["project", "grant", "actor", "territory", "theme", "audience", "method", "programme"]

SearchSort = Literal["", "name", "date"]
SEARCH_FILTERS = ("theme", "audience", "method", "contributor", "territory", "role", "type", "actor")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInformation:
    """What ``release.json`` says: the one place where the time of a build is kept."""

    number: int
    created: str  # xsd:dateTime, UTC
    software: str
    ontology: str
    canonical_hash: str  # of all statements of every graph, in any order
    base: str
    inputs: Mapping[str, str]  # source slug -> sha256 of its snapshot
    counts: Mapping[str, int]  # project, actor, contributor, record, territory, participation, …, quads
    conforms: bool = True  # whether it passed its checks; only then can it be published

    @property
    def identity(self) -> str:
        """Its number and what it says: what is kept of a release is kept under this."""
        return f"{self.number} {self.canonical_hash}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuestion:
    """What somebody looks for: words, and for each filter the keys of which one at least must apply.

    ``filters`` are by the names of :data:`SEARCH_FILTERS`. Years overlap: what began by ``last_year`` and did not end
    before ``first_year``; what states no year is left out then. With ``near`` hits come by distance. Pages count from
    1. ``facets`` names those to count, where not all are wanted.
    """

    text: str = ""
    kind: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    first_year: int | None = None
    last_year: int | None = None
    near: Coordinates | None = None
    sort: SearchSort = ""
    page: int = 1
    size: int = 40
    facets: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One entity found; its point where one is known (WGS84 degrees)."""

    kind: str
    key: str
    label: str
    detail: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A thing that an answer names: its label, its point, and the keys of what it lies in, the nearest first."""

    label: str
    above: tuple[str, ...] = ()
    point: Coordinates | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """One page of hits with the number of all hits, their number by kind, and by facet and key.

    Each count is what choosing that key would give with everything else that is chosen; a year's, what that year alone
    would give. ``mentions`` are its territories and actors, by ``territory/key`` and ``actor/key``.
    """

    total: int
    hits: tuple[SearchHit, ...]
    kinds: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    mentions: Mapping[str, Mention] = field(default_factory=dict)

    def name(self, kind: str, key: str) -> str:
        """What a territory or an actor is called, empty where that is not told."""
        mention = self.mentions.get(f"{kind}/{key}")
        return mention.label if mention else ""

    def above(self, territory: str) -> tuple[str, ...]:
        """The keys of the territories in which a territory lies, the nearest first."""
        mention = self.mentions.get(f"territory/{territory}")
        return mention.above if mention else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpFile:
    """One file of a release's dumps, or of the release itself: for the former, a dataset in one format."""

    name: str
    size: int  # bytes
    sha256: str
    path: Path


class Unrecalled(Exception):
    """Memory alone does not hold what a release was asked for, or it is so much that others would wait."""


class OpenRelease(Protocol):
    """A published release, open for reading; every answer comes from this one release."""

    @property
    def recalled(self) -> "OpenRelease":
        """The same release, which answers at once from memory alone, or raises :class:`Unrecalled`."""

    @property
    def information(self) -> ReleaseInformation:
        """What ``release.json`` says."""

    @property
    def is_patched(self) -> bool:
        """Whether it holds statements of curators' patches, which search and network do not follow."""

    @property
    def network(self) -> Network:
        """Who cooperates with whom."""

    @property
    def matchmaker(self) -> Matchmaker:
        """Who might meet."""

    def rows(self, query: str, **bindings: Term) -> tuple[Row, ...]:
        """The solutions of our own query ``sparql/{query}.rq`` with its variables bound."""

    def about(self, subjects: Iterable[str], predicates: Collection[str] = ()) -> Mapping[str, Statements]:
        """What it says of each of some IRIs, records' graphs left out: only some properties, where any are given."""

    def pointing(self, iri: str, predicates: Iterable[str]) -> Statements:
        """By property, what points to an IRI, records' graphs left out."""

    def names(self, iris: Iterable[str]) -> Mapping[str, tuple[Term, ...]]:
        """What each of some IRIs is called, in every language."""

    def told(self, nodes: Iterable[str]) -> Mapping[str, Statements]:
        """What each of some records' nodes says, in its record's graph."""

    def graph(self, query: str, format_: RdfFormat, **bindings: Term) -> bytes:
        """The serialised graph of our own CONSTRUCT query ``sparql/{query}.rq``."""

    def description(self, iri: str, format_: RdfFormat) -> bytes:
        """What the release says of one entity; as TriG, each statement in the graph of who says so."""

    def record(self, iri: str, format_: RdfFormat) -> bytes:
        """One record's graph and its provenance; empty bytes where there is no such record."""

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """One page of what is asked for."""

    def suggest(self, text: str) -> tuple[SearchHit, ...]:
        """A few entities whose names begin so."""

    def recognise(self, sought: Sought) -> tuple[Candidate, ...]:
        """The entities that a name and its hints may mean, best first."""

    def dumps(self) -> tuple[DumpFile, ...]:
        """The files to download, by name; empty while they are being written."""

    def replicable(self) -> tuple[DumpFile, ...]:
        """The files that another machine serves this release from, by their paths in it."""

    def empty_examples(self) -> Mapping[str, str]:
        """The example queries that answer nothing, by slug, with the day (xsd:date) since when."""

    def findings(self, contributor: str) -> tuple[Finding, ...]:
        """The contributor's report."""

    def quality(self) -> Mapping[str, Sequence[QualityState]]:
        """What was measured of each contributor's projects, the oldest state first."""

    def accounts(self, contributor: str) -> tuple[SourceAccount, ...]:
        """Where the rows and records of each of the contributor's sources ended."""


class Releases(Protocol):
    """The shelf of releases."""

    def current(self) -> OpenRelease | None:
        """The published release, or None where nothing is published yet."""

    def at(self, number: int) -> OpenRelease | None:
        """A release that is on the shelf, published once or not; None where it is not there."""

    def visited(self) -> OpenRelease | None:
        """The release that answers the running request."""

    def published(self) -> tuple[ReleaseInformation, ...]:
        """All releases on the shelf, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query from outside, not trusted; ``client`` tells apart those who share the machine."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    client: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryAnswer:
    """A serialised answer; ``body`` gives bytes as they come and raises when the answer is cut.

    ``whole`` is all of a short answer, of which nothing is to be waited for or ended any more.
    """

    media_type: str
    release: int
    body: AsyncIterator[bytes] = field(repr=False)
    whole: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, whole: bytes, *, media_type: str, release: int) -> Self:
        """A short answer that is there."""
        return cls(media_type=media_type, release=release, body=_once(whole), whole=whole)


async def _once(whole: bytes) -> AsyncIterator[bytes]:
    yield whole


class QueryRunner(Protocol):
    """Runs queries from outside where they can harm nobody."""

    async def run(self, query: Query, *, results: ResultFormat, graph: RdfFormat) -> QueryAnswer:
        """The answer in ``results`` format for SELECT and ASK, in ``graph`` format for CONSTRUCT and DESCRIBE.

        Raises:
            QuerySyntaxFault: the query does not parse.
            QueryForbidden: it asks for SERVICE or an update.
            QueryTooLarge: it is over the limits of size or nesting.
            QueryTimeout: no first byte before the deadline.
            QueryCrowd: the client has too many under way.
            QueryOverload: all clients together have too many under way.
            ReleaseFault: nothing is published yet.
        """

    async def close(self) -> None:
        """Ends every worker."""
