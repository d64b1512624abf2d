"""What every store of a release can be asked, wherever it is kept."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

import pyoxigraph as ox

from cis_graph.model.releases import RdfFormat
from cis_graph.model.terms import Row, Statements, Term


class ReadableStore(Protocol):
    """One release's statements, asked by queries of ours; safe to ask from many threads."""

    def rows(self, query: str, bindings: Mapping[str, Term]) -> tuple[Row, ...]:
        """The solutions of a SELECT with some of its variables bound."""

    def about(self, subjects: Iterable[str], predicates: Collection[str] = ()) -> Mapping[str, Statements]:
        """What the default graph says of each of some IRIs: only some properties, where any are given."""

    def pointing(self, iri: str, predicates: Iterable[str]) -> Statements:
        """By property, what the default graph has point to an IRI."""

    def told(self, nodes: Iterable[str]) -> Mapping[str, Statements]:
        """What each of some records' nodes says, in its record's graph."""

    def graph(self, query: str, bindings: Mapping[str, Term], format_: RdfFormat) -> bytes:
        """The serialised triples of a CONSTRUCT with some of its variables bound."""

    def quads(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        obj: str | None = None,
        graph: str | None = None,
    ) -> list[ox.Quad]:
        """The quads with these IRIs or ``_:`` labels; None means any, and an empty ``graph`` the default graph."""
