"""A store that recalls what it was asked last about things: nobody changes a release, so it never answers otherwise."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import cast

import pyoxigraph as ox

from cis_graph.model.releases import RdfFormat, Unrecalled
from cis_graph.model.terms import Row, Statements, Term
from cis_graph.store.reading import ReadableStore

_MOST = 200_000  # values of properties, of a hundred bytes or two each; twice as many are kept at most
_LEAST = 4  # that anything counts for
_AT_ONCE = 200  # things; to show more takes so long that others would wait

_Key = tuple[str, ...]


class Recalling:
    """Fulfils :class:`~cis_graph.store.reading.ReadableStore` before another; several threads may ask."""

    def __init__(self, store: ReadableStore, most: int = _MOST) -> None:
        self._store, self._most = store, most
        self._young: dict[_Key, Statements] = {}
        self._old: dict[_Key, Statements] = {}
        self._size = 0

    def about(self, subjects: Iterable[str], predicates: Collection[str] = ()) -> Mapping[str, Statements]:
        """What the default graph says of each of some IRIs: only some properties, where any are given."""
        return self.recalled(subjects, ("about", *predicates), lambda unknown: self._store.about(unknown, predicates))

    def told(self, nodes: Iterable[str]) -> Mapping[str, Statements]:
        """What each of some records' nodes says, in its record's graph."""
        return self.recalled(nodes, ("told",), self._store.told)

    def pointing(self, iri: str, predicates: Iterable[str]) -> Statements:
        """By property, what the default graph has point to an IRI."""
        names = tuple(predicates)
        found = self.recalled((iri,), ("pointing", *names), lambda _: {iri: self._store.pointing(iri, names)})
        return found[iri]

    def rows(self, query: str, bindings: Mapping[str, Term]) -> tuple[Row, ...]:
        """The solutions of a SELECT with some of its variables bound."""
        return self._store.rows(query, bindings)

    def graph(self, query: str, bindings: Mapping[str, Term], format_: RdfFormat) -> bytes:
        """The serialised triples of a CONSTRUCT with some of its variables bound."""
        return self._store.graph(query, bindings, format_)

    def quads(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        obj: str | None = None,
        graph: str | None = None,
    ) -> list[ox.Quad]:
        """The quads with these IRIs or ``_:`` labels; None means any, and an empty ``graph`` the default graph."""
        return self._store.quads(subject=subject, predicate=predicate, obj=obj, graph=graph)

    def recalled(
        self, things: Iterable[str], asked: _Key, ask: Callable[[Iterable[str]], Mapping[str, Statements]]
    ) -> Mapping[str, Statements]:
        """What is said of each thing, asked for now where it is not recalled."""
        recall = self._young.get
        known = {thing: recall((thing, *asked)) for thing in things}
        missing = [thing for thing, said in known.items() if said is None]
        if missing:
            known.update(self._found(missing, asked, ask))
        return cast("Mapping[str, Statements]", known)  # none is missing now

    def _found(
        self, things: Iterable[str], asked: _Key, ask: Callable[[Iterable[str]], Mapping[str, Statements]]
    ) -> Mapping[str, Statements]:
        """What was asked for longer ago, or never; it is kept with what is young."""
        old = {thing: said for thing in things if (said := self._old.get((thing, *asked))) is not None}
        unknown = [thing for thing in things if thing not in old]
        found = {**old, **(ask(unknown) if unknown else {})}
        for thing, said in found.items():
            self._keep((thing, *asked), said)
        return found

    def _keep(self, key: _Key, said: Statements) -> None:
        self._size += _LEAST + sum(map(len, said.values()))
        if self._size > self._most:  # what nobody asked for since the last time goes
            self._old, self._young, self._size = self._young, {}, 0
        self._young[key] = said


class Recalled:
    """What a store recalls of things, and nothing that it would have to look up.

    Raises:
        Unrecalled: where it does not recall all that is asked for, or that is much.
    """

    def __init__(self, store: Recalling) -> None:
        self._store = store

    def about(self, subjects: Iterable[str], predicates: Collection[str] = ()) -> Mapping[str, Statements]:
        """What the default graph says of each of some IRIs: only some properties, where any are given."""
        return self._store.recalled(_few(subjects), ("about", *predicates), _unrecalled)

    def told(self, nodes: Iterable[str]) -> Mapping[str, Statements]:
        """What each of some records' nodes says, in its record's graph."""
        return self._store.recalled(_few(nodes), ("told",), _unrecalled)

    def pointing(self, iri: str, predicates: Iterable[str]) -> Statements:
        """By property, what the default graph has point to an IRI."""
        return self._store.recalled((iri,), ("pointing", *predicates), _unrecalled)[iri]


def _few(things: Iterable[str]) -> Collection[str]:
    found = tuple(things)
    if len(found) > _AT_ONCE:
        raise Unrecalled
    return found


def _unrecalled(_: Iterable[str]) -> Mapping[str, Statements]:
    raise Unrecalled
