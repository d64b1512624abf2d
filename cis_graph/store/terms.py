"""Terms of the store to plain values and back."""

import pyoxigraph as ox

from cis_graph.model.terms import Iri, Literal, Term

StoreTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def plain(term: StoreTerm) -> Term:
    """A term of a solution; a blank node keeps its label as an IRI of its own scheme."""
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.datatype.value, term.language or "")
    return Iri(str(term))


def stored(term: Term) -> ox.NamedNode | ox.Literal:
    """A plain term as the store knows it."""
    if isinstance(term, Iri):
        return ox.NamedNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
