"""Single statements as N-Quads lines, escaped by the RDF library."""

from pyoxigraph import Literal, NamedNode

from cis_graph.rdf.iris import XSD


def iri(value: str) -> str:
    """An IRI in N-Quads syntax; refuses characters that no IRI has."""
    return str(NamedNode(value))


def text(value: str, language: str | None = None) -> str:
    """A plain or language-tagged literal in N-Quads syntax."""
    return str(Literal(value, language=language) if language else Literal(value))


def typed(value: str, datatype: str) -> str:
    """A literal with a datatype of XSD (its local name) or of another vocabulary (its IRI).

    A decimal is written as the store gives it back, so that a statement is known again: ``12``, not ``12.0``.
    """
    if datatype == "decimal" and "." in value:
        value = value.rstrip("0").rstrip(".")
    return str(Literal(value, datatype=NamedNode(datatype if ":" in datatype else XSD + datatype)))


def statement(subject: str, predicate: str, obj: str) -> str:
    """One line of the default graph; subject and predicate are IRIs, the object is already in N-Quads syntax."""
    return f"<{subject}> <{predicate}> {obj} ."
