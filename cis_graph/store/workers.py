"""Queries from outside: fair between clients, watched, bounded, killed at the deadline."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cis_graph.errors import (
    QueryFault,
    QueryForbidden,
    QuerySyntaxFault,
    QueryTooLarge,
    ReleaseFault,
)
from cis_graph.model.media import RDF_MEDIA_TYPES, RESULT_MEDIA_TYPES
from cis_graph.model.releases import Query, QueryAnswer, RdfFormat, ResultFormat
from cis_graph.store.admission import Admission
from cis_graph.store.answering import Answer, Limits
from cis_graph.store.frames import ERROR
from cis_graph.store.guard import check_size
from cis_graph.store.lanes import Lane, Usage
from cis_graph.store.pool import Pool

_SLOW = 2  # slow places for each fast one
_AHEAD = 1  # workers started ahead of those that the fast places may take at once


@dataclass(frozen=True, slots=True)
class Served:
    """The release that queries run on: its number and the folder of its store."""

    number: int
    store: Path


class Workers:
    """Runs ``count`` short queries and twice as many long ones at once, at most ``each`` of one client's under way."""

    def __init__(
        self,
        served: Callable[[], Served | None],
        *,
        count: int,
        limits: Limits,
        each: int = 8,
        services: tuple[str, ...] = (),
    ) -> None:
        self._served = served
        self._limits = limits
        self._admission = Admission(count, each=each)
        usage = Usage()
        self._pool = Pool(spare=count + _AHEAD, memory=limits.memory, services=services)
        self._fast = Lane(count, each=count, usage=usage)
        self._slow = Lane(count * _SLOW, each=count, usage=usage)
        self._under_way: dict[Answer, str] = {}

    async def run(self, query: Query, *, results: ResultFormat, graph: RdfFormat) -> QueryAnswer:
        """See :class:`~cis_graph.model.releases.QueryRunner`; the answer's body must be read or closed."""
        check_size(query.text)
        served = self._served()
        if served is None:
            raise ReleaseFault("Nothing is published yet; build and publish a release first.")
        request = {
            "query": query.text,
            "default_graphs": query.default_graphs,
            "named_graphs": query.named_graphs,
            "store": str(served.store),
            "results": results,
            "graph": graph,
        }
        body = self._admitted(query.client)
        try:
            letter, data = await body.ask(json.dumps(request).encode(), served.store)
        except BaseException:
            await body.aclose()
            raise
        if letter == ERROR:
            raise _fault(data)
        media_type = RDF_MEDIA_TYPES[graph] if data == b"graph" else RESULT_MEDIA_TYPES[results]
        if body.whole is not None:
            return QueryAnswer.of(body.whole, media_type=media_type, release=served.number)
        return QueryAnswer(media_type=media_type, release=served.number, body=body)

    async def close(self) -> None:
        """Kills every worker; no other is started."""
        self._fast.close()
        self._slow.close()
        for answer in tuple(self._under_way):
            answer.cut()
        await self._pool.close()

    def _admitted(self, client: str) -> Answer:
        self._admission.enter(client)
        answer = Answer(client, self._limits, pool=self._pool, fast=self._fast, slow=self._slow, over=self._forget)
        self._under_way[answer] = client
        return answer

    def _forget(self, answer: Answer) -> None:
        self._admission.leave(self._under_way.pop(answer))


def _fault(data: bytes) -> QueryFault:
    error = json.loads(data)
    if error["type"] == "syntax":
        return QuerySyntaxFault(error["message"], line=error["line"], column=error["column"])
    if error["type"] == "forbidden":
        return QueryForbidden(error["message"])
    if error["type"] == "too-large":
        return QueryTooLarge(error["message"])
    return QueryFault(f"The store could not answer: {error['message']}")
