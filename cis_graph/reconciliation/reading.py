"""Record nodes to features: what the matcher sees of actors and projects."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.records import Actor, Participation, Project
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.features import Features, Where, editions_of, named_after, website, where
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


class Reader:
    """Makes features of nodes; each set of territories is looked up once."""

    def __init__(self, geography: Geography, aliases: Aliases) -> None:
        self._geography, self._aliases = geography, aliases
        self._where: dict[frozenset[str], Where] = {}

    def projects(self, nodes: Mapping[NodeId, Thing]) -> dict[NodeId, Features]:
        """The features of all projects; grants are left out, as one giver's bear one name and are as many payments."""
        leads, company = self._company(nodes)
        return {
            node: self._project(node, thing, leads.get(node), company.get(node, frozenset()))
            for node, thing in nodes.items()
            if isinstance(thing, Project) and thing.kind is None
        }

    def actors(self, nodes: Mapping[NodeId, Thing], projects: Mapping[NodeId, str]) -> dict[NodeId, Features]:
        """The features of all actors; ``projects`` names the cluster of a project that several records tell of."""
        part = _projects_of(nodes, projects)
        return {
            node: replace(self._actor(node, thing), projects=part.get(node, frozenset()))
            for node, thing in nodes.items()
            if isinstance(thing, Actor)
        }

    def where(self, territories: Iterable[str]) -> Where:
        """Where some territories are."""
        keys = frozenset(territories)
        if (known := self._where.get(keys)) is None:
            found = where(keys, self._geography.containers, self._geography.within)
            towns = {stem(word) for key in found.communes for word in plain_words(self._geography.name(key)).split()}
            known = self._where[keys] = replace(found, towns=frozenset(towns))
        return known

    def actor_name(self, label: str) -> Name:
        """The comparable name of an actor, that of its official name where it is a known alias."""
        return name_of(self._aliases.official(label), of_actor=True) or _UNNAMED

    def _actor(self, node: NodeId, actor: Actor) -> Features:
        host, page = website(actor.homepage)
        point = actor.coordinates[0] if actor.coordinates else None
        names = tuple(dict.fromkeys(self.actor_name(label) for label in (actor.label, *actor.alternative_labels)))
        return Features(
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
            editions=editions_of(project.label),
            themes=frozenset(theme.concept or theme.text for theme in project.themes),
            telling=telling_words(project.description or ""),
            partners=company,
        )

    def _company(self, nodes: Mapping[NodeId, Thing]) -> tuple[dict[NodeId, Name], dict[NodeId, frozenset[str]]]:
        """Who leads each project, and the names of all others in it."""
        leads: dict[NodeId, Name] = {}
        company: dict[NodeId, set[str]] = defaultdict(set)
        for part, actor, project in _parts(nodes):
            name = self.actor_name(actor.label)
            if part.role.concept in _LEADS:
                leads.setdefault(project, name)
            else:
                company[project].add(name.glued)
        return leads, {project: frozenset(names) for project, names in company.items()}


def _parts(nodes: Mapping[NodeId, Thing]) -> Iterable[tuple[Participation, Actor, NodeId]]:
    for node in sorted(nodes):
        thing = nodes[node]
        if isinstance(thing, Participation):
            actor = nodes.get(NodeId(node.contributor, node.record, thing.actor))
            if isinstance(actor, Actor):
                yield thing, actor, NodeId(node.contributor, node.record, thing.project)


def _projects_of(nodes: Mapping[NodeId, Thing], projects: Mapping[NodeId, str]) -> dict[NodeId, frozenset[str]]:
    """Each leader's projects that several records tell of; a project of two leaders in one record tells none."""
    leaders: dict[NodeId, set[str]] = defaultdict(set)
    for part, actor, project in _parts(nodes):
        if part.role.concept in _LEADS and project in projects:
            leaders[project].add(actor.node)
    found: dict[NodeId, set[str]] = defaultdict(set)
    for project, names in leaders.items():
        if len(names) == 1:
            found[NodeId(project.contributor, project.record, *names)].add(projects[project])
    return {node: frozenset(keys) for node, keys in found.items()}
