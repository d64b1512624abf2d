"""The W3C SHACL test suite judges pySHACL as it is used here: graphs filled from pyoxigraph, only ``sh:result`` read."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from _pytest.mark import ParameterSet  # pytest has no public name for it
from rdflib import RDF, SH, Graph, Literal, Namespace
from rdflib.term import Node

from tests.support.graphs import graph_of

SUITE = Path(__file__).parents[2].parent / "shared" / "suites" / "shacl"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

KNOWN = {
    "core/property/uniqueLang-002": 'pySHACL takes "1"^^xsd:boolean for true; our shapes write true',
    "sparql/node/prefixes-001": "pySHACL does not follow owl:imports to prefixes; our shapes use no SPARQL",
    "sparql/pre-binding/shapesGraph-001": "pySHACL does not bind $shapesGraph; our shapes use no SPARQL",
}


def file_of(iri: Node | None) -> Path:
    """The file a manifest points to."""
    return Path(str(iri).removeprefix("file://"))


def turtle(path: Path) -> Graph:
    """A Turtle file, read as the validation station reads its batches."""
    quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())
    return graph_of(ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES) or b"")


def cases(manifest: Path) -> Iterator[Path]:
    """The files with tests below a manifest."""
    graph = turtle(manifest)
    if (None, RDF.type, SHT.Validate) in graph:
        yield manifest
    for included in graph.objects(None, MF.include):
        yield from cases(file_of(included))


def parameters() -> Iterator[ParameterSet]:
    """Each test file, with the reason where it is known to fail."""
    if not SUITE.is_dir():
        yield pytest.param(None, marks=pytest.mark.skip(reason="the W3C suite is not here (../shared/suites/shacl)"))
        return
    for path in cases(SUITE / "manifest.ttl"):
        name = path.relative_to(SUITE).with_suffix("").as_posix()
        reason = KNOWN.get(name)
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        yield pytest.param(path, id=name, marks=marks)


def outcome(report: Graph, node: Node | None) -> tuple[bool, int]:
    """Whether a report conforms, and the number of its own results."""
    conforms = report.value(node, SH.conforms)
    return isinstance(conforms, Literal) and bool(conforms.value), len(set(report.objects(node, SH.result)))


@pytest.mark.parametrize("path", list(parameters()))
def test_the_w3c_suite(path: Path) -> None:
    """Data conform, or give as many results, as the W3C says."""
    manifest = turtle(path)
    for action, result in zip(manifest.objects(None, MF.action), manifest.objects(None, MF.result), strict=True):
        data = turtle(file_of(manifest.value(action, SHT.dataGraph)))
        shapes = Graph().parse(file_of(manifest.value(action, SHT.shapesGraph)), format="turtle")  # as load_shapes does
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
        # what cannot be run is told by a failure in the report's place
        actual = (
            outcome(report, report.value(predicate=RDF.type, object=SH.ValidationReport))
            if isinstance(report, Graph)
            else None
        )
        assert (None if result == SHT.Failure else outcome(manifest, result)) == actual
