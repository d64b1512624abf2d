"""Record nodes to features: what the matcher sees of actors and projects."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.records import Actor, Participation, Programme, Project
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.features import Features, Where, editions_of, joined, named_after, website, where
from cis_graph.reconciliation.names import Name, name_of, plain_words, stem, telling_words
from cis_graph.territories.gazetteer import Gazetteer

_UNNAMED = Name(text="", words=frozenset(), glued="", initials="")
_LEADS = frozenset({"porteur", "co-porteur"})


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
        self._actor_names: dict[str, Name] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}
        self._actors: dict[Features, Features] = {}
        self._names: dict[tuple[Name, ...], tuple[Name, ...]] = {}

    def told(self, records: Iterable[Mapping[NodeId, Thing]]) -> Told:
        """What some nodes tell; nodes of one record come together.

        Grants are no projects here: one giver's bear one name and are as many payments.
        """
        found = Told()
        for nodes in records:
            self.read(nodes, found)
        return found

    def where(self, territories: Iterable[str]) -> Where:
        """Where some territories are."""
        keys = frozenset(territories)
        if (known := self._where.get(keys)) is None:
            known = self._where[keys] = self._whereabouts(keys)
        return known

    def _whereabouts(self, keys: frozenset[str]) -> Where:
        if len(keys) > 1:
            return joined(self.where((key,)) for key in keys)
        found = where(keys, self._geography.containers, self._geography.within)
        towns = {stem(word) for key in found.communes for word in plain_words(self._geography.name(key)).split()}
        return replace(found, towns=frozenset(towns))

    def actor_name(self, label: str) -> Name:
        """The comparable name of an actor, that of its official name where it is a known alias."""
        if (known := self._actor_names.get(label)) is None:
            known = name_of(self._aliases.official(label), of_actor=True) or _UNNAMED
            self._actor_names[label] = known
        return known

    def read(self, nodes: Mapping[NodeId, Thing], told: Told) -> None:
        """Adds what the nodes of one record tell."""
        leads, company = self._company(nodes, told)
        for node, thing in nodes.items():
            if isinstance(thing, Actor):
                told.actors[node] = self._actor(node, thing)
                if thing.siret:
                    told.sirets[node] = thing.siret
            elif isinstance(thing, Project):
                if thing.kind is None:
                    company_of = company.get(node, frozenset())
                    told.projects[node] = self._project(node, thing, leads.get(node), company_of)
            elif isinstance(thing, Programme) and (name := _programme(node, thing, nodes)):
                told.programmes[node] = name
            if isinstance(thing, Project | Actor) and thing.edition_of:
                told.editions[node] = node._replace(node=thing.edition_of)

    def _actor(self, node: NodeId, actor: Actor) -> Features:
        host, page = website(actor.homepage)
        point = actor.coordinates[0] if actor.coordinates else None
        names = tuple(dict.fromkeys(self.actor_name(label) for label in (actor.label, *actor.alternative_labels)))
        names = self._names.setdefault(names, names)
        found = Features(
            contributor=node.contributor,
            name=names[0],
            names=names,
            where=self.where(place.territory for place in actor.places if place.territory),
            is_seated=True,
            rna=actor.rna,
            siren=actor.siren or (actor.siret.siren if actor.siret else None),
            host=host,
            own_host=named_after(host, actor.label),
            page=page,
            point=(point.latitude, point.longitude) if point else None,
        )
        return self._actors.setdefault(found, found)

    def _project(self, node: NodeId, project: Project, leads: Name | None, company: frozenset[str]) -> Features:
        host, page = website(project.homepage)
        point = project.coordinates[0] if project.coordinates else None
        labels = (project.label, *project.alternative_labels)
        names = tuple(dict.fromkeys(name_of(label, of_actor=False) or _UNNAMED for label in labels))
        return Features(
            contributor=node.contributor,
            name=names[0],
            names=names,
            where=self.where(place.territory for place in project.places if place.territory),
            host=host,
            page=page,
            point=(point.latitude, point.longitude) if point else None,
            leads=leads,
            year=project.started.first_day().year if project.started else None,
            editions=self._kept(editions_of(project.label)),
            themes=self._kept(theme.concept or theme.text for theme in project.themes),
            telling=telling_words(project.description or ""),
            partners=company,
        )

    def _kept(self, words: Iterable[str]) -> frozenset[str]:
        """A set of words that many things say, kept once."""
        found = frozenset(words)
        return self._sets.setdefault(found, found)

    def _company(
        self, nodes: Mapping[NodeId, Thing], told: Told
    ) -> tuple[dict[NodeId, Name], dict[NodeId, frozenset[str]]]:
        """The name of who leads each project, the first node's of several, and the names of all others in it."""
        leaders: dict[NodeId, dict[NodeId, NodeId]] = defaultdict(dict)
        company: dict[NodeId, set[str]] = defaultdict(set)
        named: dict[NodeId, Name] = {}
        for node, thing in nodes.items():
            if not isinstance(thing, Participation):
                continue
            actor, project = node._replace(node=thing.actor), node._replace(node=thing.project)
            if not isinstance(who := nodes.get(actor), Actor):
                continue
            named[actor] = self.actor_name(who.label)
            if thing.role.concept in _LEADS:
                leaders[project][node] = actor
            else:
                company[project].add(named[actor].glued)
        leads = {}
        for project, actors in leaders.items():
            first = actors[min(actors)]
            leads[project] = named[first]
            if len(set(actors.values())) == 1:
                told.leaders[project] = first
        return leads, {project: frozenset(names) for project, names in company.items()}


def _programme(node: NodeId, programme: Programme, nodes: Mapping[NodeId, Thing]) -> str | None:
    """The name of a programme with that of its operator: two that are the same in both are one."""
    operator = nodes.get(node._replace(node=programme.operator)) if programme.operator else None
    return f"{_letters(programme.label)} {_letters(operator.label)}" if isinstance(operator, Actor) else None


def _letters(label: str) -> str:
    name = name_of(label, of_actor=False)
    return name.glued if name else label
