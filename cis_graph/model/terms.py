"""RDF terms as plain values, for stations that speak no RDF library."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute IRI."""

    value: str

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal; ``datatype`` is an IRI, ``language`` a BCP 47 tag or empty."""

    value: str
    datatype: str = "http://www.w3.org/2001/XMLSchema#string"
    language: str = ""

    def __str__(self) -> str:
        return self.value


Term = Iri | Literal
Row = Mapping[str, Term]
Statements = Mapping[str, tuple[Term, ...]]
"""What is said of one thing: the values of each property, in the store's order."""
