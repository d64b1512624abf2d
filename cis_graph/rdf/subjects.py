"""RDF from outside to what is said of each subject of a class, in plain text."""

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from cis_graph.errors import SourceFault

Node = ox.NamedNode | ox.BlankNode | ox.Triple
Said = Mapping[Node, Mapping[str, list[Node | ox.Literal]]]

_A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "n3": ox.RdfFormat.N3,
}
_DEEPEST = 4  # blank nodes within each other


def subjects_of(name: str, data: bytes, syntax: str, record: str, base: str) -> Iterator[dict[str, list[str]]]:
    """For each subject of the class ``record``, in the order of their IRIs, the texts under each predicate's IRI.

    The subject itself stands under ``""``. A blank node's own predicates stand under both IRIs with a dot between. All
    graphs are read as one.

    Raises:
        SourceFault: the data are not of this syntax; line and column are said.
    """
    said: dict[Node, dict[str, list[Node | ox.Literal]]] = {}
    for quad in parsed(name, data, syntax, base):
        said.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    chosen = ox.NamedNode(record)
    for subject in sorted((one for one, of_it in said.items() if chosen in of_it.get(_A, ())), key=str):
        found: dict[str, list[str]] = {"": [subject.value] if isinstance(subject, ox.NamedNode) else []}
        _tell(said, subject, "", found, 0)
        yield found


def parsed(name: str, data: bytes, syntax: str, base: str) -> Iterator[ox.Quad]:
    """The quads of RDF from outside.

    Raises:
        SourceFault: the data are not of this syntax; line and column are said.
    """
    try:
        yield from ox.parse(input=data, format=_FORMATS[syntax], base_iri=base)
    except (SyntaxError, ValueError, OSError) as error:
        why = " ".join(str(error).split())[:200]
        raise SourceFault(
            f"{name}: not readable as RDF ({syntax}): {why}",
            french=f"{name} n'est pas lisible comme RDF ({syntax}) : {why}",
        ) from error


def _tell(said: Said, subject: Node, path: str, found: dict[str, list[str]], depth: int) -> None:
    for predicate, objects in said.get(subject, {}).items():
        column = f"{path}.{predicate}" if path else predicate
        for one in objects:
            if isinstance(one, ox.BlankNode):
                if depth < _DEEPEST:
                    _tell(said, one, column, found, depth + 1)
            elif not isinstance(one, ox.Triple):
                found.setdefault(column, []).append(one.value)
