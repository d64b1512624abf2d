"""How many answers each choice beside a search would give."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

import tantivy

from cis_graph.model.releases import SearchQuestion
from cis_graph.search.documents import COUNTED, OPEN_END
from cis_graph.search.questions import Questions

KINDS = ("project", "grant", "actor", "programme", "territory", "theme", "audience", "method")
YEAR = "year"
_FILTER_OF = {"area": "territory", "epci": "territory", "commune": "territory"}  # the filter a count is a choice of
_WITHIN = frozenset({"epci", "commune"})  # counted within the territories that are chosen: else they are too many
_MOST = {"actor": 60}  # keys of one facet; those of actors are named one by one
_MOST_ELSE = 400
_MOST_YEARS = 10_000

Counts = Mapping[str, int]


class Counting:
    """Counts over one index; ``known`` are the fields it can count by, fewer where an older release made it."""

    def __init__(self, searcher: tantivy.Searcher, questions: Questions, known: frozenset[str]) -> None:
        self._searcher, self._questions = searcher, questions
        self._names = tuple(name for name in COUNTED if name in known)

    def kinds(self, question: SearchQuestion) -> Counts:
        """Counts by kind, as if none were chosen."""
        counts = self._counts(self._questions.query(question, without="kind"), ["kind"])["kind"]
        return {kind: counts[kind] for kind in KINDS if kind in counts}

    def facets(self, question: SearchQuestion) -> Mapping[str, Counts]:
        """Counts by facet and key; a facet that is chosen from is counted as if nothing were chosen there."""
        asked = [name for name in self._names if question.facets is None or name in question.facets]
        chosen = [name for name in asked if question.filters.get(_FILTER_OF.get(name, name))]
        facets = dict(self._counts(self._questions.query(question), [name for name in asked if name not in chosen]))
        for name in chosen:
            without = "" if name in _WITHIN else _FILTER_OF.get(name, name)
            counts = self._counts(self._questions.query(question, without=without), [name])[name]
            facets[name] = {**counts, **self._left_out(question, name, counts)}
        if question.facets is None or YEAR in question.facets:
            facets[YEAR] = self._years(question)
        return facets

    def number(self, query: tantivy.Query) -> int:
        """How many documents answer a query."""
        return int(self._searcher.search(query, limit=1, count=True).count or 0)  # type: ignore[attr-defined]  # the stub of tantivy 0.27 lacks it

    def _left_out(self, question: SearchQuestion, name: str, counts: Counts) -> Counts:
        """The counts of chosen keys that are not among the most frequent; of territories nobody asks for them."""
        missing = () if name in _FILTER_OF else sorted(question.filters[name] - counts.keys())
        alone = {key: replace(question, filters={**question.filters, name: frozenset({key})}) for key in missing}
        return {key: number for key, one in alone.items() if (number := self.number(self._questions.query(one)))}

    def _years(self, question: SearchQuestion) -> Counts:
        """How many were under way in each year: those begun by then, less those ended before."""
        query = self._questions.query(replace(question, first_year=None, last_year=None))
        asked = {name: {"terms": {"field": name, "size": _MOST_YEARS}} for name in ("began", "ended")}
        told = self._searcher.aggregate(query, asked)
        began, ended = (
            Counter({int(one["key"]): one["doc_count"] for one in told[name]["buckets"]}) for name in ("began", "ended")
        )
        stated = sorted({*began, *ended} - {OPEN_END})
        years = range(stated[0], stated[-1] + 1) if stated else range(0)
        under_way = accumulate(began[year] - ended[year - 1] for year in years)
        return {str(year): count for year, count in zip(years, under_way, strict=True) if count}

    def _counts(self, query: tantivy.Query, names: Sequence[str]) -> Mapping[str, Counts]:
        asked = {name: {"terms": {"field": name, "size": _MOST.get(name, _MOST_ELSE)}} for name in names}
        told = self._searcher.aggregate(query, asked) if asked else {}
        return {name: {one["key"]: one["doc_count"] for one in told[name]["buckets"]} for name in names}
