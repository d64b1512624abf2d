"""Queries from outside on a SPARQL server: read here first, bounded, and answered in our own words."""

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import IO, cast

import pyoxigraph as ox

from cis_graph.errors import QueryTimeout, ReleaseFault, StoreFault, StoreSilent
from cis_graph.model.media import RDF_MEDIA_TYPES, RESULT_MEDIA_TYPES
from cis_graph.model.releases import Query, QueryAnswer, QueryRunner, RdfFormat, ResultFormat
from cis_graph.store.admission import Admission
from cis_graph.store.binding import dataset_of
from cis_graph.store.embedded import make_store
from cis_graph.store.endpoint import RESULTS_JSON, TRIPLES, UNREADABLE, Endpoint, Reader, Server
from cis_graph.store.forms import GRAPHS, RESULTS
from cis_graph.store.relay import Relay

_VIRTUOSO_ASKED, _ONE = "__ASK_RETVAL", ox.Literal(1)  # how Virtuoso answers ASK where a default graph is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The release that queries run on: its number, its dataset, and what raises once that holds another."""

    number: int
    endpoint: Endpoint
    check: Callable[[], None]


class RemoteQueries:
    """Fulfils :class:`~cis_graph.model.releases.QueryRunner` over a SPARQL server.

    ``reader`` runs each query on an empty store first: what does not parse, updates, asks another server or nests too
    deep never leaves this machine, whatever the server would make of it.
    """

    def __init__(
        self,
        server: Server,
        reader: QueryRunner,
        standing: Callable[[], Standing | None],
        *,
        seconds: float,
        places: int,
        each: int,
    ) -> None:
        self._server, self._reader, self._standing = server, reader, standing
        self._seconds = seconds
        self._admission = Admission(places, each=each)
        self._threads = ThreadPoolExecutor(self._admission.most, thread_name_prefix="remote-query")

    async def run(self, query: Query, *, results: ResultFormat, graph: RdfFormat) -> QueryAnswer:
        """See :class:`~cis_graph.model.releases.QueryRunner`; the answer's body must be read or closed.

        Raises:
            StoreFault: the server does not answer as it should.
        """
        standing = self._standing()
        if standing is None:
            raise ReleaseFault("Nothing is published yet; build and publish a release first.")
        until = monotonic() + self._seconds
        self._admission.enter(query.client)
        try:
            is_graph = await self._is_graph(query)
        except BaseException:
            self._admission.leave(query.client)
            raise
        relay = Relay(until, lambda: self._admission.leave(query.client))
        work = _Work(self._server, standing, query, until, GRAPHS[graph] if is_graph else RESULTS[results])
        try:
            async with asyncio.timeout(until - monotonic()):
                await relay.start(self._threads, work.run)
        except (TimeoutError, StoreSilent):
            told = f"No answer within {self._seconds:g} seconds; narrow the query or take the dump."
            raise QueryTimeout(told, seconds=self._seconds) from None
        media_type = RDF_MEDIA_TYPES[graph] if is_graph else RESULT_MEDIA_TYPES[results]
        return QueryAnswer(media_type=media_type, release=standing.number, body=relay)

    async def close(self) -> None:
        """Ends every connection and every worker."""
        await self._reader.close()
        self._server.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _is_graph(self, query: Query) -> bool:
        """Whether it asks for a graph.

        Raises:
            QueryFault: it is refused.
        """
        read = await self._reader.run(replace(query, client=""), results="json", graph="nt")
        async for _ in read.body:
            pass
        return read.media_type == RDF_MEDIA_TYPES["nt"]


def empty_store() -> Path:
    """The folder of a store that says nothing, made once and removed when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="cis-graph-empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_store(folder / "store", ())
    return folder / "store"


def _truth(value: bool) -> ox.QueryBoolean:  # noqa: FBT001 - its one argument
    found = ox.parse_query_results(f'{{"head":{{}},"boolean":{str(value).lower()}}}', format=ox.QueryResultsFormat.JSON)
    if not isinstance(found, ox.QueryBoolean):
        raise TypeError
    return found


@dataclass(frozen=True, slots=True)
class _Work:
    """One query in its thread: asked in JSON or N-Triples, and written anew, so that a cut answer never looks whole."""

    server: Server
    standing: Standing
    query: Query
    until: float
    form: ox.RdfFormat | ox.QueryResultsFormat

    def run(self, out: Relay) -> None:
        """Asks and writes.

        Raises:
            StoreFault, QueryFault: there is no answer, or it is none.
        """
        self.standing.check()
        accept = TRIPLES if isinstance(self.form, ox.RdfFormat) else RESULTS_JSON
        left = max(self.until - monotonic(), 0.1)
        endpoint, graphs = self.standing.endpoint, tuple(self._graphs())
        with self.server.asked(endpoint, self.query.text, accept, graphs=graphs, seconds=left) as answer:
            try:
                self._write(answer, cast("IO[bytes]", out))
            except UNREADABLE as error:
                raise answer.fault or StoreFault(f"The SPARQL server answers what cannot be read: {error}") from error
        self.standing.check()

    def _write(self, answer: Reader, out: IO[bytes]) -> None:
        source = cast("IO[bytes]", answer)
        if isinstance(self.form, ox.RdfFormat):
            triples = (quad.triple for quad in ox.parse(input=source, format=ox.RdfFormat.TURTLE))
            ox.serialize(triples, out, format=self.form)
            return
        found = ox.parse_query_results(source, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QuerySolutions) and [one.value for one in found.variables] == [_VIRTUOSO_ASKED]:
            found = _truth(any(one[0] == _ONE for one in found))
        found.serialize(out, format=self.form)

    def _graphs(self) -> Iterator[tuple[str, str]]:
        """The dataset of the query, that of the server where it names none."""
        default, named = self.query.default_graphs, self.query.named_graphs
        yield from (("default-graph-uri", graph) for graph in default)
        yield from (("named-graph-uri", graph) for graph in named)
        if not default and not named:
            yield from dataset_of(self.query.text, self.standing.endpoint.default_graph)
