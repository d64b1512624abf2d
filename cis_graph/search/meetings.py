"""Who might meet: sets propose, the most alike first, and what both state decides."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial, reduce
from operator import or_

import tantivy

from cis_graph.model.meetings import AGREE, NEAR, Meeting, Party
from cis_graph.model.places import Coordinates
from cis_graph.search.bitsets import descending, members, tally
from cis_graph.search.populations import Population
from cis_graph.search.profiles import TOPICS, Profile
from cis_graph.search.questions import both, distance

_PROPOSED = 40
_SUBJECTS = 12  # of a territory, in the order that favours nobody
_TWICE = 2
_REMEMBERED = 4096  # profiles, and whom somebody might meet; some kilobytes each

_Rank = tuple[int, int, int]


class Meetings:
    """Fulfils :class:`~cis_graph.model.meetings.Matchmaker` over one index; an index that is not ``known`` to hold
    profiles, being older than they are, has nobody meet.
    """

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, *, known: bool) -> None:
        self._searcher = searcher
        self._is_known = known
        self._schema = schema
        self._told: dict[tuple[str, str, int], tuple[Meeting, ...]] = {}
        # of the searcher, not of this: a release that nobody holds any more is closed at once
        self._known = lru_cache(_REMEMBERED)(partial(_read, searcher))
        self._all = lru_cache(partial(Population, searcher, schema))

    def of(self, kind: str, key: str, *, most: int) -> tuple[Meeting, ...]:
        """Whom one project or actor might meet, the best first."""
        if (told := self.recalled(kind, key, most)) is not None:
            return told
        own = self._searcher.search(self._term("who", f"{kind}/{key}"), limit=1).hits
        found = tuple(self._meetings(own[0][1], most)) if own else ()
        if len(self._told) >= _REMEMBERED:
            self._told = {}
        self._told[kind, key, most] = found
        return found

    def recalled(self, kind: str, key: str, most: int) -> tuple[Meeting, ...] | None:
        """What :meth:`of` gave last, None where it is not in memory."""
        return self._told.get((kind, key, most)) if self._is_known else ()

    def within(self, territory: str, *, most: int) -> tuple[Meeting, ...]:
        """Who might meet where one at least works in a territory, those that both do first; each twice at most."""
        if not self._is_known:
            return ()
        for kind in ("project", "actor"):
            subjects = both(self._term("meets", kind), self._term("territory", territory))
            hits = self._searcher.search(
                subjects, limit=_SUBJECTS, order_by_field="shuffled", order=tantivy.Order.Asc
            ).hits
            addresses = [address for _, address in hits]
            here = self._all(kind).within(territory) if addresses else 0
            found = _each_twice(_ranked(one for it in addresses for one in self._meetings(it, _PROPOSED, here)))
            if len(found) < most:
                everywhere = _ranked(one for it in addresses for one in self._meetings(it, _PROPOSED))
                found = _each_twice((*found, *everywhere))
            if found:
                return found[:most]
        return ()

    def _meetings(self, address: tantivy.DocAddress, most: int, here: int = -1) -> list[Meeting]:
        """Whom one might meet among ``here``, all by default, the best first."""
        one, own = self._known(address.segment_ord, address.doc)
        everybody = self._all(one.kind)
        itself = 1 << everybody.number(address.segment_ord, address.doc)
        found: list[Meeting] = []
        for best, number in _proposed(everybody, own, here & ~itself):
            if len(found) >= most and found[most - 1].rank <= best:
                break
            other, its = self._known(*everybody.address(number))
            meeting = _meeting(one, own, other, its)
            if meeting.agreements >= AGREE and own.circle.isdisjoint(its.circle):
                found.append(meeting)
                found.sort(key=lambda it: it.rank)
        return found[:most]

    def _term(self, name: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, value)


def _proposed(everybody: Population, own: Profile, among: int) -> Iterator[tuple[_Rank, int]]:
    """Those that state something one states and agree in enough, the best first: the best rank each can have.

    Who lies in more areas than tell a place may agree in less than the index tells.
    """
    topics = [everybody.having("stated", (f"{topic}/{key}" for key in own.stated.get(topic, ()))) for topic in TOPICS]
    concepts = tally(everybody.having("stated", (concept,)) for concept in own.concepts)
    places = _Places(everybody, own)
    agreeing = tally([*topics, places.near])
    for agreements, alike in descending(reduce(or_, topics) & among, agreeing):
        if agreements < AGREE:
            return
        for shared, same in descending(alike, concepts):
            for far, number in places.nearest_first(same):
                yield (-agreements, -shared, far), number


class _Places:
    """Who is near one: by points where both have one, else by the areas that both lie in."""

    def __init__(self, everybody: Population, own: Profile) -> None:
        self._everybody = everybody
        areas = "area" if own.point is None else "spread"
        self._around = everybody.around(own.point) if own.point else None
        self._by_point = self._around.bits if self._around else 0
        departements = [area for area in own.areas if area.startswith("departement")]
        self._departement = everybody.having(areas, departements) & ~self._by_point
        self._region = everybody.having(areas, own.areas.difference(departements)) & ~self._departement
        self.near = self._by_point | self._departement | self._region

    def nearest_first(self, bits: int) -> Iterator[tuple[int, int]]:
        """The numbers of a set with how far they are, as a meeting ranks it."""
        if self._around and (close := bits & self._by_point):
            yield from sorted((self._everybody.far(one, self._around), one) for one in members(close))
        for far, area in enumerate((self._departement, self._region, ~self.near), start=NEAR + 1):
            yield from ((far, one) for one in members(bits & area))


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
