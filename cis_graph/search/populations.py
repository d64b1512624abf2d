"""All of one kind that might meet, as sets read from the text index when asked for: who states what, and where."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import cos, radians
from operator import or_

import tantivy

from cis_graph.model.meetings import NEAR
from cis_graph.model.places import Coordinates
from cis_graph.search.bitsets import bitset
from cis_graph.search.questions import both, distance

_KILOMETRES = 111.0  # a degree of latitude at the least
_REMEMBERED = 1024  # points, some kilobytes each

_Point = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Around:
    """Who is near a point, and the whole kilometres to each point where somebody is."""

    bits: int
    kilometres: Mapping[_Point, int]


class Population:
    """Projects or actors by number, in the order of the index; several threads may ask."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, kind: str) -> None:
        self._searcher, self._schema = searcher, schema
        self._kind = tantivy.Query.term_query(schema, "meets", kind)
        self._terms: dict[tuple[str, str], int] = {}
        self._near: dict[_Point, Around] = {}
        addresses = self._found(self._kind)
        self._addresses = tuple((one.segment_ord, one.doc) for one in addresses)
        self._numbers = _numbers(self._addresses)
        latitudes = searcher.fast_field_values("latitude", addresses)
        longitudes = searcher.fast_field_values("longitude", addresses)
        self._points = _shared(
            (float(latitude), float(longitude)) if latitude is not None and longitude is not None else None
            for latitude, longitude in zip(latitudes, longitudes, strict=True)
        )
        self._at: dict[_Point, array[int]] = {}
        for number, point in enumerate(self._points):
            if point:
                self._at.setdefault(point, array("I")).append(number)
        self._from_south = sorted(self._at)

    def number(self, segment: int, document: int) -> int:
        """The number of one document."""
        return self._numbers[segment][document]

    def far(self, number: int, around: Around) -> int:
        """Whole kilometres to one who is near a point."""
        point = self._points[number]
        return around.kilometres[point] if point else 0

    def address(self, number: int) -> tuple[int, int]:
        """The segment and the document of one number."""
        return self._addresses[number]

    def having(self, name: str, values: Iterable[str]) -> int:
        """The set of those that have one of some values in a field; each value is remembered, so there must be few."""
        return reduce(or_, (self._having(name, value) for value in values), 0)

    def within(self, territory: str) -> int:
        """The set of those in a territory."""
        return self._read("territory", territory)

    def around(self, point: Coordinates) -> Around:
        """Who is near a point."""
        place = (point.latitude, point.longitude)
        if (known := self._near.get(place)) is not None:
            return known
        if len(self._near) >= _REMEMBERED:
            self._near = {}
        found = self._around(point)
        self._near[place] = found
        return found

    def _around(self, point: Coordinates) -> Around:
        high = NEAR / _KILOMETRES
        wide = high / max(0.01, cos(radians(abs(point.latitude) + high)))
        south = bisect_left(self._from_south, (point.latitude - high, -360.0))
        north = bisect_right(self._from_south, (point.latitude + high, 360.0))
        kilometres: dict[_Point, int] = {}
        for place in self._from_south[south:north]:
            if abs(place[1] - point.longitude) <= wide:
                apart = distance(point, Coordinates(latitude=place[0], longitude=place[1]))
                if apart <= NEAR:
                    kilometres[place] = round(apart)
        numbers = (number for place in kilometres for number in self._at[place])
        return Around(bitset(numbers, len(self._points)), kilometres)

    def _having(self, name: str, value: str) -> int:
        if (known := self._terms.get((name, value))) is not None:
            return known
        found = self._read(name, value)
        self._terms[name, value] = found
        return found

    def _read(self, name: str, value: str) -> int:
        found = self._found(both(self._kind, tantivy.Query.term_query(self._schema, name, value)))
        return bitset((self._numbers[one.segment_ord][one.doc] for one in found), len(self._points))

    def _found(self, query: tantivy.Query) -> list[tantivy.DocAddress]:
        """All that answers, in the order of the index."""
        same = tantivy.Query.const_score_query(query, 1.0)
        hits = self._searcher.search(same, limit=max(1, self._searcher.num_docs), count=False).hits
        return [address for _, address in hits]


def _numbers(addresses: Iterable[tuple[int, int]]) -> Mapping[int, "array[int]"]:
    """The number of each document by its segment; what belongs to others has one of no meaning."""
    numbers: dict[int, array[int]] = {}
    for number, (segment, document) in enumerate(addresses):
        of_segment = numbers.setdefault(segment, array("I"))
        of_segment.extend(bytes(document - len(of_segment)))
        of_segment.append(number)
    return numbers


def _shared(points: Iterable[_Point | None]) -> tuple[_Point | None, ...]:
    """The points, those that are equal as one."""
    known: dict[_Point, _Point] = {}
    return tuple(known.setdefault(point, point) if point else None for point in points)
