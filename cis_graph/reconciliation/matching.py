"""Which record nodes describe the same thing: stated rules where something is certain, comparisons elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.records import Actor, Programme, Project
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.clusters import united
from cis_graph.reconciliation.compared import Comparing, here, judge
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.links import NO_MARKS, Link, Marks
from cis_graph.reconciliation.names import name_of
from cis_graph.reconciliation.reading import Geography, Reader
from cis_graph.reconciliation.rules import by_identifier, by_site, chains
from cis_graph.reconciliation.scale import ACTORS, PROJECTS
from cis_graph.reconciliation.weights import Weights

_DIFFERENT = {"host": "own-different", "mail": "different", "telephone": "different"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The links between nodes, the pairs that only a person can tell, and each node's marks."""

    links: tuple[Link, ...]
    unsure: tuple[Link, ...]
    marks: Mapping[NodeId, Marks]

    def mark(self, node: NodeId) -> Marks:
        """What tells a node from another of its name."""
        return self.marks.get(node, NO_MARKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """The weights, the aliases and the territories that matching looks things up in, and where pairs are compared."""

    actors: Weights
    projects: Weights
    aliases: Aliases
    geography: Geography
    comparing: Comparing = here

    @classmethod
    def load(cls, curation: Path, geography: Geography, comparing: Comparing = here) -> Self:
        """The matcher whose weights and aliases stand in a curation folder.

        Raises:
            ReleaseFault: one of the files cannot be read.
        """
        return cls(
            actors=Weights.load(curation / "weights" / "actor.yaml", ACTORS.questions),
            projects=Weights.load(curation / "weights" / "project.yaml", PROJECTS.questions),
            aliases=Aliases.load(curation / "aliases.csv"),
            geography=geography,
            comparing=comparing,
        )

    def match(self, nodes: Mapping[NodeId, Thing], decisions: Iterable[Decision] = ()) -> Matched:
        """All links: projects first, then actors, of whom a common project tells much."""
        reader, settled = Reader(self.geography, self.aliases), tuple(decisions)
        editions = tuple(_editions(nodes))
        projects = reader.projects(nodes)
        found = judge(projects, PROJECTS, self.projects, self.comparing)
        earlier = {node: thing.edition_of for node, thing in nodes.items() if isinstance(thing, Project)}
        marks = {node: project_marks(node, one, earlier[node]) for node, one in projects.items()}
        told = (*editions, *by_site(projects), *found.same)
        common = _common(told, projects, settled, marks)
        actors = reader.actors(nodes, common)
        people = judge(actors, ACTORS, self.actors, self.comparing)
        marks |= {node: actor_marks(one, self.actors) for node, one in actors.items()}
        certain = (*by_identifier(actors, _sirets(nodes)), *_programmes(nodes))
        return Matched(links=(*told, *certain, *people.same), unsure=(*found.unsure, *people.unsure), marks=marks)


def actor_marks(actor: Features, weights: Weights) -> Marks:
    """An actor's register numbers exclude others; its address, number and own site speak against others."""
    exclusive = {"rna": actor.rna, "siren": actor.siren}
    signs = {"host": actor.own_host, "mail": actor.mail, "telephone": actor.telephone}
    return Marks(
        exclusive={name: value for name, value in exclusive.items() if value},
        signs={name: value for name, value in signs.items() if value},
        against={name: weights.levels[name].get(level, 0.0) for name, level in _DIFFERENT.items()},
    )


def project_marks(node: NodeId, project: Features, edition_of: str | None = None) -> Marks:
    """Two projects of one record are two, and so are two editions of one title."""
    numbers = {"editions": " ".join(sorted(project.editions))} if project.editions else {}
    itself = edition_of or node.node
    return Marks(exclusive={f"{node.contributor}/{node.record}": itself, **numbers}, signs={}, against={})


def _common(
    links: Iterable[Link], projects: Iterable[NodeId], decisions: Iterable[Decision], marks: Mapping[NodeId, Marks]
) -> dict[NodeId, str]:
    """A name of the cluster of each project that more than one record tells of."""
    kinds: dict[NodeId, type[Thing]] = dict.fromkeys(projects, Project)
    found = united(kinds, links, decisions, lambda node: marks.get(node, NO_MARKS))
    several = (sorted(members) for members, _ in found if len(members) > 1)
    return {node: str(members[0]) for members in several for node in members}


def _sirets(nodes: Mapping[NodeId, Thing]) -> dict[NodeId, str | None]:
    return {node: thing.siret for node, thing in nodes.items() if isinstance(thing, Actor)}


def _editions(nodes: Mapping[NodeId, Thing]) -> Iterable[Link]:
    for node, thing in nodes.items():
        if isinstance(thing, Project | Actor) and thing.edition_of:
            yield Link(node, NodeId(node.contributor, node.record, thing.edition_of), "meme-fiche")


def _programmes(nodes: Mapping[NodeId, Thing]) -> Iterable[Link]:
    """Programmes of one name run by an operator of one name."""
    names: dict[NodeId, str | None] = {}
    for node, thing in nodes.items():
        if isinstance(thing, Programme) and thing.operator:
            operator = nodes.get(NodeId(node.contributor, node.record, thing.operator))
            if isinstance(operator, Actor):
                names[node] = f"{_letters(thing.label)} {_letters(operator.label)}"
    yield from chains(names, "meme-nom-meme-porteur")


def _letters(label: str) -> str:
    name = name_of(label, of_actor=False)
    return name.glued if name else label
