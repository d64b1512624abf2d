"""Fills a dataset of a SPARQL server by SPARQL Update, which every server takes."""

from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from cis_graph.errors import StoreFault
from cis_graph.store.embedded import holds_blank
from cis_graph.store.endpoint import Endpoint, Server
from cis_graph.store.remote import RemoteStore

_BATCH = 1000  # statements of one update; Virtuoso takes no more than some thousands
_LARGEST = 1 << 20  # bytes, after which no other is added
_GRAPHS = 100  # cleared by one update
_SECONDS = 600.0
_COUNTED = "SELECT (COUNT(*) AS ?n) WHERE { %s }"
_NAMED = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), %s)) }"


class Filling:
    """Writes one dataset; record graphs have names under ``base``."""

    def __init__(self, server: Server, endpoint: Endpoint, base: str) -> None:
        self._server, self._endpoint, self._base = server, endpoint, base

    def clear(self) -> None:
        """Takes out everything; from a server without a default graph, what has our names."""
        if not self._endpoint.default_graph:
            self._update("CLEAR ALL")
            return
        names = iter([f"<{self._endpoint.default_graph}>", *self._graphs()])
        while some := list(islice(names, _GRAPHS)):
            self._update(" ;\n".join(f"CLEAR SILENT GRAPH {name}" for name in some))

    def add(self, lines: Iterable[bytes]) -> None:
        """Adds N-Quads lines; those with blank nodes all in one update, which alone keeps them the same."""
        blank = list[bytes]()
        for batch in _batches(lines, blank):
            self._write("INSERT", batch)
        if blank:
            self._update(f"INSERT {{\n{self._groups(blank)}}} WHERE {{}}")  # Virtuoso takes none as DATA

    def remove(self, lines: Iterable[bytes]) -> None:
        """Takes out N-Quads lines without blank nodes."""
        for batch in _batches(lines, []):
            self._write("DELETE", batch)

    def check(self, default: int, named: int) -> None:
        """Counts the statements of the default graph and of the named ones.

        Raises:
            StoreFault: they are not as many as were written.
        """
        store, default_graph = RemoteStore(self._server, self._endpoint, lambda: None), self._endpoint.default_graph
        ours = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{default_graph}> && STRSTARTS(STR(?g), {_text(self._base)}))"
        found = [
            int(store.rows(_COUNTED % pattern, {})[0]["n"].value)
            for pattern in ("?s ?p ?o", ours if default_graph else "GRAPH ?g { ?s ?p ?o }")
        ]
        if found != [default, named]:
            raise StoreFault(
                f"The SPARQL server holds {found[0]} statements in its default graph and {found[1]} in named ones, "
                f"where {default} and {named} were written; Virtuoso, which has no default graph, needs "
                "CIS_STORE_DEFAULT_GRAPH; a server whose default graph is the union of all cannot serve"
            )

    def _graphs(self) -> Iterator[str]:
        store = RemoteStore(self._server, self._endpoint, lambda: None)
        return (f"<{row['g'].value}>" for row in store.rows(_NAMED % _text(self._base), {}))

    def _write(self, verb: str, lines: Iterable[bytes]) -> None:
        self._update(f"{verb} DATA {{\n{self._groups(lines)}}}")

    def _groups(self, lines: Iterable[bytes]) -> str:
        by_graph: dict[str, list[ox.Triple]] = {}
        for quad in ox.parse(input=b"".join(lines), format=ox.RdfFormat.N_QUADS):
            name = quad.graph_name
            graph = self._endpoint.default_graph if isinstance(name, ox.DefaultGraph) else name.value
            by_graph.setdefault(graph, []).append(quad.triple)
        groups = (
            f"GRAPH <{graph}> {{\n{_triples(triples)}}}" if graph else _triples(triples)
            for graph, triples in by_graph.items()
        )
        return "\n".join(groups)

    def _update(self, text: str) -> None:
        self._server.update(self._endpoint, text, seconds=_SECONDS)


def _batches(lines: Iterable[bytes], blank: list[bytes]) -> Iterator[list[bytes]]:
    """Lines without blank nodes, so many and so much at once; the others go to ``blank``."""
    batch, size = list[bytes](), 0
    for line in lines:
        if holds_blank(line):
            blank.append(line)
            continue
        batch.append(line)
        size += len(line)
        if len(batch) == _BATCH or size > _LARGEST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _triples(triples: Iterable[ox.Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _text(value: str) -> str:
    return str(ox.Literal(value))
