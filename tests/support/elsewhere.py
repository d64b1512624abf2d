"""``CIS_TEST_STORE=oxigraph`` (or ``virtuoso``): the web's tests ask a real SPARQL server instead of this process."""

import asyncio
import atexit
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack
from functools import cache

import pyoxigraph as ox

from cis_graph.errors import QuerySyntaxFault
from cis_graph.model.media import RDF_MEDIA_TYPES, RESULT_MEDIA_TYPES
from cis_graph.model.releases import Query, QueryAnswer, RdfFormat, ResultFormat
from cis_graph.store.endpoint import Endpoint, Server
from cis_graph.store.filling import Filling
from cis_graph.store.remote import RemoteStore
from cis_graph.store.remote_queries import RemoteQueries, Standing
from tests.support.sparql_servers import SERVERS

ELSEWHERE = os.environ.get("CIS_TEST_STORE", "")
_SERVER, _RUNNING = Server(seconds=30), ExitStack()
_ENDPOINTS: dict[tuple[int, int], tuple[ox.Store, Endpoint]] = {}
atexit.register(_RUNNING.close)
atexit.register(_SERVER.close)


def endpoint_of(store: ox.Store) -> Endpoint:
    """A server of its own that says what the store says now."""
    key = (id(store), len(store))
    if key not in _ENDPOINTS:
        endpoint = _RUNNING.enter_context(SERVERS[ELSEWHERE]())
        filling = Filling(_SERVER, endpoint, "")
        filling.add(line + b"\n" for line in (store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines())
        _ENDPOINTS[key] = (store, endpoint)
    return _ENDPOINTS[key][1]


def remote(store: ox.Store) -> RemoteStore:
    """The store as a server has it."""
    return RemoteStore(_SERVER, endpoint_of(store), lambda: None)


async def answered(
    store: ox.Store, number: int, query: Query, *, results: ResultFormat, graph: RdfFormat
) -> QueryAnswer:
    """The answer to a query from outside, as a server gives it."""
    standing = Standing(number=number, endpoint=endpoint_of(store), check=lambda: None)
    queries = RemoteQueries(_SERVER, Reading(), lambda: standing, seconds=30, places=1, each=8)
    answer = await queries.run(query, results=results, graph=graph)
    pieces = [piece async for piece in answer.body]

    async def again() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return QueryAnswer(media_type=answer.media_type, release=answer.release, body=again())


class Reading:
    """Reads queries on an empty store, in this process: the tests trust their own."""

    async def run(self, query: Query, *, results: ResultFormat, graph: RdfFormat) -> QueryAnswer:
        """The empty answer."""
        await asyncio.sleep(0)
        try:
            found = _empty().query(query.text)
        except SyntaxError as error:
            raise QuerySyntaxFault(str(error), line=1, column=1) from None
        is_graph = isinstance(found, ox.QueryTriples)

        async def nothing() -> AsyncIterator[bytes]:
            yield b""

        media_type = RDF_MEDIA_TYPES[graph] if is_graph else RESULT_MEDIA_TYPES[results]
        return QueryAnswer(media_type=media_type, release=0, body=nothing())

    async def close(self) -> None:
        """Nothing to end."""


@cache
def _empty() -> ox.Store:
    return ox.Store()
