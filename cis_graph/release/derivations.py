"""Derived statements and ties: all of them, or of what may follow otherwise from entities that changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from cis_graph.entities.derive import derived_lines
from cis_graph.entities.merge import Entity
from cis_graph.entities.parties import parties
from cis_graph.entities.ties import tie_lines
from cis_graph.model.ties import Party
from cis_graph.rdf.iris import Iris
from cis_graph.release.parts import Revision
from cis_graph.release.reach import Name, Names, Reach


@dataclass(frozen=True, slots=True)
class Derivation:
    """What follows from entities; ``around`` gives a territory and all that contain it.

    Those who have one of the ``cooperative`` roles in a project cooperate.
    """

    entities: Sequence[Entity]
    cooperative: frozenset[str]
    around: Callable[[str], frozenset[str]]
    iris: Iris

    def whole(self, involved: Sequence[Party]) -> Mapping[str, Iterable[str]]:
        """All lines of each part, where these are all who are party to what."""
        return {
            "derived": derived_lines(self.entities, involved, self.around, self.iris),
            "ties": tie_lines(involved, self.around, self.iris),
        }

    def revised(self, changed: Names, was: Mapping[Name, Entity]) -> Mapping[str, Revision]:
        """The lines of all that may follow otherwise where what ``changed`` is not what it ``was``."""
        reach = Reach.of(changed, was, self.entities)
        involved = parties(filter(reach.involves, self.entities), self.cooperative)
        some = replace(self, entities=[one for one in self.entities if reach.says(one.kind, one.key)])
        subjects = {
            "derived": {self.iris.entity(*name) for name in reach.named()},
            "ties": {self.iris.tie(*pair) for pair in reach.pairs(involved)},
        }
        return {name: _revision(subjects[name], lines) for name, lines in some.whole(involved).items()}


def _revision(subjects: AbstractSet[str], lines: Iterable[str]) -> Revision:
    """What is said of some subjects, of lines that say all of it and more."""
    ones = {f"<{iri}>" for iri in subjects}
    return Revision(
        tuple(f"{one} ".encode() for one in ones), (line for line in lines if line.split(" ", 1)[0] in ones)
    )
