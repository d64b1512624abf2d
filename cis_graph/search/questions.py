"""A question from outside to a query of the text index; no word of it is ever parsed as syntax."""

from collections.abc import Iterable, Iterator
from math import asin, cos, radians, sin, sqrt

import tantivy

from cis_graph.model.places import Coordinates
from cis_graph.model.releases import SEARCH_FILTERS, SearchQuestion
from cis_graph.search.documents import analyser, plain, words

_LONGEST_TEXT = 200  # characters of a question
_MOST_WORDS = 12
_FUZZY_FROM = 5  # letters
_KILOMETRES = 111.32  # a degree of latitude
_EARTH = 6371.0  # kilometres


class Questions:
    """Builds queries over one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema
        self._analyser = analyser()

    def asked(self, text: str) -> list[str]:
        """The words of a question."""
        return words(text[:_LONGEST_TEXT])[:_MOST_WORDS]

    def query(self, question: SearchQuestion, *, without: str = "") -> tantivy.Query:
        """What a question asks for; ``without`` names one filter that is left out (``kind`` too)."""
        parts = [self._text(self.asked(question.text))]
        if question.kind and without != "kind":
            parts.append(self._term("kind", question.kind))
        chosen = {name: keys for name in SEARCH_FILTERS if name != without and (keys := question.filters.get(name))}
        return both(*parts, *(self._any(name, keys) for name, keys in chosen.items()), *self._years(question))

    def around(self, point: Coordinates, kilometres: float) -> tantivy.Query:
        """All that lies in a square around a point."""
        high = kilometres / _KILOMETRES
        wide = high / max(0.01, cos(radians(point.latitude)))
        return both(
            self._between("latitude", point.latitude - high, point.latitude + high),
            self._between("longitude", point.longitude - wide, point.longitude + wide),
        )

    def beginning(self, text: str) -> tantivy.Query:
        """Names that hold every word of a text, the last one as a beginning."""
        asked = self.asked(text)
        if not asked:
            return tantivy.Query.empty_query()
        whole = [tantivy.Query.term_query(self._schema, "names", word) for word in asked[:-1]]
        return both(*whole, tantivy.Query.regex_query(self._schema, "names", f"{asked[-1]}.*"))

    def resembling(self, text: str, kinds: Iterable[str], *, fuzzy: bool) -> tantivy.Query:
        """Names that share a word with a text, rare words first; with ``fuzzy`` words one letter apart too."""
        asked = self.asked(text)
        choices = [tantivy.Query.term_query(self._schema, "names", word) for word in asked]
        if fuzzy:
            near = [word for word in asked if len(word) >= _FUZZY_FROM]
            choices += [tantivy.Query.fuzzy_term_query(self._schema, "names", word, distance=1) for word in near]
        exact = tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, "exact", " ".join(asked)), 10.0)
        return both(either([*choices, exact]), self._any("kind", kinds))

    def entities(self, places: Iterable[str]) -> tantivy.Query:
        """The documents of these entities, each a ``kind/key``."""
        return self._any("entity", places)

    def _text(self, asked: list[str]) -> tantivy.Query:
        if not asked:
            return tantivy.Query.all_query()
        must = [
            (tantivy.Occur.Must, self._word(word, last=place == len(asked) - 1)) for place, word in enumerate(asked)
        ]
        exact = tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, "exact", " ".join(asked)), 10.0)
        return tantivy.Query.boolean_query([*must, (tantivy.Occur.Should, exact)])

    def _word(self, word: str, *, last: bool) -> tantivy.Query:
        choices = [tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, "names", word), 4.0)]
        choices += [tantivy.Query.term_query(self._schema, "text", stem) for stem in self._stems(word)]
        if last and len(word) > 1:
            choices.append(tantivy.Query.regex_query(self._schema, "names", f"{word}.*"))
        if len(word) >= _FUZZY_FROM:
            fuzzy = tantivy.Query.fuzzy_term_query(self._schema, "names", word, distance=1)
            choices.append(tantivy.Query.boost_query(fuzzy, 0.2))
        return either(choices)

    def _stems(self, word: str) -> list[str]:
        return list(self._analyser.analyze(plain(word)))

    def _years(self, question: SearchQuestion) -> Iterator[tantivy.Query]:
        year = tantivy.FieldType.Unsigned
        if question.last_year is not None:
            yield tantivy.Query.range_query(self._schema, "began", year, None, question.last_year)
        if question.first_year is not None:
            yield tantivy.Query.range_query(self._schema, "ended", year, question.first_year, None)

    def _between(self, name: str, low: float, high: float) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, name, tantivy.FieldType.Float, low, high)

    def _any(self, name: str, keys: Iterable[str]) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, name, sorted(keys)), 0.0)

    def _term(self, name: str, key: str) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_query(self._schema, name, key), 0.0)


def both(*parts: tantivy.Query) -> tantivy.Query:
    """What answers every part."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])


def either(parts: Iterable[tantivy.Query]) -> tantivy.Query:
    """What answers one part at least."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])


def distance(one: Coordinates, other: Coordinates) -> float:
    """Kilometres between two points on a sphere."""
    latitude, others = radians(one.latitude), radians(other.latitude)
    half = sin((others - latitude) / 2) ** 2
    turn = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(min(1.0, half + cos(latitude) * cos(others) * turn)))
