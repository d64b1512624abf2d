"""Who might meet, from the text index: one query proposes, what both state decides."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

import tantivy

from cis_graph.model.meetings import AGREE, NEAR, Meeting, Party
from cis_graph.model.places import Coordinates
from cis_graph.search.profiles import TOPICS, Profile
from cis_graph.search.questions import Questions, both, distance, either

_AGREEMENT = 1000.0  # what one of the four questions weighs, above all concepts together
_NEARER = (2, 5, 10)  # kilometres; each square adds a little, so that the nearest stay among those proposed
_LITTLE = 0.3
_PROPOSED = 40
_SUBJECTS = 12  # of a territory, in the order that favours nobody
_TWICE = 2
_REMEMBERED = 4096  # profiles, some kilobytes each


class Meetings:
    """Fulfils :class:`~cis_graph.model.meetings.Matchmaker` over one index; an index that is not ``known`` to hold
    profiles, being older than they are, has nobody meet.
    """

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, *, known: bool) -> None:
        self._searcher = searcher
        self._is_known = known
        self._schema = schema
        self._questions = Questions(schema)
        # of the searcher, not of this: a release that nobody holds any more is closed at once
        self._known = lru_cache(_REMEMBERED)(partial(_read, searcher))

    def of(self, kind: str, key: str, *, most: int) -> tuple[Meeting, ...]:
        """Whom one project or actor might meet, the best first."""
        if not self._is_known:
            return ()
        own = self._searcher.search(self._term("who", f"{kind}/{key}"), limit=1).hits
        return tuple(sorted(self._meetings(own[0][1]), key=lambda one: one.rank)[:most]) if own else ()

    def within(self, territory: str, *, most: int) -> tuple[Meeting, ...]:
        """Who might meet where one at least works in a territory, those that both do first; each twice at most."""
        if not self._is_known:
            return ()
        here = self._term("territory", territory)
        for kind in ("project", "actor"):
            subjects = both(self._term("meets", kind), here)
            hits = self._searcher.search(
                subjects, limit=_SUBJECTS, order_by_field="shuffled", order=tantivy.Order.Asc
            ).hits
            addresses = [address for _, address in hits]
            found = _each_twice(_ranked(one for it in addresses for one in self._meetings(it, here)))
            if len(found) < most:
                found = _each_twice((*found, *_ranked(one for it in addresses for one in self._meetings(it))))
            if found:
                return found[:most]
        return ()

    def _meetings(self, address: tantivy.DocAddress, here: tantivy.Query | None = None) -> Iterator[Meeting]:
        one, own = self._known(address.segment_ord, address.doc)
        for _, proposed in self._searcher.search(self._alike(one, own, here), limit=_PROPOSED).hits:
            other, its = self._known(proposed.segment_ord, proposed.doc)
            meeting = _meeting(one, own, other, its)
            if meeting.agreements >= AGREE and (meeting.themes or meeting.audiences or meeting.methods):
                yield meeting

    def _alike(self, one: Party, own: Profile, here: tantivy.Query | None) -> tantivy.Query:
        """All of its kind that state one thing it states and are outside its circle, those that agree in most first."""
        topics = [
            tantivy.Query.term_set_query(self._schema, "stated", [f"{topic}/{key}" for key in keys])
            for topic in TOPICS
            if (keys := own.stated.get(topic))
        ]
        must = [_weighing(self._term("meets", one.kind), 0.0), _weighing(either(topics), 0.0)]
        met = [self._term("who", f"{one.kind}/{one.key}")]
        if own.circle:
            met.append(tantivy.Query.term_set_query(self._schema, "circle", sorted(own.circle)))
        should = [_weighing(topic, _AGREEMENT) for topic in topics]
        should += [_weighing(self._term("stated", concept), 1.0) for concept in own.concepts]
        should += self._places(own)
        return tantivy.Query.boolean_query([
            *((tantivy.Occur.Must, part) for part in (*must, *((_weighing(here, 0.0),) if here else ()))),
            *((tantivy.Occur.MustNot, part) for part in met),
            *((tantivy.Occur.Should, part) for part in should),
        ])  # fmt: skip

    def _places(self, own: Profile) -> Iterator[tantivy.Query]:
        areas = sorted(own.areas)
        if own.point is None:
            if areas:
                yield _weighing(tantivy.Query.term_set_query(self._schema, "area", areas), _AGREEMENT)
            for departement in (area for area in areas if area.startswith("departement")):
                yield _weighing(self._term("area", departement), _LITTLE)
            return
        spread = tantivy.Query.term_set_query(self._schema, "spread", areas)
        yield _weighing(either((self._questions.around(own.point, NEAR), spread)), _AGREEMENT)
        for kilometres in _NEARER:
            yield _weighing(self._questions.around(own.point, kilometres), _LITTLE)

    def _term(self, name: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, value)


def _read(searcher: tantivy.Searcher, segment: int, number: int) -> tuple[Party, Profile]:
    """Who a document is about, and what decides whom it might meet."""
    document = searcher.doc(tantivy.DocAddress(segment, number))
    hit = json.loads(document["hit"][0])
    party = Party(kind=hit["kind"], key=hit["key"], label=hit["label"], detail=hit["detail"])
    return party, Profile.unpacked(bytes(document["profile"][0]))


def _meeting(one: Party, own: Profile, other: Party, its: Profile) -> Meeting:
    shared = {
        topic: tuple(sorted(own.stated.get(topic, frozenset()) & its.stated.get(topic, frozenset())))
        for topic in TOPICS
    }
    return Meeting(
        one=one,
        other=other,
        themes=shared["theme"],
        audiences=shared["audience"],
        methods=shared["method"],
        kilometres=_apart(own.point, its.point),
        areas=() if own.point and its.point else _smallest(own.areas & its.areas),
    )


def _apart(one: Coordinates | None, other: Coordinates | None) -> int | None:
    """Whole kilometres between two points that are near each other."""
    kilometres = distance(one, other) if one and other else None
    return round(kilometres) if kilometres is not None and kilometres <= NEAR else None


def _smallest(areas: frozenset[str]) -> tuple[str, ...]:
    """The départements among areas, else the régions."""
    departements = sorted(area for area in areas if area.startswith("departement"))
    return tuple(departements or sorted(areas))


def _ranked(meetings: Iterable[Meeting]) -> list[Meeting]:
    return sorted(meetings, key=lambda one: one.rank)


def _each_twice(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Each pair once, whichever way round, and nobody more than twice."""
    pairs: dict[frozenset[str], Meeting] = {}
    seen: Counter[str] = Counter()
    for one in meetings:
        ends = frozenset((one.one.key, one.other.key))
        if ends not in pairs and max(seen[end] for end in ends) < _TWICE:
            pairs[ends] = one
            seen.update(ends)
    return tuple(pairs.values())


def _weighing(query: tantivy.Query, weight: float) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, weight)
