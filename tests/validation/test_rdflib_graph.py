"""Filling an rdflib graph by way of pyoxigraph changes nothing but the time it takes."""

import pytest
from rdflib import Graph
from rdflib.compare import to_isomorphic

from cis_graph.resources import ONTOLOGY
from tests.support.graphs import graph_of

XSD = "http://www.w3.org/2001/XMLSchema#"


def test_both_parsers_fill_the_same_graph() -> None:
    """The concept schemes come out alike."""
    expected = Graph().parse(ONTOLOGY / "schemes.ttl", format="turtle")
    assert to_isomorphic(graph_of(expected.serialize(format="nt"))) == to_isomorphic(expected)


def test_a_blank_node_is_one_node_in_its_text() -> None:
    """Two statements about one blank node stay about one node."""
    assert len(set(graph_of("_:b <a:p> <a:o> .\n_:b <a:q> <a:o> .\n").subjects())) == 1


def test_graph_names_are_left_out() -> None:
    """A record's named graph is read as its triples."""
    assert len(graph_of("<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:o> <a:h> .\n")) == 1


@pytest.mark.parametrize(
    ("lexical", "datatype"),
    [("2019-13", "gYearMonth"), ("007", "integer"), ("1,5", "decimal"), ("9" * 5000, "integer"), ("1.50", "decimal")],
)
def test_a_literal_stays_as_it_was_written(lexical: str, datatype: str, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is normalised, and an ill-formed value makes no noise in the log."""
    (value,) = graph_of(f'<a:s> <a:p> "{lexical}"^^<{XSD}{datatype}> .').objects()
    assert str(value) == lexical
    assert caplog.records == []
