"""One release's Oxigraph store, open for reading, and the only place that makes one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from cis_graph.errors import ReleaseFault
from cis_graph.model.releases import RdfFormat
from cis_graph.model.terms import Row, Statements, Term
from cis_graph.rdf.iris import PREFIXES
from cis_graph.store import lookups
from cis_graph.store.forms import GRAPHS
from cis_graph.store.terms import plain, stored

_SLICE = 1 << 27  # bytes loaded at once: until they are written they weigh several times as much
_BLANK = (b"\n_:", b"> _:")  # found far faster than by a pattern; one at the very start is looked for apart


def holds_blank(text: bytes) -> bool:
    """Whether a blank node stands in N-Quads; in a literal, what looks like one counts too."""
    return text[:2] == b"_:" or any(text.find(start) >= 0 for start in _BLANK)


def make_store(folder: Path, parts: Iterable[Path]) -> None:
    """A new store in ``folder`` from N-Quads files."""
    store = ox.Store(str(folder))
    for lines in chain.from_iterable(map(_slices, parts)):
        if holds_blank(lines):  # which keep their labels only where they are not loaded in bulk
            store.bulk_extend(ox.parse(input=lines, format=ox.RdfFormat.N_QUADS))
        else:
            store.bulk_load(input=lines, format=ox.RdfFormat.N_QUADS)
    store.flush()
    store.optimize()


def change_store(folder: Path, before: Path, changes: Iterable[tuple[bool, bytes]]) -> None:
    """A store in ``folder`` that is ``before`` with N-Quads lines added (True) and removed.

    It starts as a copy of hard links to files that nobody changes, so only the difference is written.
    """
    ox.Store.read_only(str(before)).backup(str(folder))
    store = ox.Store(str(folder))
    fresh: list[bytes] = []
    for added, line in changes:
        if added:
            fresh.append(line)
        else:
            (quad,) = ox.parse(input=line, format=ox.RdfFormat.N_QUADS)
            store.remove(quad)
    blank = [line for line in fresh if holds_blank(line)]
    store.extend(ox.parse(input=b"".join(blank), format=ox.RdfFormat.N_QUADS))
    store.bulk_load(input=b"".join(line for line in fresh if not holds_blank(line)), format=ox.RdfFormat.N_QUADS)
    store.flush()


def _slices(part: Path) -> Iterator[bytes]:
    """The lines of a file, many at a time, none of them cut."""
    with part.open("rb") as file:
        while lines := file.read(_SLICE):
            yield lines + file.readline()


class EmbeddedStore:
    """A store that nobody writes to; trusted queries run in the caller's thread."""

    def __init__(self, folder: Path) -> None:
        try:
            self._store = ox.Store.read_only(str(folder))
        except OSError as error:
            raise ReleaseFault(f"{folder} cannot be opened as a store: {error}") from error

    def rows(self, query: str, bindings: Mapping[str, Term]) -> tuple[Row, ...]:
        """The solutions of a SELECT with some of its variables bound."""
        solutions = self._store.query(query, substitutions=_substitutions(bindings))
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("this query is no SELECT")
        names = [variable.value for variable in solutions.variables]
        return tuple(
            {name: plain(term) for name in names if (term := solution[name]) is not None} for solution in solutions
        )

    def count(self, query: str) -> int:
        """The number of solutions of a SELECT, none of which is kept."""
        solutions = self._store.query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("this query is no SELECT")
        return sum(1 for _ in solutions)

    def about(self, subjects: Iterable[str], predicates: Collection[str] = ()) -> Mapping[str, Statements]:
        """What the default graph says of each of some IRIs: only some properties, where any are given."""
        return lookups.about(self._store, subjects, predicates)

    def pointing(self, iri: str, predicates: Iterable[str]) -> Statements:
        """By property, what the default graph has point to an IRI."""
        return lookups.pointing(self._store, iri, predicates)

    def told(self, nodes: Iterable[str]) -> Mapping[str, Statements]:
        """What each of some records' nodes says, in its record's graph."""
        return lookups.told(self._store, nodes)

    def graph(self, query: str, bindings: Mapping[str, Term], format_: RdfFormat) -> bytes:
        """The serialised triples of a CONSTRUCT with some of its variables bound."""
        triples = self._store.query(query, substitutions=_substitutions(bindings))
        if not isinstance(triples, ox.QueryTriples):
            raise TypeError("this query is no CONSTRUCT")
        return serialised((ox.Quad(t.subject, t.predicate, t.object) for t in triples), format_)

    def holds(self, quad: ox.Quad) -> bool:
        """Whether it makes this statement."""
        return quad in self._store

    def quads(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        obj: str | None = None,
        graph: str | None = None,
    ) -> list[ox.Quad]:
        """The quads with these IRIs or ``_:`` labels; None means any, and an empty ``graph`` the default graph."""
        return list(
            self._store.quads_for_pattern(
                _node(subject) if subject else None,
                ox.NamedNode(predicate) if predicate else None,
                _node(obj) if obj else None,
                ox.DefaultGraph() if graph == "" else ox.NamedNode(graph) if graph else None,
            )
        )


def _node(name: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(name.removeprefix("_:")) if name.startswith("_:") else ox.NamedNode(name)


def serialised(quads: Iterable[ox.Quad], format_: RdfFormat) -> bytes:
    """Quads in a format; graph names are kept only where the format has them."""
    form = GRAPHS[format_]
    if not form.supports_datasets:
        quads = (ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    unique = sorted(set(quads), key=str)
    prefixes = PREFIXES if format_ != "nt" else None
    return ox.serialize(unique, format=form, prefixes=prefixes) or b""


def _substitutions(
    bindings: Mapping[str, Term],
) -> dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    return {ox.Variable(name): stored(term) for name, term in bindings.items()}
