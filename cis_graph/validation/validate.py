"""SHACL validation of N-Triples in batches, over a pool of processes."""

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import pyshacl
from rdflib import RDF, RDFS, SH, SKOS, Graph
from rdflib.term import BNode, Node, URIRef

from cis_graph.errors import CisGraphError
from cis_graph.rdf.rdflib_graph import Triple, graph_of, triples_of
from cis_graph.validation.shapes import Rule, Severity, Shapes, ShapesName, load_shapes, slug_of

BATCH = 400  # records; the cost of one hardly depends on it between 50 and 2,000
_AHEAD = 2  # batches a process may have waiting

_REFERENCE = tuple(
    URIRef(f"https://w3id.org/insoc/ontology#{name}") for name in ("Theme", "Audience", "Method", "Territory")
)

Stubs = Mapping[Node, tuple[Triple, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeResult:
    """One thing that breaks a rule.

    ``focus`` is the IRI of the node (or the label of a blank node), ``path`` the IRI of the property (of
    several that would do, the first), ``value`` what stands there, ``rule`` the slug of the shape.
    """

    focus: str
    rule: str
    severity: Severity
    path: str | None
    value: str | None
    message_fr: str
    message_en: str
    remedy_fr: str
    remedy_en: str


def in_batches(records: Iterable[bytes], size: int = BATCH) -> Iterator[bytes]:
    """The N-Triples of records, ``size`` records at a time."""
    remaining = iter(records)
    while batch := list(itertools.islice(remaining, size)):
        yield b"\n".join(batch)


def validate_batches(
    batches: Iterable[bytes | str], *, stubs: bytes | str, shapes: ShapesName, processes: int
) -> Iterator[ShapeResult]:
    """What breaks the shapes, batch by batch, sorted within each.

    A batch holds whole records, the ``insoc:Record`` node of each included. ``stubs`` hold the ``rdf:type`` and
    ``skos:inScheme`` of all that records may cite: concepts, territories, contributors; only what a batch cites is
    added to it. One batch, or one process, runs here; more run in ``processes`` new processes.

    Raises:
        SourceFault: a batch or the stubs are not N-Quads in UTF-8.
    """
    waiting = iter(batches)
    first = list(itertools.islice(waiting, 2))
    every = itertools.chain(first, waiting)
    if processes > 1 and len(first) > 1:
        return _in_pool(every, stubs, shapes, processes)
    return _here(every, stubs, shapes)


def _here(batches: Iterable[bytes | str], stubs: bytes | str, shapes: ShapesName) -> Iterator[ShapeResult]:
    check = partial(_check, stubs=_stubs_of(stubs), shapes=load_shapes(shapes))
    return itertools.chain.from_iterable(map(check, batches))


def _in_pool(
    batches: Iterable[bytes | str], stubs: bytes | str, shapes: ShapesName, processes: int
) -> Iterator[ShapeResult]:
    """Results in the order of the batches; few batches wait in memory."""
    # spawn: a web server that forks with threads running may hang
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _Worker.start, (stubs, shapes))
    running: deque[Future[tuple[ShapeResult, ...]]] = deque()
    with pool:
        for batch in batches:
            running.append(pool.submit(_Worker.check, batch))
            if len(running) >= processes * _AHEAD:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


class _Worker:
    """What one process of the pool keeps between batches."""

    stubs: Stubs
    shapes: Shapes

    @classmethod
    def start(cls, stubs: bytes | str, shapes: ShapesName) -> None:
        cls.stubs, cls.shapes = _stubs_of(stubs), load_shapes(shapes)

    @classmethod
    def check(cls, batch: bytes | str) -> tuple[ShapeResult, ...]:
        return _check(batch, stubs=cls.stubs, shapes=cls.shapes)


def _stubs_of(ntriples: bytes | str) -> Stubs:
    stubs: dict[Node, tuple[Triple, ...]] = {}
    for triple in triples_of(ntriples):
        stubs[triple[0]] = (*stubs.get(triple[0], ()), triple)
    return stubs


def _check(batch: bytes | str, *, stubs: Stubs, shapes: Shapes) -> tuple[ShapeResult, ...]:
    data = graph_of(batch)
    own = set(data.subjects())  # stubs are cited, not checked
    if shapes.name == "records":
        _drop_claims(data)
    for cited in set(data.objects()) & stubs.keys():
        for triple in stubs[cited]:
            data.add(triple)
    _, report, failure = pyshacl.validate(data, shacl_graph=shapes.engine, inplace=True)
    if not isinstance(report, Graph):
        raise CisGraphError(f"shapes/{shapes.name}.ttl cannot be run: {failure}; mend the shapes")
    # only the report's own results: sh:detail hangs nested ones below them
    results = (node for node in report.objects(None, SH.result) if report.value(node, SH.focusNode) in own)
    found = {_result(report, node, data, shapes) for node in results}
    return tuple(sorted(found, key=lambda result: (result.focus, result.rule, result.path or "", result.value or "")))


def _drop_claims(data: Graph) -> None:
    """A record does not make a concept or a territory known by saying that it is one."""
    for reference in _REFERENCE:
        data.remove((None, RDF.type, reference))
    for way_round in (SKOS.inScheme, RDFS.subClassOf):
        data.remove((None, way_round, None))


def _result(report: Graph, node: Node, data: Graph, shapes: Shapes) -> ShapeResult:
    focus, value = report.value(node, SH.focusNode), report.value(node, SH.value)
    rule = shapes.rules[slug_of(str(report.value(node, SH.sourceShape)))]
    path = _property(report.value(node, SH.resultPath), focus, value, data) or _at_fault(rule, focus, data)
    return ShapeResult(
        focus=str(focus),
        rule=rule.slug,
        severity=rule.severity,
        path=path,
        value=None if value is None else str(value),
        message_fr=rule.message_fr,
        message_en=rule.message_en,
        remedy_fr=rule.remedy_fr,
        remedy_en=rule.remedy_en,
    )


def _property(path: Node | None, focus: Node | None, value: Node | None, data: Graph) -> str | None:
    """The property a result is about; of a path with alternatives, the one that leads to the value."""
    if isinstance(path, BNode) and value is not None:
        return min(map(str, data.predicates(focus, value)), default=None)
    return str(path) if isinstance(path, URIRef) else None


def _at_fault(rule: Rule, focus: Node | None, data: Graph) -> str | None:
    """The property that a result without a value is about: the first one that is there, else the first of all."""
    there = (path for path in rule.paths if (focus, URIRef(path), None) in data)
    return next(there, next(iter(rule.paths), None))
