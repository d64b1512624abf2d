"""The triples of a batch, by subject and by object, as the screen and the judge look them up."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from rdflib import RDF
from rdflib.term import Node

from cis_graph.rdf.rdflib_graph import Triple, parsed_as

_TYPE: Final = parsed_as(RDF.type)
_NOTHING: Final[Mapping[Node, frozenset[Node]]] = {}
_NOBODY: Final[frozenset[Node]] = frozenset()


class Facts:
    """Triples, each once; ``inverse`` names the predicates that are looked up from their objects as well."""

    def __init__(self, triples: Iterable[Triple], inverse: AbstractSet[Node] = _NOBODY) -> None:
        self._inverse = inverse
        self._said: dict[Node, dict[Node, set[Node]]] = {}
        self._pointing: dict[tuple[Node, Node], set[Node]] = {}
        for triple in triples:
            self.add(triple)

    def add(self, triple: Triple) -> None:
        """One more triple."""
        subject, predicate, value = triple
        self._said.setdefault(subject, {}).setdefault(predicate, set()).add(value)
        if predicate in self._inverse:
            self._pointing.setdefault((predicate, value), set()).add(subject)

    def about(self, subject: Node) -> Mapping[Node, AbstractSet[Node]]:
        """What is said of a node: values by predicate."""
        return self._said.get(subject, _NOTHING)

    def values(self, subject: Node, predicate: Node) -> AbstractSet[Node]:
        """The values of one property of a node."""
        return self._said.get(subject, _NOTHING).get(predicate, _NOBODY)

    def pointing(self, predicate: Node, value: Node) -> AbstractSet[Node]:
        """The nodes that have this value; the predicate is one of ``inverse``."""
        return self._pointing.get((predicate, value), _NOBODY)

    def is_a(self, node: Node, kind: Node) -> bool:
        """Whether a node is said to be of a class."""
        return kind in self.values(node, _TYPE)

    def subjects(self) -> AbstractSet[Node]:
        """Every node of which something is said."""
        return self._said.keys()

    def objects(self) -> AbstractSet[Node]:
        """Every value."""
        return {value for said in self._said.values() for values in said.values() for value in values}

    def triples(self, subjects: Iterable[Node] | None = None) -> Iterator[tuple[Node, Node, Node]]:
        """Every triple, or those about some nodes."""
        for subject in self._said if subjects is None else subjects:
            for predicate, values in self.about(subject).items():
                for value in values:
                    yield subject, predicate, value

    def around(self, nodes: Iterable[Node]) -> set[Node]:
        """The nodes, and all that a path can lead to from them."""
        found: set[Node] = set()
        waiting = list(nodes)
        while waiting:
            if (node := waiting.pop()) not in found:
                found.add(node)
                waiting += (value for values in self.about(node).values() for value in values if value in self._said)
                waiting += (subject for predicate in self._inverse for subject in self.pointing(predicate, node))
        return found
