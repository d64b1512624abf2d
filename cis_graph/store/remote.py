"""One release's statements in a dataset of a SPARQL server, asked over HTTP."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import pyoxigraph as ox

from cis_graph.errors import StoreFault
from cis_graph.model.releases import RdfFormat
from cis_graph.model.terms import Row, Statements, Term
from cis_graph.store.binding import bound, dataset_of
from cis_graph.store.embedded import serialised
from cis_graph.store.endpoint import RESULTS_JSON, TRIPLES, UNREADABLE, Endpoint, Reader, Server
from cis_graph.store.terms import StoreTerm, plain

_ABOUT = "SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {subjects} }} {properties} ?s ?p ?o }}"
_POINTING = "SELECT ?s ?p WHERE {{ VALUES ?p {{ {properties} }} ?s ?p {iri} }}"
_TOLD = "SELECT ?s ?p ?o WHERE {{ VALUES (?s ?g) {{ {nodes} }} GRAPH ?g {{ ?s ?p ?o }} }}"
_QUADS = "SELECT ?s ?p ?o ?g WHERE {{ {pattern} }}"
_Read = TypeVar("_Read")
_LARGEST = 256 * 1024 * 1024  # bytes of one answer to a query of ours


class RemoteStore:
    """Fulfils :class:`~cis_graph.store.reading.ReadableStore`.

    ``check`` raises once the dataset holds another release.
    """

    def __init__(self, server: Server, endpoint: Endpoint, check: Callable[[], None]) -> None:
        self._server, self._endpoint, self._check = server, endpoint, check

    def rows(self, query: str, bindings: Mapping[str, Term]) -> tuple[Row, ...]:
        """The solutions of a SELECT with some of its variables bound."""
        return self._rows(bound(query, bindings))

    def about(self, subjects: Iterable[str], predicates: Collection[str] = ()) -> Mapping[str, Statements]:
        """What the default graph says of each of some IRIs: only some properties, where any are given."""
        iris, properties = list(subjects), f"VALUES ?p {{ {_names(predicates)} }}" if predicates else ""
        return self._told(iris, _ABOUT.format(subjects=_names(iris), properties=properties))

    def pointing(self, iri: str, predicates: Iterable[str]) -> Statements:
        """By property, what the default graph has point to an IRI."""
        names = list(predicates)
        rows = self._rows(_POINTING.format(properties=_names(names), iri=ox.NamedNode(iri)))
        return {name: tuple(row["s"] for row in rows if row["p"].value == name) for name in names}

    def told(self, nodes: Iterable[str]) -> Mapping[str, Statements]:
        """What each of some records' nodes says, in its record's graph."""
        names = list(nodes)
        pairs = " ".join(f"({ox.NamedNode(one)} {ox.NamedNode(one.partition('#')[0])})" for one in names)
        return self._told(names, _TOLD.format(nodes=pairs))

    def graph(self, query: str, bindings: Mapping[str, Term], format_: RdfFormat) -> bytes:
        """The serialised triples of a CONSTRUCT with some of its variables bound."""
        with self._asked(bound(query, bindings), TRIPLES) as answer:
            data = _whole(answer)
        return serialised(_read(lambda: list(ox.parse(input=data, format=ox.RdfFormat.TURTLE))), format_)

    def quads(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        obj: str | None = None,
        graph: str | None = None,
    ) -> list[ox.Quad]:
        """The quads with these IRIs; None means any, an empty ``graph`` the default graph; blank nodes are unknown."""
        given = {"s": subject, "p": predicate, "o": obj, "g": graph or None}
        if any(value and value.startswith("_:") for value in given.values()):
            return []
        terms = {name: ox.NamedNode(value) for name, value in given.items() if value}
        s, p, o, g = (str(terms.get(name, f"?{name}")) for name in "spog")
        spo = f"{s} {p} {o}"
        named = f"GRAPH {g} {{ {spo} }}"
        if self._endpoint.default_graph and not graph:
            named += f" FILTER(?g != <{self._endpoint.default_graph}>)"
        pattern = spo if graph == "" else named if graph else f"{{ {spo} }} UNION {{ {named} }}"
        found = self._solutions(_QUADS.format(pattern=pattern))
        return [_quad({**one, **terms}) for one in found]

    def _told(self, subjects: Iterable[str], query: str) -> Mapping[str, Statements]:
        """What a query says of each of some things, nothing where there is none."""
        found: dict[str, dict[str, list[Term]]] = {one: {} for one in subjects}
        for row in self._rows(query) if found else ():
            found[row["s"].value].setdefault(row["p"].value, []).append(row["o"])
        return {one: {name: tuple(values) for name, values in said.items()} for one, said in found.items()}

    def _rows(self, query: str) -> tuple[Row, ...]:
        return tuple({name: plain(term) for name, term in one.items()} for one in self._solutions(query))

    def _solutions(self, query: str) -> list[dict[str, StoreTerm]]:
        with self._asked(query, RESULTS_JSON) as answer:
            data = _whole(answer)
        return _read(lambda: _solved(data))

    @contextmanager
    def _asked(self, query: str, accept: str) -> Iterator[Reader]:
        self._check()
        graphs = dataset_of(query, self._endpoint.default_graph)
        with self._server.asked(self._endpoint, query, accept, graphs=graphs) as answer:
            try:
                yield answer
            except OSError as error:
                raise answer.fault or StoreFault(f"The SPARQL server's answer cannot be read: {error}") from error
        self._check()  # else some of it may be of another release


def _names(iris: Iterable[str]) -> str:
    return " ".join(str(ox.NamedNode(one)) for one in iris)


def _solved(data: bytes) -> list[dict[str, StoreTerm]]:
    solutions = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    if not isinstance(solutions, ox.QuerySolutions):
        raise ValueError("it is no list of solutions")  # noqa: TRY004 - of what was read
    names = [variable.value for variable in solutions.variables]
    return [{name: term for name in names if (term := one[name]) is not None} for one in solutions]


def _read(reading: Callable[[], _Read]) -> _Read:
    """What is read; a fault that holds no frame of the reading, whose objects may not leave this thread."""
    try:
        return reading()
    except UNREADABLE as error:
        told = str(error)
    raise StoreFault(f"The SPARQL server answers what cannot be read: {told}")


def _whole(answer: Reader) -> bytes:
    pieces, size = [], 0
    while piece := answer.read():
        pieces.append(piece)
        size += len(piece)
        if size > _LARGEST:
            raise StoreFault(f"The SPARQL server answers more than {_LARGEST} bytes.")
    return b"".join(pieces)


def _quad(terms: Mapping[str, StoreTerm]) -> ox.Quad:
    subject, predicate, graph = terms["s"], terms["p"], terms.get("g")
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode) or isinstance(graph, ox.Literal):
        raise StoreFault("The SPARQL server answers with statements that are none.")
    place = graph if isinstance(graph, ox.NamedNode | ox.BlankNode) else ox.DefaultGraph()
    return ox.Quad(subject, predicate, terms["o"], place)
