"""A screen compiled from the shapes: which nodes may break which rules, so that the judge looks at those alone.

The judge (pySHACL) spends most of its time on nodes that conform, and on what is merely missing. The screen clears the
former; of a rule that asks for values and nothing else, what it suspects is what the judge would say.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, Self

from rdflib import RDF, RDFS, SH, Graph
from rdflib.term import BNode, Node

from cis_graph.validation.components import NotScreened, Test
from cis_graph.validation.conformity import NO_CONSTRAINTS, conformity
from cis_graph.validation.facts import Facts

Suspects = Mapping[Node, AbstractSet[Node]]  # focus nodes by the rule that they may break

TARGETS: Final = (SH.targetClass, SH.targetSubjectsOf)
_TYPE: Final = RDF.type  # a namespace looks its terms up anew each time
_OTHER_TARGETS: Final = (SH.targetNode, SH.targetObjectsOf, SH.target, SH.deactivated)


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
        self._aims: dict[tuple[Node, Node], list[Node]] = defaultdict(list)
        for target in TARGETS:
            for rule, aim in shapes.subject_objects(target):
                self._rules[rule] = self._rules.get(rule) or conformity(shapes, rule)
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
        rules_of: dict[frozenset[Node], tuple[Node, ...]] = {}
        for focus in own:
            kinds = frozenset((*facts.about(focus), *facts.values(focus, _TYPE)))
            if kinds not in rules_of:
                rules_of[kinds] = self._aimed_at(facts, focus)
            for rule in rules_of[kinds]:
                if not self._surely_kept(rule, facts, focus):
                    found[rule].add(focus)
        # a blank node cannot be named to the judge
        return None if any(isinstance(focus, BNode) for foci in found.values() for focus in foci) else found

    def _aimed_at(self, facts: Facts, focus: Node) -> tuple[Node, ...]:
        aims = [(SH.targetClass, kind) for kind in facts.values(focus, _TYPE)]
        aims += [(SH.targetSubjectsOf, predicate) for predicate in facts.about(focus)]
        return tuple({rule for aim in aims for rule in self._aims.get(aim, ())})

    def _surely_kept(self, rule: Node, facts: Facts, focus: Node) -> bool:
        try:
            return self._rules[rule](facts, focus)
        except NotScreened:
            return False
