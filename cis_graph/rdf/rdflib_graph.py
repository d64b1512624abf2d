"""N-Quads to rdflib triples, parsed by pyoxigraph: several times faster than rdflib's own parser."""

import logging
from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from cis_graph.errors import SourceFault

Triple = tuple[IdentifiedNode, URIRef, Node]

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_REMEMBERED = 100_000  # IRIs; predicates, classes and concepts come back all the time


def parsed_as(iri: URIRef) -> URIRef:
    """The object that stands for an IRI in what is parsed here: one is found by itself faster than by its like."""
    return _iri(str(iri))


def _is_news(message: logging.LogRecord) -> bool:
    return not message.msg.startswith("Failed to convert Literal")


# an ill-formed literal is the contributor's to mend, and is in the report: no traceback in our log for each
logging.getLogger("rdflib.term").addFilter(_is_news)


def triples_of(ntriples: bytes | str) -> Iterator[Triple]:
    """The triples of N-Triples or N-Quads, one by one; graph names are left out, ill-formed literals stay as written.

    Raises:
        SourceFault: the text is not UTF-8 or not N-Quads.
    """
    try:
        for quad in ox.parse(input=ntriples, format=ox.RdfFormat.N_QUADS):
            yield _named(quad.subject), _iri(quad.predicate.value), _term(quad.object)
    except (SyntaxError, ValueError) as fault:
        raise SourceFault(f"not N-Quads in UTF-8: {fault}; mend the text at that place") from None


def _named(node: ox.NamedNode | ox.BlankNode | ox.Triple) -> IdentifiedNode:
    match node:
        case ox.NamedNode():
            return _iri(node.value)
        case ox.BlankNode():
            return BNode(node.value)
        case _:
            raise ValueError(f"{node} is a triple term, which SHACL 1.0 does not know")


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    return _literal(term) if isinstance(term, ox.Literal) else _named(term)


def _literal(literal: ox.Literal) -> Literal:
    if literal.language:
        return Literal(literal.value, lang=literal.language)
    datatype = literal.datatype.value
    # rdflib's own parsers give a simple literal no datatype
    return Literal(literal.value, datatype=None if datatype == _STRING else _iri(datatype), normalize=False)


@lru_cache(maxsize=_REMEMBERED)
def _iri(value: str) -> URIRef:
    return URIRef(value)
