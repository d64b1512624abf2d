"""Texts of triples as rdflib graphs."""

from rdflib import Graph

from cis_graph.rdf.rdflib_graph import triples_of


def graph_of(ntriples: bytes | str) -> Graph:
    """The triples of N-Triples or N-Quads in one graph, read as the judge reads them."""
    graph = Graph()
    graph.addN((subject, predicate, value, graph) for subject, predicate, value in triples_of(ntriples))
    return graph
