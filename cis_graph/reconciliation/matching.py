"""Which record nodes describe the same thing, by stated rules; each link keeps its reason."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from anyascii import anyascii

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.records import Actor, Programme, Project

Named = Project | Actor
Contains = Callable[[str, str], bool]  # outer, inner territory keys

_ARTICLES = re.compile(r"^(?:l |le |la |les )")


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two nodes are the same, and why: a rule's slug or ``decision``."""

    first: NodeId
    second: NodeId
    reason: str


def comparable(name: str) -> str:
    """A name by its letters and digits, without accents, case, blanks and leading article."""
    words = re.sub(r"[^a-z0-9]+", " ", anyascii(name).lower()).strip()
    return _ARTICLES.sub("", words).replace(" ", "")


def links(nodes: Mapping[NodeId, Thing], contains: Contains) -> Iterable[Link]:
    """The links that the rules give: editions of one record, identifiers, names with a place, programmes.

    Grants are not compared by name: one giver's grants bear one name and place, and are as many payments.
    """
    projects = {node: thing for node, thing in nodes.items() if isinstance(thing, Project)}
    actors = {node: thing for node, thing in nodes.items() if isinstance(thing, Actor)}
    yield from _editions({**projects, **actors})
    yield from _by_identifier(actors)
    yield from _by_name({node: one for node, one in projects.items() if one.kind is None}, contains)
    yield from _by_name(actors, contains)
    yield from _programmes(nodes)


def exclusive(thing: Thing) -> Mapping[str, str]:
    """The identifiers that only one thing has: two different values of one never merge without a human."""
    if not isinstance(thing, Actor):
        return {}
    known = {"rna": thing.rna, "siren": _siren(thing)}
    return {name: value for name, value in known.items() if value is not None}


def _siren(actor: Actor) -> str | None:
    return actor.siren or (actor.siret.siren if actor.siret else None)


def _editions(nodes: Mapping[NodeId, Project | Actor]) -> Iterable[Link]:
    for node, thing in nodes.items():
        if thing.edition_of:
            yield Link(node, NodeId(node.contributor, node.record, thing.edition_of), "meme-fiche")


def _by_identifier(actors: Mapping[NodeId, Actor]) -> Iterable[Link]:
    yield from _chains({node: actor.rna for node, actor in actors.items()}, "meme-rna")
    yield from _chains({node: actor.siret for node, actor in actors.items()}, "meme-siret")
    names = {node: f"{siren} {comparable(actor.label)}" for node, actor in actors.items() if (siren := _siren(actor))}
    yield from _chains(names, "meme-siren")
    yield from _by_siren_and_place(actors)


def _by_siren_and_place(actors: Mapping[NodeId, Actor]) -> Iterable[Link]:
    where: dict[tuple[str, str], list[NodeId]] = defaultdict(list)
    for node in sorted(actors):
        if siren := _siren(actors[node]):
            for territory in _territories(actors[node]):
                where[siren, territory].append(node)
    for group in where.values():
        yield from _chain(group, "meme-siren")


def _by_name(nodes: Mapping[NodeId, Named], contains: Contains) -> Iterable[Link]:
    for group in _groups({node: comparable(thing.label) or None for node, thing in nodes.items()}):
        where: dict[str, list[NodeId]] = defaultdict(list)
        for node in group:
            for territory in _territories(nodes[node]):
                where[territory].append(node)
        for members in where.values():
            yield from _chain(members, "meme-nom-meme-territoire")
        for outer, inner in _nested(frozenset(where), contains):
            yield Link(where[outer][0], where[inner][0], "meme-nom-territoire-inclus")


def _nested(territories: frozenset[str], contains: Contains) -> Iterable[tuple[str, str]]:
    """Pairs (outer, inner); none for a wide territory that holds two places apart from each other."""
    for outer in sorted(territories):
        inside = sorted(inner for inner in territories if inner != outer and contains(outer, inner))
        if all(contains(a, b) or contains(b, a) for a, b in combinations(inside, 2)):
            yield from ((outer, inner) for inner in inside)


def _programmes(nodes: Mapping[NodeId, Thing]) -> Iterable[Link]:
    """Programmes of one name run by an operator of one name."""
    names: dict[NodeId, str | None] = {}
    for node, thing in nodes.items():
        if isinstance(thing, Programme) and thing.operator:
            operator = nodes.get(NodeId(node.contributor, node.record, thing.operator))
            if isinstance(operator, Actor):
                names[node] = f"{comparable(thing.label)} {comparable(operator.label)}"
    yield from _chains(names, "meme-nom-meme-porteur")


def _territories(thing: Named) -> frozenset[str]:
    return frozenset(place.territory for place in thing.places if place.territory)


def _groups(values: Mapping[NodeId, str | None]) -> Iterable[list[NodeId]]:
    found: dict[str, list[NodeId]] = defaultdict(list)
    for node in sorted(values):
        value = values[node]
        if value is not None:
            found[value].append(node)
    return (group for group in found.values() if len(group) > 1)


def _chains(values: Mapping[NodeId, str | None], reason: str) -> Iterable[Link]:
    for group in _groups(values):
        yield from _chain(group, reason)


def _chain(group: list[NodeId], reason: str) -> Iterable[Link]:
    return (Link(group[0], other, reason) for other in group[1:])
