"""Links by stated rules: register numbers, and one title with one site."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.links import Link


def by_identifier(actors: Mapping[NodeId, Features], sirets: Mapping[NodeId, str | None]) -> Iterable[Link]:
    """The same RNA or SIRET is the same actor; the same SIREN too where name or commune agree."""
    yield from chains({node: actor.rna for node, actor in actors.items()}, "meme-rna")
    yield from chains(sirets, "meme-siret")
    known = {node: actor for node, actor in actors.items() if actor.siren}
    yield from chains({node: f"{one.siren} {one.name.glued}" for node, one in known.items()}, "meme-siren")
    communes: dict[tuple[str | None, str], list[NodeId]] = defaultdict(list)
    for node in sorted(known):
        for commune in sorted(known[node].where.communes):
            communes[known[node].siren, commune].append(node)
    for group in communes.values():
        yield from _chain(group, "meme-siren")


def by_site(projects: Mapping[NodeId, Features]) -> Iterable[Link]:
    """One title and one site in several records of one contributor is one project, as in a list of its members."""
    told = {node: one for node, one in projects.items() if (one.host or one.page) and not one.where.departements}
    values = {
        node: f"{one.contributor} {one.name.glued} {one.host or one.page} {one.year}" for node, one in told.items()
    }
    yield from chains(values, "meme-titre-meme-site")


def chains(values: Mapping[NodeId, str | None], reason: str) -> Iterable[Link]:
    """Links between all nodes of one value."""
    often = Counter(value for value in values.values() if value)
    groups: dict[str, list[NodeId]] = defaultdict(list)
    for node in sorted(values):
        if (value := values[node]) and often[value] > 1:
            groups[value].append(node)
    for group in groups.values():
        yield from _chain(group, reason)


def _chain(group: list[NodeId], reason: str) -> Iterable[Link]:
    return (Link(group[0], other, reason) for other in group[1:])
