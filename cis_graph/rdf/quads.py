"""JSON-LD documents and Turtle files to sorted N-Quads lines, the one form in which parts are compared and kept."""

import itertools
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cis_graph.errors import CisGraphError
from cis_graph.rdf.documents import Document
from cis_graph.rdf.sorted_lines import SortedLines
from cis_graph.rdf.windows import windows
from cis_graph.resources import ONTOLOGY

_BATCH = 500  # documents parsed at once
_RUN = 400_000  # lines sorted at once: about 150 MB


class Context:
    """The JSON-LD context, read once; a document with a key it lacks is a programming error."""

    def __init__(self, path: Path = ONTOLOGY / "context.jsonld") -> None:
        self.content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
        self.keys = frozenset(self.content) | {"@graph", "@value", "@type"}

    def quads(self, documents: Iterable[Document], base: str) -> Iterable[ox.Quad]:
        """The quads of documents; a document with ``@graph`` gives a named graph."""
        batch: list[Document] = []
        for document in documents:
            self._guard(document)
            batch.append(document)
            if len(batch) == _BATCH:
                yield from self._parsed(batch, base)
                batch = []
        yield from self._parsed(batch, base)

    def lines(self, documents: Iterable[Document], base: str) -> Iterator[str]:
        """The quads of documents as N-Quads lines, a few documents at a time."""
        remaining = iter(documents)
        while batch := list(itertools.islice(remaining, _BATCH)):
            yield from lines(self.quads(batch, base))

    def _parsed(self, batch: list[Document], base: str) -> Iterable[ox.Quad]:
        text = json.dumps({"@context": self.content, "@graph": batch}, ensure_ascii=False)
        return ox.parse(input=text, format=ox.RdfFormat.JSON_LD, base_iri=base)

    def _guard(self, document: Mapping[str, Any]) -> None:
        unknown = document.keys() - self.keys
        if unknown:
            raise CisGraphError(f"ontology/context.jsonld has no {', '.join(sorted(unknown))}; declare it there first")
        for node in document.get("@graph", ()):
            self._guard(node)


def lines(quads: Iterable[ox.Quad]) -> set[str]:
    """Each quad as one N-Quads line, without its line end."""
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    return split_lines(data.decode("utf-8")) if data else set()


def of_named_graphs(statements: Iterable[str]) -> set[str]:
    """Those of some lines that say something in a named graph."""
    quads = ox.parse(input="\n".join(statements), format=ox.RdfFormat.N_QUADS)
    return lines(quad for quad in quads if not isinstance(quad.graph_name, ox.DefaultGraph))


def split_lines(text: str) -> set[str]:
    """The lines of N-Quads; a literal may hold U+2028 and other characters that end a line elsewhere."""
    return set(text.split("\n")) - {""}


def lines_by_graph(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """The lines of each named graph, by its IRI; the default graph is left out."""
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs.setdefault(quad.graph_name.value, []).append(quad)
    return {name: lines(found) for name, found in graphs.items()}


def turtle_lines(path: Path, base: str | None = None) -> set[str]:
    """A Turtle file of ours as N-Quads lines of the default graph; relative IRIs stand under ``base``.

    Raises:
        CisGraphError: it holds a blank node, which would make two builds differ.
    """
    return _without_blanks(lines(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=base)), path.name)


def _without_blanks(statements: set[str], name: str) -> set[str]:
    if any(line.startswith("_:") or " _:" in line.split('"')[0] for line in statements):
        raise CisGraphError(f"{name} holds a blank node; give it an IRI, so that two builds give the same triples")
    return statements


def write_lines(path: Path, statements: Iterable[str]) -> None:
    """Statements as sorted lines of a file, each once; no more than some hundred thousand are held in memory."""
    remaining = iter(statements)
    first, second = _run(remaining), _run(remaining)
    if not second:
        _write(path, first)
        return
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        runs: list[Path] = []
        run, remaining = first, itertools.chain(second, remaining)
        while run:
            runs.append(Path(folder) / str(len(runs)))
            _write(runs[-1], run)
            run = _run(remaining)
        with path.open("wb") as file:
            for (said,) in windows(map(SortedLines, runs)):
                file.writelines(said)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Lines that are sorted already, each there once: some at a time, without the last line end."""

    lines: Iterable[bytes]


def write_blocks(path: Path, blocks: Blocks) -> None:
    """Sorted lines as a file.

    Raises:
        CisGraphError: a block does not come after the one before it, which is a programming error.
    """
    last = b""
    with path.open("wb") as file:
        for block in filter(None, blocks.lines):
            if block.partition(b"\n")[0] <= last:
                raise CisGraphError(f"{path.name}: {block[:200]!r} comes too late; sort what it is about")
            last = block[block.rfind(b"\n") + 1 :]
            file.write(block)
            file.write(b"\n")


def _run(statements: Iterator[str]) -> list[str]:
    run = list(itertools.islice(statements, _RUN))
    run.sort()
    return list(dict.fromkeys(run))


def _write(path: Path, run: list[str]) -> None:
    path.write_bytes("\n".join((*run, "")).encode())
