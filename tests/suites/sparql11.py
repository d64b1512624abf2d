"""The W3C tests of the SPARQL 1.1 Protocol, Service Description and result formats, read from their manifests.

Each test becomes a case whose ``judge`` raises AssertionError where the endpoint does not do what the test says.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import httpx
import pyoxigraph as ox
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

from cis_graph import pipeline
from cis_graph.serving import application, workers_for
from cis_graph.settings import Settings
from cis_graph.store.embedded import make_store
from cis_graph.store.workers import Served
from cis_graph.web.app import create_app
from tests.pipeline.conftest import small_house
from tests.support.server import served
from tests.support.small_release import SmallRelease, SmallShelf, fixture_store

SUITE = Path(__file__).parents[2].parent / "shared" / "suites" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
TOKEN = "a-long-random-text"  # noqa: S105 - of the scratch deployment alone
WRITER = {"authorization": f"Bearer {TOKEN}"}
DATA = "http://kasei.us/2009/09/sparql/data/"
TABULAR = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
RDF_TYPES = {"application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"}


@dataclass(slots=True)
class Stage:
    """An endpoint of ours with whatever store a test needs."""

    folder: Path
    endpoint: str = ""
    store: Path = Path()
    _stores: dict[str, Path] = field(default_factory=dict)

    def load(self, name: str, quads: Callable[[], Iterator[ox.Quad]]) -> None:
        """Has queries answered from these quads."""
        if name not in self._stores:
            part = self.folder / f"{name}.nq"
            part.write_bytes(ox.serialize(quads(), format=ox.RdfFormat.N_QUADS) or b"")
            make_store(self.folder / name, [part])
            self._stores[name] = self.folder / name
        self.store = self._stores[name]


@dataclass(slots=True)
class Scratch(Stage):
    """A deployment with nothing in it, which tests may write to by its own protocols."""

    loaded: str = ""

    def load(self, name: str, quads: Callable[[], Iterator[ox.Quad]]) -> None:
        """Has queries answered from these quads alone."""
        if name != self.loaded:
            graphs = (f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads())
            self.update(f"DROP ALL ; INSERT DATA {{ {' '.join(graphs)} }}")
            self.loaded = name

    def update(self, text: str) -> None:
        """Has the endpoint change."""
        answer = httpx.post(f"{self.endpoint}/update", data={"update": text}, headers=WRITER, timeout=60)
        assert answer.status_code == 200, answer.text
        self.loaded = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One W3C test; ``update`` marks those that ask for an update, which this face refuses."""

    iri: str
    name: str
    judge: Callable[[Stage], None]
    update: bool = False

    @property
    def id(self) -> str:
        """Its short name."""
        return self.iri.rpartition("#")[2]


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """The endpoint, served with real workers."""
    found = Stage(folder)
    release = SmallRelease(fixture_store(0))
    workers = workers_for(Settings(query_workers=1), lambda: Served(7, found.store))
    with served(create_app(Settings(), SmallShelf(release), workers), lifespan="on") as address:
        found.endpoint = f"{address}/sparql"
        yield found


@contextmanager
def scratch(folder: Path) -> Iterator[Scratch]:
    """A deployment of its own in a folder, with a token that opens writes."""
    settings = Settings(data=folder, admin_token=TOKEN, query_workers=1)
    pipeline.build(settings, (), lambda _: None, house=small_house())
    pipeline.publish(settings)
    found = Scratch(folder)
    with served(application(settings), lifespan="on") as address:
        found.endpoint = f"{address}/sparql"
        found.update("DROP ALL")
        yield found


def protocol_cases(*, writes: bool = False) -> Iterator[Case]:
    """The 34 tests of the protocol; updates are expected to be refused, unless ``writes`` are."""
    for manifest, test in _tests("protocol"):
        update = "update" in str(test)
        judge = _Protocol(manifest, test, update=update, writes=writes)
        yield Case(str(test), str(manifest.value(test, MF.name)), judge, update and not writes)


def graph_store_cases() -> Iterator[Case]:
    """The 13 tests of the Graph Store Protocol, by indirect and by direct names, for a scratch deployment."""
    for manifest, test in _tests("graph-store-protocol"):
        yield Case(str(test), str(manifest.value(test, MF.name)), _GraphStore(manifest, test))


def result_cases() -> Iterator[Case]:
    """The tests of the CSV, TSV and JSON results formats."""
    for suite in ("csv-tsv-res", "json-res"):
        for manifest, test in _tests(suite):
            yield Case(str(test), str(manifest.value(test, MF.name)), _Results(manifest, test))


