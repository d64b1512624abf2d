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
_REMEMBERED = 100_000  # IRIs, and literals: predicates, classes, concepts, years and evidence come back all the time
_SHORT = 60  # letters of a literal that may come back


def parsed_as(iri: str) -> URIRef:
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
    last, subject = None, None
    try:
        for quad in ox.parse(input=ntriples, format=ox.RdfFormat.N_QUADS):
            if (own := quad.subject) != last or subject is None:  # what is said of one thing stands together
                last, subject = own, _named(own)
            yield subject, _iri(quad.predicate.value), _term(quad.object)
    except (SyntaxError, ValueError) as fault:
        raise SourceFault(f"not N-Quads in UTF-8: {fault}; mend the text at that place") from None


def _named(node: ox.NamedNode | ox.BlankNode | ox.Triple) -> IdentifiedNode:
    if isinstance(node, ox.NamedNode):
        return _iri(node.value)
    if isinstance(node, ox.BlankNode):
        return BNode(node.value)
    raise ValueError(f"{node} is a triple term, which SHACL 1.0 does not know")


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if not isinstance(term, ox.Literal):
        return _named(term)
    value = term.value
    made = _known_literal if len(value) <= _SHORT else _literal
    return made(value, term.language, term.datatype.value)


def _literal(value: str, language: str | None, datatype: str) -> Literal:
    if language:
        return Literal(value, lang=language)
    # rdflib's own parsers give a simple literal no datatype
    return Literal(value, datatype=None if datatype == _STRING else _iri(datatype), normalize=False)


_known_literal = lru_cache(maxsize=_REMEMBERED)(_literal)


@lru_cache(maxsize=_REMEMBERED)
def _iri(value: str) -> URIRef:
    return str.__new__(URIRef, value)  # the parser has looked at its letters, which rdflib would do once more
