"""What one record tells the matcher, in plain words: made once, remembered, and handed from process to process."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from cis_graph.model.nodes import Thing, of_record
from cis_graph.model.records import Actor, Participation, Programme, Project, Record
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.features import editions_of, named_after, website
from cis_graph.reconciliation.names import UNNAMED, Name, name_of, telling_words

_LEADS = frozenset({"porteur", "co-porteur"})
_SIZE = 12  # bytes of a digest
_Words = tuple[str, ...]
_Point = tuple[float, float]


class ThingRead(NamedTuple):
    """An actor or a project as :class:`~cis_graph.reconciliation.features.Features` tell it, of names the text alone.

    All of it but the node has a ``digest``. ``territories`` are keys, ``telling`` words with blanks between them.
    """

    node: str
    digest: bytes
    names: _Words
    territories: _Words
    point: _Point | None
    host: str | None
    page: str | None
    own_host: str | None = None
    rna: str | None = None
    siren: str | None = None
    leads: str | None = None
    year: int | None = None
    editions: _Words = ()
    themes: _Words = ()
    telling: str = ""
    partners: _Words = ()


class Reading(NamedTuple):
    """What one record tells; ``nodes`` are all of it but participations, by name, as everywhere here.

    ``leaders`` are projects with the one actor that leads each, ``editions`` nodes with what they are an edition of,
    ``sirets`` and ``programmes`` nodes with what is the same in those that are surely one.
    """

    contributor: str
    record: str
    nodes: _Words
    actors: tuple[ThingRead, ...]
    projects: tuple[ThingRead, ...]
    leaders: tuple[tuple[str, str], ...]
    editions: tuple[tuple[str, str], ...]
    sirets: tuple[tuple[str, str], ...]
    programmes: tuple[tuple[str, str], ...]


class _Company(NamedTuple):
    """Who is in a project: the name of who leads it, the first node's of several; who leads alone; all other names."""

    name: Name | None = None
    leader: str | None = None
    others: frozenset[str] = frozenset()


def reading_of(record: Record, aliases: Aliases) -> Reading:
    """What a record tells."""
    return read(record.contributor, record.key, {thing.node: thing for thing in of_record(record)}, aliases)


def read(contributor: str, record: str, nodes: Mapping[str, Thing], aliases: Aliases) -> Reading:
    """What the nodes of one record tell.

    Grants are no projects here: one giver's bear one name and are as many payments.
    """
    company = _company(nodes, aliases)
    known = [(node, thing) for node, thing in nodes.items() if isinstance(thing, Project | Actor)]
    projects = [(node, one) for node, one in known if isinstance(one, Project) and one.kind is None]
    named = ((node, _programme(one, nodes)) for node, one in nodes.items() if isinstance(one, Programme))
    return Reading(
        contributor=contributor,
        record=record,
        nodes=tuple(node for node, thing in nodes.items() if not isinstance(thing, Participation)),
        actors=tuple(_actor(node, one, aliases) for node, one in known if isinstance(one, Actor)),
        projects=tuple(_project(node, one, company.get(node, _Company())) for node, one in projects),
        leaders=tuple((project, one.leader) for project, one in company.items() if one.leader),
        editions=tuple((node, one.edition_of) for node, one in known if one.edition_of),
        sirets=tuple((node, str(one.siret)) for node, one in known if isinstance(one, Actor) and one.siret),
        programmes=tuple((node, name) for node, name in named if name),
    )


def actor_name(label: str, aliases: Aliases) -> Name:
    """The comparable name of an actor, that of its official name where it is a known alias."""
    return name_of(aliases.official(label), of_actor=True) or UNNAMED


def _actor(node: str, actor: Actor, aliases: Aliases) -> ThingRead:
    siren = actor.siren or (actor.siret.siren if actor.siret else None)
    found = _both(node, actor, (actor_name(label, aliases) for label in (actor.label, *actor.alternative_labels)))
    return _digested(
        found._replace(
            own_host=named_after(found.host, actor.label),
            rna=str(actor.rna) if actor.rna else None,
            siren=str(siren) if siren else None,
        )
    )


def _project(node: str, project: Project, company: _Company) -> ThingRead:
    labels = (project.label, *project.alternative_labels)
    found = _both(node, project, (name_of(label, of_actor=False) or UNNAMED for label in labels))
    return _digested(
        found._replace(
            leads=company.name.text if company.name else None,
            year=project.started.first_day().year if project.started else None,
            editions=tuple(sorted(editions_of(project.label))),
            themes=_each(theme.concept or theme.text for theme in project.themes),
            telling=" ".join(telling_words(project.description or "")),
            partners=tuple(sorted(company.others)),
        )
    )


def _both(node: str, thing: Actor | Project, names: Iterable[Name]) -> ThingRead:
    """What is read of actors and projects in one way."""
    host, page = website(thing.homepage)
    point = thing.coordinates[0] if thing.coordinates else None
    return ThingRead(
        node=node,
        digest=b"",
        names=_each(name.text for name in names),
        territories=tuple(place.territory for place in thing.places if place.territory),
        point=(point.latitude, point.longitude) if point else None,
        host=host,
        page=page,
    )


def _digested(thing: ThingRead) -> ThingRead:
    return thing._replace(digest=blake2b(repr(thing[2:]).encode(), digest_size=_SIZE).digest())


def _each(words: Iterable[str]) -> _Words:
    return tuple(dict.fromkeys(words))


def _company(nodes: Mapping[str, Thing], aliases: Aliases) -> Mapping[str, _Company]:
    """Who is in each project."""
    leaders: dict[str, dict[str, str]] = defaultdict(dict)
    others: dict[str, set[str]] = defaultdict(set)
    named: dict[str, Name] = {}
    for node, part in nodes.items():
        if not isinstance(part, Participation) or not isinstance(who := nodes.get(part.actor), Actor):
            continue
        named[part.actor] = actor_name(who.label, aliases)
        if part.role.concept in _LEADS:
            leaders[part.project][node] = part.actor
        else:
            others[part.project].add(named[part.actor].glued)
    first = {project: actors[min(actors)] for project, actors in leaders.items()}
    return {
        project: _Company(
            name=named[first[project]] if project in first else None,
            leader=first[project] if len(set(leaders[project].values())) == 1 else None,
            others=frozenset(others.get(project, ())),
        )
        for project in dict.fromkeys((*leaders, *others))
    }


def _programme(programme: Programme, nodes: Mapping[str, Thing]) -> str | None:
    """The name of a programme with that of its operator: two that are the same in both are one."""
    operator = nodes.get(programme.operator) if programme.operator else None
    return f"{_letters(programme.label)} {_letters(operator.label)}" if isinstance(operator, Actor) else None


def _letters(label: str) -> str:
    name = name_of(label, of_actor=False)
    return name.glued if name else label