def description_cases() -> Iterator[Case]:
    """The three tests of the service description, which the manifest only names."""
    judges = {"returns-rdf": _returns_rdf, "has-endpoint-triple": _has_endpoint, "conforms-to-schema": _conforms}
    for manifest, test in _tests("service-description"):
        yield Case(str(test), str(manifest.value(test, MF.name)), judges[str(test).rpartition("#")[2]])


def _tests(suite: str) -> Iterator[tuple[Graph, Node]]:
    for path in sorted((SUITE / suite).glob("manifest*.ttl")):
        manifest = Graph().parse(path, format="turtle")
        for entries in manifest.objects(None, MF.entries):
            yield from ((manifest, test) for test in Collection(manifest, entries))


@dataclass(frozen=True, slots=True)
class _Protocol:
    manifest: Graph
    test: Node
    update: bool
    writes: bool = False

    def __call__(self, stage: Stage) -> None:
        if self.update and isinstance(stage, Scratch):
            stage.update("DROP ALL")
        else:
            stage.load("protocol", _protocol_data)
        action = self.manifest.value(self.test, MF.action)
        requests = self.manifest.value(action, HT.requests)
        assert requests is not None
        for request in Collection(self.manifest, requests):
            self._send(stage, request)
            if self.update and not self.writes:
                return  # the first request of these tests is the update; the others ask what it changed

    def _send(self, stage: Stage, request: Node) -> None:
        value = self.manifest.value
        path = str(value(request, HT.absolutePath)).removeprefix("/sparql/")
        body = value(request, HT.body)
        encoding = str(value(body, CNT.characterEncoding) or "utf-8")
        content = str(value(body, CNT.chars)).encode(encoding) if body else None
        given = value(request, HT.headers)
        headers = {
            str(value(one, HT.fieldName)): str(value(one, HT.fieldValue))
            for one in (Collection(self.manifest, given) if given else ())
        }
        endpoint = stage.endpoint
        if self.writes and (b"update=" in (content or b"") or "sparql-query" not in str(headers)) and self.update:
            endpoint, headers = f"{endpoint}/update", headers | WRITER
        answer = httpx.request(
            str(value(request, HT.methodName)), endpoint + path, headers=headers, content=content, timeout=60
        )
        self._check(answer, value(request, HT.resp))

    def _check(self, answer: httpx.Response, expected: Node | None) -> None:
        classes = {
            str(one).rpartition("StatusCode")[2][:1] for one in self.manifest.objects(expected, MF.expectedStatus)
        }
        refused = self.update and not self.writes
        assert str(answer.status_code)[0] in ({"4"} if refused else classes), answer.text
        if refused:
            return
        boolean = self.manifest.value(expected, MF.expectedBoolean)
        if isinstance(boolean, Literal):
            assert answer.json()["boolean"] is boolean.toPython()
        form = str(self.manifest.value(expected, MF.expectedFormat) or "")
        kind = answer.headers["content-type"].split(";")[0]
        if form:
            assert kind in (RDF_TYPES if form == "RDF" else TABULAR)


@dataclass(frozen=True, slots=True)
class _GraphStore:
    manifest: Graph
    test: Node

    def __call__(self, stage: Stage) -> None:
        assert isinstance(stage, Scratch)
        stage.update("DROP ALL")
        action = self.manifest.value(self.test, MF.action)
        requests = self.manifest.value(action, HT.requests)
        assert requests is not None
        location = ""
        for request in Collection(self.manifest, requests):
            location = self._send(stage, request, location)

    def _send(self, stage: Scratch, request: Node, location: str) -> str:
        """Sends one request; the Location of its answer, which the next may speak of."""
        value = self.manifest.value
        path = str(value(request, HT.absolutePath)).removeprefix("/gsp").replace("$LOCATION$", location)
        body = value(request, HT.body)
        given = value(request, HT.headers)
        headers = {
            str(value(one, HT.fieldName)): str(value(one, HT.fieldValue))
            for one in (Collection(self.manifest, given) if given else ())
        }
        answer = httpx.request(
            str(value(request, HT.methodName)),
            f"{stage.endpoint.removesuffix('/sparql')}/graphs{path}",
            headers=headers | WRITER,
            content=str(value(body, CNT.chars)).encode() if body else None,
            timeout=60,
        )
        expected = value(request, HT.resp)
        wanted = {str(one).rpartition("#")[2] for one in self.manifest.objects(expected, MF.expectedStatus)}
        assert HTTPStatus(answer.status_code).phrase.replace(" ", "") in wanted, answer.text
        told = value(expected, HT.body)
        if told is not None:
            chars = str(value(told, CNT.chars))
            assert isomorphic(
                Graph().parse(data=chars, format="turtle"), Graph().parse(data=answer.text, format="turtle")
            )
        return str(answer.headers.get("location", ""))


