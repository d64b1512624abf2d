"""Record nodes to features: what the matcher sees of actors and projects."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Any, Self

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.features import Features, Where, joined, where
from cis_graph.reconciliation.names import Name, name_told, plain_words, stem
from cis_graph.reconciliation.readings import Reading, ThingRead, actor_name, read
from cis_graph.territories.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Geography:
    """What the matcher asks of territories, by key: all that contain one, all that lie in one, its name."""

    containers: Callable[[str], frozenset[str]]
    within: Callable[[str], frozenset[str]]
    name: Callable[[str], str]

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> Self:
        """That of a gazetteer."""
        return cls(
            containers=gazetteer.containers,
            within=gazetteer.within,
            name=lambda key: gazetteer.territories[key].name,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the matcher keeps of records: once they are read, their nodes may be let go.

    ``projects`` and ``actors`` are compared; the latter know of no project before :meth:`actors_knowing`. ``leaders``
    gives the one actor that leads a project. ``editions`` gives the project or actor that a node is an edition of,
    ``sirets`` and ``programmes`` what is the same in nodes that are surely one.
    """

    projects: dict[NodeId, Features] = field(default_factory=dict)
    actors: dict[NodeId, Features] = field(default_factory=dict)
    leaders: dict[NodeId, NodeId] = field(default_factory=dict)
    editions: dict[NodeId, NodeId] = field(default_factory=dict)
    sirets: dict[NodeId, str] = field(default_factory=dict)
    programmes: dict[NodeId, str] = field(default_factory=dict)

    def forget(self, nodes: Iterable[NodeId]) -> None:
        """Takes out all that the nodes of some records told; those of a record go together."""
        every: tuple[dict[NodeId, Any], ...] = (
            self.projects, self.actors, self.leaders, self.editions, self.sirets, self.programmes,
        )  # fmt: skip
        for node in nodes:
            for known in every:
                known.pop(node, None)

    def actors_knowing(self, projects: Mapping[NodeId, str]) -> dict[NodeId, Features]:
        """The actors, each with what it leads; ``projects`` names the cluster of one that several records tell of."""
        led: dict[NodeId, set[str]] = defaultdict(set)
        for project, name in projects.items():
            if (leader := self.leaders.get(project)) in self.actors:
                led[leader].add(name)
        known = {node: replace(self.actors[node], projects=frozenset(names)) for node, names in led.items()}
        return self.actors | known


class Reader:
    """Makes features of nodes; what many nodes say is worked out and kept once."""

    def __init__(self, geography: Geography, aliases: Aliases) -> None:
        self._geography, self._aliases = geography, aliases
        self._where: dict[frozenset[str], Where] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}
        self._actors: dict[Features, Features] = {}
        self._names: dict[tuple[Name, ...], tuple[Name, ...]] = {}

    def told(self, records: Iterable[Mapping[NodeId, Thing]]) -> Told:
        """What some nodes tell; nodes of one record come together."""
        found = Told()
        for nodes in records:
            apart: dict[tuple[str, str], dict[str, Thing]] = defaultdict(dict)
            for node, thing in nodes.items():
                apart[node.contributor, node.record][node.node] = thing
            for (contributor, record), of_record in apart.items():
                self.hear(read(contributor, record, of_record, self._aliases), found)
        return found

    def actor_name(self, label: str) -> Name:
        """The comparable name of an actor, that of its official name where it is a known alias."""
        return actor_name(label, self._aliases)

    def where(self, territories: Iterable[str]) -> Where:
        """Where some territories are."""
        keys = frozenset(territories)
        if (known := self._where.get(keys)) is None:
            known = self._where[keys] = self._whereabouts(keys)
        return known

    def hear(self, reading: Reading, told: Told) -> tuple[NodeId, ...]:
        """Adds what one record tells; all its nodes but participations."""
        contributor, record = intern(reading.contributor), reading.record
        nodes = {node: NodeId(contributor, record, intern(node)) for node in reading.nodes}
        for actor in reading.actors:
            found = self._features(contributor, actor, is_seated=True)
            told.actors[nodes[actor.node]] = self._actors.setdefault(found, found)
        for project in reading.projects:
            told.projects[nodes[project.node]] = self._features(contributor, project, is_seated=False)
        told.leaders.update((nodes[project], nodes[actor]) for project, actor in reading.leaders if project in nodes)
        told.editions.update((nodes[node], NodeId(contributor, record, of)) for node, of in reading.editions)
        told.sirets.update((nodes[node], siret) for node, siret in reading.sirets)
        told.programmes.update((nodes[node], name) for node, name in reading.programmes)
        return tuple(nodes.values())

    def _whereabouts(self, keys: frozenset[str]) -> Where:
        if len(keys) > 1:
            return joined(self.where((key,)) for key in keys)
        found = where(keys, self._geography.containers, self._geography.within)
        towns = {stem(word) for key in found.communes for word in plain_words(self._geography.name(key)).split()}
        return replace(found, towns=frozenset(towns))

    def _features(self, contributor: str, thing: ThingRead, *, is_seated: bool) -> Features:
        names = tuple(map(name_told, thing.names))
        if is_seated:  # many actors bear the same, few projects do
            names = self._names.setdefault(names, names)
        return Features(
            contributor=contributor,
            name=names[0],
            names=names,
            where=self.where(thing.territories),
            is_seated=is_seated,
            rna=thing.rna,
            siren=thing.siren,
            host=thing.host,
            own_host=thing.own_host,
            page=thing.page,
            point=thing.point,
            leads=None if thing.leads is None else name_told(thing.leads),
            year=thing.year,
            editions=self._kept(thing.editions),
            themes=self._kept(thing.themes),
            telling=tuple(map(intern, thing.telling.split())),
            partners=frozenset(map(intern, thing.partners)),
            digest=thing.digest,
        )

    def _kept(self, words: Iterable[str]) -> frozenset[str]:
        """A set of words that many things say, kept once."""
        found = frozenset(words)
        return self._sets.setdefault(found, found)
