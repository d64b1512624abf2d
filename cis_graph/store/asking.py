"""Asks, in processes that cannot write, what an operation of an update removes and adds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cis_graph.errors import QueryFault, QueryForbidden, QueryTooLarge
from cis_graph.model.releases import Query
from cis_graph.rdf.blank_nodes import named, new_blank_nodes, quads_in
from cis_graph.rdf.writes import Operation, Write
from cis_graph.store.workers import Workers

MOST_GRAPHS = 200  # that one template may write to
_THERE = "ASK { GRAPH <%s> { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Found:
    """What an operation says is gone and is there."""

    removed: set[ox.Quad]
    added: set[ox.Quad]


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks workers; nobody may write to a graph whose name begins with ``records``."""

    workers: Workers
    records: str

    async def found(self, operation: Operation, label: str) -> Found:
        """What an operation removes and adds; new blank nodes are called ``label`` and a number.

        Raises:
            QueryFault: it cannot be asked, or writes where nobody may.
        """
        await self._check_there(operation)
        graph = (await self._names(operation.default_graph, ()))[:1] if operation.default_graph else ()
        removed = await self._triples(operation.removed, graph)
        if new_blank_nodes(removed):
            raise QueryForbidden("A blank node cannot be named to be deleted; use a variable.")
        return Found(removed, named(await self._triples(operation.added, graph), label))

    async def _check_there(self, operation: Operation) -> None:
        for select, wanted in ((operation.needed, True), (operation.free, False)):
            for graph in await self._names(select, ()) if select else ():
                answer = json.loads(await self._answer(_THERE % graph, (), kind="results"))
                if answer["boolean"] is not wanted:
                    how = "is not there" if wanted else "is there already"
                    raise QueryForbidden(f"The graph <{graph}> {how}; write SILENT where that is fine.")

    async def _triples(self, writes: Sequence[Write], default_graph: Sequence[str]) -> set[ox.Quad]:
        quads = set[ox.Quad]()
        for write in writes:
            for graph in await self._names(write.graphs, default_graph) if write.graphs else ("",):
                found = quads_in(await self._answer(write.construct(graph), default_graph, kind="graph"), graph)
                if found and graph.startswith(self.records):
                    raise QueryForbidden(
                        f"The graph <{graph}> holds what a contributor said, which nobody else changes; "
                        "change what the default graph says, or write to a graph of your own."
                    )
                quads |= found
        return quads

    async def _names(self, select: str, default_graph: Sequence[str]) -> Sequence[str]:
        """The IRIs that the first variable of a SELECT takes."""
        answer = json.loads(await self._answer(select, default_graph, kind="results"))
        (variable,) = answer["head"]["vars"]
        terms = [row[variable] for row in answer["results"]["bindings"] if variable in row]
        names = [term["value"] for term in terms if term["type"] == "uri"]
        if len(names) > MOST_GRAPHS:
            raise QueryTooLarge(f"The update writes to {len(names)} graphs at once, at most {MOST_GRAPHS} are taken.")
        return names

    async def _answer(self, query: str, default_graph: Sequence[str], *, kind: str) -> bytes:
        asked = Query(text=query, default_graphs=tuple(default_graph))
        answer = await self.workers.run(asked, results="json", graph="nt")
        body = b"".join([piece async for piece in answer.body])
        if ("json" in answer.media_type) != (kind == "results"):
            raise QueryFault("this is no update")
        return body