def _protocol_data() -> Iterator[ox.Quad]:
    for number in (1, 2, 3):
        graph = ox.NamedNode(f"{DATA}data{number}.rdf")
        for quad in ox.parse(path=str(SUITE / "protocol" / f"data{number}.nt"), format=ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


@dataclass(frozen=True, slots=True)
class _Results:
    manifest: Graph
    test: Node

    def __call__(self, stage: Stage) -> None:
        action = self.manifest.value(self.test, MF.action)
        data, query = (_path(self.manifest.value(action, name)) for name in (QT.data, QT.query))
        expected = _path(self.manifest.value(self.test, MF.result))
        stage.load(f"{data.parent.name}-{data.stem}", lambda: ox.parse(path=str(data), format=ox.RdfFormat.TURTLE))
        form = {".csv": "csv", ".tsv": "tsv", ".srj": "json"}[expected.suffix]
        answer = httpx.get(stage.endpoint, params={"query": query.read_text(encoding="utf-8"), "format": form})
        assert answer.status_code == 200, answer.text
        read = {"csv": _csv, "tsv": _tsv, "json": _json}[form]
        assert _same(read(expected.read_text(encoding="utf-8")), read(answer.text))


Table = tuple[tuple[str, ...], list[dict[str, str]]]


def _csv(text: str) -> Table:
    names, *rows = csv.reader(io.StringIO(text))
    return tuple(names), [dict(zip(names, row, strict=True)) for row in rows]


def _tsv(text: str) -> Table:
    names, *rows = (line.split("\t") for line in text.rstrip("\n").split("\n"))
    return tuple(names), [{n: _term(v) for n, v in zip(names, row, strict=True)} for row in rows]


def _term(text: str) -> str:
    """A TSV term in canonical form; an abbreviated number is the typed literal it stands for."""
    if not text or text.startswith("_:"):
        return text
    (quad,) = ox.parse(input=f"<urn:s> <urn:p> {text} .", format=ox.RdfFormat.TURTLE)
    return str(quad.object)


def _json(text: str) -> Table:
    told = json.loads(text)
    if "boolean" in told:
        return ("boolean",), [{"boolean": str(told["boolean"])}]
    rows = [
        {name: json.dumps(term, sort_keys=True) for name, term in row.items()} for row in told["results"]["bindings"]
    ]
    return tuple(told["head"]["vars"]), rows


def _same(one: Table, other: Table) -> bool:
    """Whether two tables hold the same solutions, whatever the order of rows and columns and the label of their one blank node."""
    return {*one[0]} == {*other[0]} and _unlabelled(one) == _unlabelled(other)


def _unlabelled(table: Table) -> list[list[tuple[str, str]]]:
    labels = {value for row in table[1] for value in row.values() if _is_blank(value)}
    assert len(labels) <= 1, "the comparison maps one blank node only"
    return sorted(
        sorted((name, "_:" if _is_blank(value) else value) for name, value in row.items()) for row in table[1]
    )


def _is_blank(value: str) -> bool:
    return value.startswith("_:") or '"type": "bnode"' in value


def _path(iri: Node | None) -> Path:
    return Path(str(iri).removeprefix("file://"))


def _description(stage: Stage) -> Graph:
    stage.load("protocol", _protocol_data)
    answer = httpx.get(stage.endpoint)
    assert answer.headers["content-type"].split(";")[0] in RDF_TYPES
    return Graph().parse(data=answer.text, format="turtle")


def _returns_rdf(stage: Stage) -> None:
    assert len(_description(stage)) > 0


def _has_endpoint(stage: Stage) -> None:
    assert (None, SD.endpoint, URIRef(stage.endpoint)) in _description(stage)


def _conforms(stage: Stage) -> None:
    """What the specification demands of a description: a service, and resources where resources stand."""
    graph = _description(stage)
    services = set(graph.subjects(RDF.type, SD.Service))
    assert services == set(graph.subjects(SD.endpoint))
    for name in (SD.endpoint, SD.supportedLanguage, SD.resultFormat, SD.feature, SD.defaultDataset, SD.defaultGraph):
        assert all(isinstance(value, URIRef) or (value, None, None) in graph for value in graph.objects(None, name))
    languages = {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update}
    assert set(graph.objects(None, SD.supportedLanguage)) <= languages
