"""Which record nodes describe the same thing: stated rules where something is certain, comparisons elsewhere."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.records import Project
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.clusters import united
from cis_graph.reconciliation.compared import Comparing, Remembering, here, judge_and_forget
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.links import NO_MARKS, Link, Marks
from cis_graph.reconciliation.reading import Geography, Reader, Told
from cis_graph.reconciliation.rules import by_identifier, by_site, chains
from cis_graph.reconciliation.scale import ACTORS, PROJECTS
from cis_graph.reconciliation.weights import Weights

_DIFFERENT = {"host": "own-different", "mail": "different", "telephone": "different"}


class Signs(NamedTuple):
    """What tells an actor from another of its name."""

    rna: str | None
    siren: str | None
    own_host: str | None
    mail: str | None
    telephone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What tells one node from another of its name, worked out when it is asked for.

    ``projects`` gives the numbers in the title of each, ``editions`` the project or actor that a node is an edition of.
    """

    projects: Mapping[NodeId, frozenset[str]]
    editions: Mapping[NodeId, NodeId]
    actors: Mapping[NodeId, Signs]
    against: Mapping[str, float]

    def __call__(self, node: NodeId) -> Marks:
        """The marks of a project or an actor; none of anything else."""
        if (numbers := self.projects.get(node)) is not None:
            return project_marks(node, numbers, self.editions.get(node))
        actor = self.actors.get(node)
        return actor_marks(actor, self.against) if actor else NO_MARKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The links between nodes, the pairs that only a person can tell, and each node's marks."""

    links: tuple[Link, ...]
    unsure: tuple[Link, ...]
    mark: Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """The weights, the aliases and the territories that matching looks things up in, and where pairs are compared.

    ``memory`` knows what was compared before.
    """

    actors: Weights
    projects: Weights
    aliases: Aliases
    geography: Geography
    comparing: Comparing = here
    memory: Remembering | None = None

    @classmethod
    def load(
        cls, curation: Path, geography: Geography, comparing: Comparing = here, memory: Remembering | None = None
    ) -> Self:
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
            memory=memory,
        )

    def match(self, nodes: Mapping[NodeId, Thing], decisions: Iterable[Decision] = ()) -> Matched:
        """All links between some nodes."""
        return self.matched(self.reader().told((nodes,)), decisions)

    def reader(self) -> Reader:
        """What reads nodes as this matcher sees them."""
        return Reader(self.geography, self.aliases)

    def matched(self, told: Told, decisions: Iterable[Decision] = ()) -> Matched:
        """All links: projects first, then actors, of whom a common project tells much.

        What is told of both is let go before they are compared, so that it does not take their room.
        """
        numbers = {node: project.editions for node, project in told.projects.items()}
        editions = (Link(node, first, "meme-fiche") for node, first in told.editions.items())
        same = [*editions, *by_site(told.projects)]
        found = judge_and_forget(told.projects, PROJECTS, self.projects, self.comparing, self.memory)
        same += found.same
        signs, against = signs_of(told.actors), differing(self.actors)
        mark = Marking(projects=numbers, editions=told.editions, actors=signs, against=against)
        certain = (*by_identifier(told.actors, told.sirets), *chains(told.programmes, "meme-nom-meme-porteur"))
        actors = told.actors_knowing(_common(same, numbers, tuple(decisions), mark))
        told.actors.clear()
        people = judge_and_forget(actors, ACTORS, self.actors, self.comparing, self.memory)
        return Matched(links=(*same, *certain, *people.same), unsure=(*found.unsure, *people.unsure), mark=mark)


def signs_of(actors: Mapping[NodeId, Features]) -> dict[NodeId, Signs]:
    """The signs of each actor; equal ones are held once."""
    once: dict[Signs, Signs] = {}
    every = ((node, Signs(one.rna, one.siren, one.own_host, one.mail, one.telephone)) for node, one in actors.items())
    return {node: once.setdefault(signs, signs) for node, signs in every}


def differing(weights: Weights) -> Mapping[str, float]:
    """What it weighs that two actors differ in a sign, by its name."""
    return {name: weights.levels[name].get(level, 0.0) for name, level in _DIFFERENT.items()}


def actor_marks(actor: Features | Signs, against: Mapping[str, float]) -> Marks:
    """An actor's register numbers exclude others; its address, number and own site speak against others."""
    exclusive = {"rna": actor.rna, "siren": actor.siren}
    signs = {"host": actor.own_host, "mail": actor.mail, "telephone": actor.telephone}
    return Marks(
        exclusive={name: value for name, value in exclusive.items() if value},
        signs={name: value for name, value in signs.items() if value},
        against=against,
    )


def project_marks(node: NodeId, numbers: AbstractSet[str], edition_of: NodeId | None = None) -> Marks:
    """Two projects of one record are two, and so are two editions of one title, which bears their ``numbers``."""
    editions = {"editions": " ".join(sorted(numbers))} if numbers else {}
    itself = (edition_of or node).node
    return Marks(exclusive={f"{node.contributor}/{node.record}": itself, **editions}, signs={}, against={})


def _common(
    links: Iterable[Link], projects: Iterable[NodeId], decisions: Iterable[Decision], mark: Marking
) -> dict[NodeId, str]:
    """A name of the cluster of each project that more than one record tells of."""
    kinds: dict[NodeId, type[Thing]] = dict.fromkeys(projects, Project)
    several = (sorted(members) for members, _ in united(kinds, links, decisions, mark) if len(members) > 1)
    return {node: str(members[0]) for members in several for node in members}
