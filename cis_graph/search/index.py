"""A release's text index, open for reading."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from cis_graph.model.places import Coordinates
from cis_graph.model.releases import SearchAnswer, SearchHit, SearchQuestion
from cis_graph.search.documents import COUNTED, Facts, prepared, schema
from cis_graph.search.meetings import Meetings
from cis_graph.search.questions import Questions, both, distance

KINDS = ("project", "grant", "actor", "programme", "territory", "theme", "audience", "method")
_RADII = (2, 5, 10, 20, 50, 100)  # kilometres, the first that gives enough
_MOST_COUNTS = 400  # keys of one facet
_SUGGESTED = 8
_FILTER_OF = {"area": "territory", "commune": "territory"}  # the filter that a count is a choice of


@dataclass(frozen=True, slots=True, kw_only=True)
class Resembling:
    """A thing with all its names and what tells it from others of its name."""

    hit: SearchHit
    names: tuple[str, ...]
    facts: Facts


class Index:
    """An index open for reading."""

    def __init__(self, folder: Path) -> None:
        self._searcher = prepared(tantivy.Index.open(str(folder))).searcher()
        self._questions = Questions(schema())
        self.meetings = Meetings(self._searcher, schema(), known="who" in _fields(folder))
        self._named: dict[str, str] = {}  # territories by key, as they are asked for

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """One page of what is asked for, with the counts of every other choice."""
        if question.text.strip() and not self._questions.asked(question.text):
            return SearchAnswer(total=0, hits=(), kinds={}, facets={})
        query = self._questions.query(question)
        if question.near:
            total, hits = self._nearest(query, question, question.near)
        else:
            total, hits = self._page(query, question)
        facets = self._facets(question)
        places = {*facets["area"], *facets["commune"], *question.filters.get("territory", ())}
        return SearchAnswer(
            total=total, hits=hits, kinds=self._kinds(question), facets=facets, places=self._places(places)
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
        return _total(found), tuple(self._hit(address) for _, address in found.hits)

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
            count = _total(self._searcher.search(close, limit=1, count=True))
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
        total = _total(self._searcher.search(widest, limit=1, count=True))
        chosen = far[wanted - question.size : wanted]
        return total, tuple(self._hit(addresses[place]) for _, place in chosen)

    def _kinds(self, question: SearchQuestion) -> Mapping[str, int]:
        counts = self._counts(self._questions.query(question, without="kind"), ["kind"])["kind"]
        return {kind: counts[kind] for kind in KINDS if kind in counts}

    def _facets(self, question: SearchQuestion) -> Mapping[str, Mapping[str, int]]:
        """Counts by facet and key; a facet that is chosen from is counted as if nothing were chosen there."""
        chosen = [name for name in COUNTED if question.filters.get(_FILTER_OF.get(name, name))]
        facets = dict(self._counts(self._questions.query(question), [name for name in COUNTED if name not in chosen]))
        for name in chosen:
            without = "" if name == "commune" else _FILTER_OF.get(name, name)
            facets |= self._counts(self._questions.query(question, without=without), [name])
        return facets

    def _places(self, keys: Iterable[str]) -> Mapping[str, str]:
        wanted = set(keys)
        if unknown := wanted - self._named.keys():
            found = self._searcher.search(self._questions.territories(unknown), limit=len(unknown))
            hits = [self._hit(address) for _, address in found.hits]
            self._named = self._named | {hit.key: hit.label for hit in hits}
        return {key: self._named[key] for key in wanted if key in self._named}

    def _counts(self, query: tantivy.Query, names: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        asked = {name: {"terms": {"field": name, "size": _MOST_COUNTS}} for name in names}
        told = self._searcher.aggregate(query, asked) if asked else {}
        return {name: {one["key"]: one["doc_count"] for one in told[name]["buckets"]} for name in names}

    def _hit(self, address: tantivy.DocAddress) -> SearchHit:
        return SearchHit(**json.loads(self._searcher.doc(address)["hit"][0]))


def _resembling(document: tantivy.Document) -> Resembling:
    hit, told = SearchHit(**json.loads(document["hit"][0])), json.loads(document.get_first("told") or "{}")
    facts = {name: tuple((key, text) for key, text in values) for name, values in told.get("facts", {}).items()}
    return Resembling(hit=hit, names=(hit.label, *told.get("names", ())), facts=facts)


def _fields(folder: Path) -> frozenset[str]:
    """The fields an index was made with: those of an older release may be fewer."""
    described = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return frozenset(one["name"] for one in described["schema"])


def _total(found: tantivy.SearchResult) -> int:
    return int(found.count or 0)  # type: ignore[attr-defined]  # the stub of tantivy 0.27 lacks it
