"""A published release, open for reading."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import cast

from cis_graph.errors import ReleaseFault
from cis_graph.model.accounts import SourceAccount
from cis_graph.model.findings import Finding
from cis_graph.model.meetings import Matchmaker
from cis_graph.model.network import Network
from cis_graph.model.quality import QualityState
from cis_graph.model.recognition import Candidate, Sought
from cis_graph.model.releases import (
    DumpFile,
    OpenRelease,
    RdfFormat,
    ReleaseInformation,
    SearchAnswer,
    SearchHit,
    SearchQuestion,
)
from cis_graph.model.terms import Row, Statements, Term
from cis_graph.network.opened import Tables
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.release.dumps import dump_place, read_dumps
from cis_graph.release.files import FileSums
from cis_graph.release.information import MANIFEST, REPORT, read_accounts, read_findings, read_information
from cis_graph.release.leases import Lease
from cis_graph.release.network import NETWORK
from cis_graph.release.parts import PARTS, PATCHES, Parts
from cis_graph.release.quality import read_quality
from cis_graph.release.recalled import FromMemory, called
from cis_graph.release.recognition import Recogniser
from cis_graph.release.trials import read_trials
from cis_graph.resources import CURATION, SPARQL
from cis_graph.search.index import Index
from cis_graph.store.descriptions import merged, told
from cis_graph.store.embedded import EmbeddedStore, serialised
from cis_graph.store.reading import ReadableStore
from cis_graph.store.recalling import Recalled, Recalling

STORE, SEARCH = "store", "search"
SERVED = (MANIFEST, NETWORK, PARTS, REPORT, SEARCH, STORE)


StoreOf = Callable[[Path], ReadableStore]


def embedded(place: Path) -> ReadableStore:
    """The store in a release's own folder."""
    return EmbeddedStore(place / STORE)


class Opened:
    """Fulfils :class:`~cis_graph.model.releases.OpenRelease` over one directory, which stays while this lives."""

    def __init__(self, place: Path, sums: FileSums | None = None, store_of: StoreOf = embedded) -> None:
        self.place = place
        self._sums = sums or FileSums()
        self._lease = Lease(place)
        self.information: ReleaseInformation = read_information(place)
        self._store = Recalling(store_of(place))
        self._index = Index(place / SEARCH)
        self._queries: dict[str, str] = {}

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser(self._index, Aliases.load(CURATION / "aliases.csv"))

    @cached_property
    def is_patched(self) -> bool:
        """Whether it holds statements of curators' patches."""
        return any(Parts(self.place / PARTS).merged([PATCHES]))

    @cached_property
    def network(self) -> Network:
        """Who cooperates with whom, opened when first asked."""
        return Tables(self.place / NETWORK)

    @cached_property
    def recalled(self) -> OpenRelease:
        """The same release, which answers at once from memory alone, or raises ``Unrecalled``."""
        return cast("OpenRelease", FromMemory(self.information, Recalled(self._store), self._index.meetings))

    @property
    def matchmaker(self) -> Matchmaker:
        """Who might meet."""
        return self._index.meetings

    def rows(self, query: str, **bindings: Term) -> tuple[Row, ...]:
        """The solutions of our own query ``sparql/{query}.rq`` with its variables bound."""
        return self._store.rows(self._query(query), bindings)

    def about(self, subjects: Iterable[str], predicates: Collection[str] = ()) -> Mapping[str, Statements]:
        """What it says of each of some IRIs, records' graphs left out: only some properties, where any are given."""
        return self._store.about(subjects, predicates)

    def pointing(self, iri: str, predicates: Iterable[str]) -> Statements:
        """By property, what points to an IRI, records' graphs left out."""
        return self._store.pointing(iri, predicates)

    def names(self, iris: Iterable[str]) -> Mapping[str, tuple[Term, ...]]:
        """What each of some IRIs is called, in every language."""
        return called(self.about, iris)

    def told(self, nodes: Iterable[str]) -> Mapping[str, Statements]:
        """What each of some records' nodes says, in its record's graph."""
        return self._store.told(nodes)

    def graph(self, query: str, format_: RdfFormat, **bindings: Term) -> bytes:
        """The serialised graph of our own CONSTRUCT query ``sparql/{query}.rq``."""
        return self._store.graph(self._query(query), bindings, format_)

    def description(self, iri: str, format_: RdfFormat) -> bytes:
        """What the release says of one thing; as TriG with what each record says of it, in that record's graph."""
        quads = merged(self._store, iri)
        if format_ == "trig":
            quads += told(self._store, iri)
        return serialised(quads, format_) if quads else b""

    def record(self, iri: str, format_: RdfFormat) -> bytes:
        """One record's graph and its provenance; empty where there is no such record."""
        quads = merged(self._store, iri) + self._store.quads(graph=iri)
        return serialised(quads, format_) if quads else b""

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """One page of what is asked for."""
        return self._index.search(question)

    def suggest(self, text: str) -> tuple[SearchHit, ...]:
        """A few entities whose names begin so."""
        return self._index.suggest(text)

    def recognise(self, sought: Sought) -> tuple[Candidate, ...]:
        """The entities that a name and its hints may mean, best first."""
        return self._recogniser.recognise(sought)

    def findings(self, contributor: str) -> tuple[Finding, ...]:
        """The contributor's report."""
        return read_findings(self.place, contributor)

    def accounts(self, contributor: str) -> tuple[SourceAccount, ...]:
        """Where the rows and records of each of the contributor's sources ended."""
        return read_accounts(self.place, contributor)

    def quality(self) -> Mapping[str, Sequence[QualityState]]:
        """What was measured of each contributor's projects, the oldest state first."""
        return read_quality(self.place)

    def dumps(self) -> tuple[DumpFile, ...]:
        """The files to download, by name; empty while they are being written."""
        return read_dumps(dump_place(self.place))

    def replicable(self) -> tuple[DumpFile, ...]:
        """The files that another machine serves this release from, by their paths in it."""
        return self._replicable

    @cached_property
    def _replicable(self) -> tuple[DumpFile, ...]:
        return self._sums.files(self.place, SERVED)

    def empty_examples(self) -> Mapping[str, str]:
        """The example queries that answer nothing, by slug, with the day since when."""
        return {slug: one.empty_since for slug, one in read_trials(self.place).items() if one.empty_since}

    def _query(self, name: str) -> str:
        if name not in self._queries:
            path = SPARQL / f"{name}.rq"
            if not path.is_file():
                raise ReleaseFault(f"There is no query sparql/{name}.rq")
            self._queries[name] = path.read_text(encoding="utf-8")
        return self._queries[name]
