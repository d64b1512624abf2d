"""Who cooperates with whom, as statements: the shortcut for every pair, a node for pairs of two projects or more."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cis_graph.model.ties import Party, cooperating, millionths, period, weight
from cis_graph.rdf.iris import CONCEPT, INSOC, PROV, RDF, Iris
from cis_graph.rdf.statements import iri, statement, typed

REPEATED = 2  # projects from which on a pair has a node of its own

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two parties to one project, which has so many ``others`` beside each of them."""

    one: Party
    other: Party
    others: int


def cooperation_lines(parties: Iterable[Party], iris: Iris) -> Iterator[str]:
    """How many cooperate in each project, and ``cooperatesWith`` both ways for each pair."""
    partners = _partners(parties)
    for project, found in partners.items():
        if len(found) > 1:
            count = typed(str(len(found)), "nonNegativeInteger")
            yield statement(iris.entity("project", project), f"{INSOC}cooperatingActorCount", count)
    for first, second in sorted(_counts(partners)):
        one, other = iris.entity("actor", first), iris.entity("actor", second)
        yield statement(one, f"{INSOC}cooperatesWith", iri(other))
        yield statement(other, f"{INSOC}cooperatesWith", iri(one))


def tie_lines(parties: Iterable[Party], containers: Callable[[str], frozenset[str]], iris: Iris) -> Iterator[str]:
    """A node for each pair that cooperates in two projects or more; ``containers`` gives all around a territory."""
    partners = _partners(parties)
    repeated = {pair for pair, count in _counts(partners).items() if count >= REPEATED}
    meetings: dict[_Pair, list[_Meeting]] = defaultdict(list)
    for found in partners.values():
        for one, other in cooperating(found):
            if (one.actor, other.actor) in repeated:
                meetings[one.actor, other.actor].append(_Meeting(one, other, len(found) - 1))
    for pair in sorted(meetings):
        yield from _tie(pair, meetings[pair], iris)
        territories = {key for each in meetings[pair] for party in (each.one, each.other) for key in party.territories}
        for area in sorted(set().union(*map(containers, territories))):
            yield statement(iris.tie(*pair), f"{INSOC}inArea", iri(iris.entity("territory", area)))


def _partners(parties: Iterable[Party]) -> Mapping[str, Sequence[Party]]:
    partners = (party for party in parties if party.side == "cooperates")
    return {project: list(found) for project, found in groupby(partners, key=lambda party: party.project)}


def _counts(partners: Mapping[str, Sequence[Party]]) -> Counter[_Pair]:
    """The number of common projects of each pair."""
    return Counter((one.actor, other.actor) for found in partners.values() for one, other in cooperating(found))


def _tie(pair: _Pair, meetings: list[_Meeting], iris: Iris) -> Iterator[str]:
    subject = iris.tie(*pair)
    parties = [party for meeting in meetings for party in (meeting.one, meeting.other)]
    parts = sum(millionths(meeting.others) for meeting in meetings)
    yield statement(subject, f"{RDF}type", iri(f"{INSOC}Tie"))
    yield statement(subject, f"{INSOC}weight", typed(weight(parts), "decimal"))
    for actor in pair:
        yield statement(subject, f"{INSOC}joins", iri(iris.entity("actor", actor)))
    for project in sorted({party.project for party in parties}):
        yield statement(subject, f"{INSOC}through", iri(iris.entity("project", project)))
    for role in sorted({role for party in parties for role in party.roles}):
        yield statement(subject, f"{INSOC}heldRole", iri(f"{CONCEPT}role/{role}"))
    for territory in sorted({key for party in parties for key in party.territories}):
        yield statement(subject, f"{INSOC}territory", iri(iris.entity("territory", territory)))
    yield from _days(subject, meetings)
    for source in sorted({source for party in parties for source in _sources(party, iris)}):
        yield statement(subject, f"{PROV}wasDerivedFrom", iri(source))


def _days(subject: str, meetings: list[_Meeting]) -> Iterator[str]:
    """From the first beginning to the last end; without an end where one of the projects has none."""
    periods = [period(meeting.one, meeting.other) for meeting in meetings]
    begins = [first for first, _ in periods if first]
    ends = [last for _, last in periods if last]
    if begins:
        yield statement(subject, f"{INSOC}beginsOn", typed(min(begins).isoformat(), "date"))
    if ends and len(ends) == len(periods):
        yield statement(subject, f"{INSOC}endsOn", typed(max(ends).isoformat(), "date"))


def _sources(party: Party, iris: Iris) -> Iterator[str]:
    """The participations, and the actor or project that time or territory had to be taken from."""
    for key in party.participations:
        yield iris.entity("participation", key)
    if "project" in {party.dated, party.placed}:
        yield iris.entity("project", party.project)
    if party.placed == "actor":
        yield iris.entity("actor", party.actor)
