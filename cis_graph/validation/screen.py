"""A screen compiled from the shapes: which nodes may break which rules, so that the judge looks at those alone.

The judge (pySHACL) spends most of its time on nodes that conform, and on what is merely missing. The screen clears the
former; of a rule that asks for values and nothing else, what it suspects is what the judge would say.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, Self

from rdflib import RDF, RDFS, SH, Graph
from rdflib.term import BNode, Node

from cis_graph.rdf.rdflib_graph import parsed_as
from cis_graph.validation.components import NotScreened, Test
from cis_graph.validation.conformity import NO_CONSTRAINTS, conformity, first_steps
from cis_graph.validation.facts import Facts

Suspects = Mapping[Node, AbstractSet[Node]]  # focus nodes by the rule that they may break

TARGETS: Final = (SH.targetClass, SH.targetSubjectsOf)
_TYPE: Final = parsed_as(RDF.type)
_OTHER_TARGETS: Final = (SH.targetNode, SH.targetObjectsOf, SH.target, SH.deactivated)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Of nodes with the same classes and properties: the rules that all of them break, and those that each may break.

    A rule about a property that they do not have is kept by all of them, or by none.
    """

    broken: tuple[Node, ...]
    open: tuple[Node, ...]


class Screen:
    """The rules of some shapes, each as a function, by the classes and properties they aim at."""

    def __init__(self, shapes: Graph) -> None:
        """Compiles ``shapes``, whose rules carry their own targets.

        Raises:
            NotScreened: they say something that the screen does not know.
        """
        if any((None, predicate, None) in shapes for predicate in _OTHER_TARGETS):
            raise NotScreened("a target that the screen does not know")
        self.inverse: AbstractSet[Node] = frozenset(shapes.objects(None, SH.inversePath))
        # rules that ask for values, whatever these are
        self.counted = frozenset(
            rule
            for rule in shapes.subjects(SH.minCount)
            if frozenset(shapes.predicates(rule)) - NO_CONSTRAINTS == {SH.minCount}
        )
        self._rules: dict[Node, Test] = {}
        self._reads: dict[Node, AbstractSet[Node] | None] = {}
        self._aims: dict[tuple[Node, Node], list[Node]] = defaultdict(list)
        for target in TARGETS:
            for rule, aim in shapes.subject_objects(target):
                self._rules[rule] = self._rules.get(rule) or conformity(shapes, rule)
                self._reads[rule] = first_steps(shapes, shapes.value(rule, SH.path))
                self._aims[target, aim].append(rule)

    @classmethod
    def of(cls, shapes: Graph) -> Self | None:
        """The screen of some shapes; None where they say something that no screen knows."""
        try:
            return cls(shapes)
        except NotScreened:
            return None

    def suspects(self, facts: Facts, own: Iterable[Node]) -> Suspects | None:
        """Who among ``own`` may break a rule; None where these facts are beyond the screen."""
        if any(RDFS.subClassOf in facts.about(node) for node in facts.subjects()):
            return None
        found: dict[Node, set[Node]] = defaultdict(set)
        alike: dict[frozenset[Node], _Asked] = {}
        for focus in own:
            kinds = frozenset((*facts.about(focus), *facts.values(focus, _TYPE)))
            if kinds not in alike:
                alike[kinds] = self._asked(facts, focus)
            for rule in alike[kinds].broken:
                found[rule].add(focus)
            for rule in alike[kinds].open:
                if not self._surely_kept(rule, facts, focus):
                    found[rule].add(focus)
        # a blank node cannot be named to the judge
        return None if any(isinstance(focus, BNode) for foci in found.values() for focus in foci) else found

    def _asked(self, facts: Facts, focus: Node) -> "_Asked":
        """What is to be asked of this node and of all that have the same classes and properties."""
        said, aims = facts.about(focus).keys(), self._aimed_at(facts, focus)
        reads = {rule: self._reads[rule] for rule in aims}
        settled = {rule for rule, read in reads.items() if read is not None and read.isdisjoint(said)}
        return _Asked(
            broken=tuple(rule for rule in settled if not self._surely_kept(rule, facts, focus)),
            open=tuple(rule for rule in aims if rule not in settled),
        )

    def _aimed_at(self, facts: Facts, focus: Node) -> tuple[Node, ...]:
        aims = [(SH.targetClass, kind) for kind in facts.values(focus, _TYPE)]
        aims += [(SH.targetSubjectsOf, predicate) for predicate in facts.about(focus)]
        return tuple({rule for aim in aims for rule in self._aims.get(aim, ())})

    def _surely_kept(self, rule: Node, facts: Facts, focus: Node) -> bool:
        try:
            return self._rules[rule](facts, focus)
        except NotScreened:
            return False
