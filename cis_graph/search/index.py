"""A release's text index, open for reading."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from cis_graph.model.places import Coordinates
from cis_graph.model.releases import Mention, SearchAnswer, SearchHit, SearchQuestion
from cis_graph.search.counts import Counting
from cis_graph.search.documents import Facts, prepared
from cis_graph.search.meetings import Meetings
from cis_graph.search.questions import Questions, both, distance

_RADII = (2, 5, 10, 20, 50, 100)  # kilometres, the first that gives enough
_SUGGESTED = 8
_LEVELS = ("commune", "epci", "departement", "region")  # the nearest first
_TERRITORIES = ("area", "epci", "commune")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resembling:
    """A thing with all its names and what tells it from others of its name."""

    hit: SearchHit
    names: tuple[str, ...]
    facts: Facts


class Index:
    """An index open for reading."""

    def __init__(self, folder: Path) -> None:
        index = prepared(tantivy.Index.open(str(folder)))
        fields = _fields(folder)
        self._searcher = index.searcher()
        self._questions = Questions(index.schema)
        counted = frozenset(name for name, is_fast in fields.items() if is_fast)
        self._counting = Counting(self._searcher, self._questions, counted)
        self.meetings = Meetings(self._searcher, index.schema, known="who" in fields)
        self._names_entities = "entity" in fields
        self._mentions: dict[str, Mention] = {}  # by kind/key, as they are asked for

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """One page of what is asked for, with the counts of every other choice."""
        if question.text.strip() and not self._questions.asked(question.text):
            return SearchAnswer(total=0, hits=(), kinds={}, facets={})
        query = self._questions.query(question)
        if question.near:
            total, hits = self._nearest(query, question, question.near)
        else:
            total, hits = self._page(query, question)
        facets = self._counting.facets(question)
        return SearchAnswer(
            total=total,
            hits=hits,
            kinds=self._counting.kinds(question),
            facets=facets,
            mentions=self._mentioned(question, facets),
        )

    def suggest(self, text: str) -> tuple[SearchHit, ...]:
        """The entities whose names begin so, those of few words first."""
        found = self._searcher.search(self._questions.beginning(text), limit=_SUGGESTED)
        return tuple(self._hit(address) for _, address in found.hits)

    def resembling(self, text: str, kinds: Iterable[str], limit: int, *, fuzzy: bool) -> tuple[Resembling, ...]:
        """Things whose names share a word with a text, those of rare words first."""
        query = self._questions.resembling(text, kinds, fuzzy=fuzzy)
        documents = (self._searcher.doc(address) for _, address in self._searcher.search(query, limit=limit).hits)
        return tuple(map(_resembling, documents))

    def bearers(self, word: str) -> int:
        """How many things bear a word in their names, in the singular or the plural."""
        return max(self._searcher.doc_freq("names", form) for form in (word, f"{word}s", f"{word}x"))

    @property
    def size(self) -> int:
        """How many things there are."""
        return int(self._searcher.num_docs)

    def _page(self, query: tantivy.Query, question: SearchQuestion) -> tuple[int, tuple[SearchHit, ...]]:
        found = self._searcher.search(
            query,
            limit=question.size,
            count=True,
            offset=(question.page - 1) * question.size,
            **self._order(question),
        )
        total = int(found.count or 0)  # type: ignore[attr-defined]  # the stub of tantivy 0.27 lacks it
        return total, tuple(self._hit(address) for _, address in found.hits)

    def _order(self, question: SearchQuestion) -> dict[str, Any]:
        if question.sort == "name":
            return {"order_by_field": "alphabet", "order": tantivy.Order.Asc}
        if question.sort == "date":
            return {"order_by_field": "began", "order": tantivy.Order.Desc}
        if self._questions.asked(question.text):
            return {}
        return {"order_by_field": "shuffled", "order": tantivy.Order.Asc}

    def _nearest(
        self, query: tantivy.Query, question: SearchQuestion, point: Coordinates
    ) -> tuple[int, tuple[SearchHit, ...]]:
        """Hits by distance; ``total`` is how many lie within the widest circle."""
        wanted = question.page * question.size
        for kilometres in _RADII:
            close = both(query, self._questions.around(point, kilometres))
            count = self._counting.number(close)
            if count >= wanted:
                break
        addresses = [address for _, address in self._searcher.search(close, limit=max(1, count)).hits]
        latitudes = self._searcher.fast_field_values("latitude", addresses)
        longitudes = self._searcher.fast_field_values("longitude", addresses)
        far = sorted(
            (distance(point, Coordinates(latitude=float(latitude or 0), longitude=float(longitude or 0))), place)
            for place, (latitude, longitude) in enumerate(zip(latitudes, longitudes, strict=True))
        )
        widest = both(query, self._questions.around(point, _RADII[-1]))
        chosen = far[wanted - question.size : wanted]
        return self._counting.number(widest), tuple(self._hit(addresses[place]) for _, place in chosen)

    def _mentioned(self, question: SearchQuestion, facets: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mention]:
        """The territories and actors of an answer."""
        territories = {key for name in _TERRITORIES for key in facets.get(name, ())}
        territories |= question.filters.get("territory", frozenset())
        actors = {*facets.get("actor", ()), *question.filters.get("actor", ())}
        wanted = {f"territory/{key}" for key in territories} | {f"actor/{key}" for key in actors}
        unknown = wanted - self._mentions.keys() if self._names_entities else ()
        if unknown:
            found = self._searcher.search(self._questions.entities(unknown), limit=len(unknown))
            self._mentions = self._mentions | dict(_mention(self._searcher.doc(address)) for _, address in found.hits)
        return {place: self._mentions[place] for place in wanted if place in self._mentions}

    def _hit(self, address: tantivy.DocAddress) -> SearchHit:
        return SearchHit(**json.loads(self._searcher.doc(address)["hit"][0]))


def _resembling(document: tantivy.Document) -> Resembling:
    hit, told = SearchHit(**json.loads(document["hit"][0])), json.loads(document.get_first("told") or "{}")
    facts = {name: tuple((key, text) for key, text in values) for name, values in told.get("facts", {}).items()}
    return Resembling(hit=hit, names=(hit.label, *told.get("names", ())), facts=facts)


def _mention(document: tantivy.Document) -> tuple[str, Mention]:
    """The ``kind/key`` of a thing, and how it is mentioned."""
    one = _resembling(document)
    hit, above = one.hit, [key for key, _ in one.facts.get("territory", ())]
    above.sort(key=lambda key: _LEVELS.index(key.partition("-")[0]))
    if hit.latitude is None or hit.longitude is None:
        point = None
    else:
        point = Coordinates(latitude=hit.latitude, longitude=hit.longitude)
    return f"{hit.kind}/{hit.key}", Mention(label=hit.label, above=tuple(above), point=point)


def _fields(folder: Path) -> Mapping[str, bool]:
    """The fields an index was made with, and whether it counts by them: those of an older release may be fewer."""
    described = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return {one["name"]: bool(one.get("options", {}).get("fast")) for one in described["schema"]}
