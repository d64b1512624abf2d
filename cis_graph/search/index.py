"""Entities by their names: written once with a release, read by many."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy
from anyascii import anyascii

from cis_graph.model.releases import SearchAnswer, SearchHit

KINDS = ("project", "grant", "actor", "programme", "territory", "theme", "audience", "method")
_WRITER_MEMORY = 50_000_000  # bytes
_LONGEST_TEXT = 200  # characters of a question
_MOST_WORDS = 12
_FUZZY_FROM = 5  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entity with its names."""

    kind: str
    key: str
    label: str
    detail: str
    names: tuple[str, ...] = ()


def words(text: str) -> list[str]:
    """The words of a text, without accents and case."""
    return re.findall(r"[a-z0-9]+", anyascii(text).lower())


def write_index(folder: Path, entities: Iterable[Named]) -> None:
    """An index of entities in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(_WRITER_MEMORY, 1)
    for rank, named in enumerate(sorted(entities, key=lambda one: (words(one.label), one.kind, one.key))):
        hit = SearchHit(kind=named.kind, key=named.key, label=named.label, detail=named.detail)
        document = tantivy.Document()
        document.add_text("hit", json.dumps(asdict(hit), ensure_ascii=False))
        document.add_text("kind", named.kind)
        document.add_text("names", " ".join(word for name in (named.label, *named.names) for word in words(name)))
        document.add_text("exact", " ".join(words(named.label)))
        document.add_unsigned("rank", rank)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Index:
    """An index open for reading."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index.open(str(folder)).searcher()

    def search(self, text: str, *, kind: str | None, page: int, size: int) -> SearchAnswer:
        """Entities whose names hold every word, the last one as a beginning; all in order of names without words."""
        asked = words(text[:_LONGEST_TEXT])[:_MOST_WORDS]
        if not asked and text.strip():
            return SearchAnswer(total=0, hits=(), kinds={})
        query = self._named(asked)
        kinds = self._kinds(query)
        chosen = query if kind is None else self._both(query, self._kind(kind))
        order = None if asked else "rank"
        found = self._searcher.search(
            chosen, limit=size, offset=(page - 1) * size, order_by_field=order, order=tantivy.Order.Asc
        )
        hits = tuple(self._hit(address) for _, address in found.hits)
        return SearchAnswer(total=kinds.get(kind, 0) if kind else sum(kinds.values()), hits=hits, kinds=kinds)

    def _hit(self, address: tantivy.DocAddress) -> SearchHit:
        return SearchHit(**json.loads(self._searcher.doc(address)["hit"][0]))

    def _kinds(self, query: tantivy.Query) -> Mapping[str, int]:
        counts = {kind: self._count(self._both(query, self._kind(kind))) for kind in KINDS}
        return {kind: count for kind, count in counts.items() if count}

    def _count(self, query: tantivy.Query) -> int:
        found = self._searcher.search(query, limit=1, count=True)
        return int(found.count or 0)  # type: ignore[attr-defined]  # the stub of tantivy 0.27 lacks it

    def _named(self, asked: list[str]) -> tantivy.Query:
        if not asked:
            return tantivy.Query.all_query()
        must = [(tantivy.Occur.Must, self._word(word, last=word is asked[-1])) for word in asked]
        exact = tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, "exact", " ".join(asked)), 10.0)
        return tantivy.Query.boolean_query([*must, (tantivy.Occur.Should, exact)])

    def _word(self, word: str, *, last: bool) -> tantivy.Query:
        choices = [tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, "names", word), 4.0)]
        if last and len(word) > 1:
            choices.append(tantivy.Query.regex_query(self._schema, "names", f"{word}.*"))
        if len(word) >= _FUZZY_FROM:
            fuzzy = tantivy.Query.fuzzy_term_query(self._schema, "names", word, distance=1)
            choices.append(tantivy.Query.boost_query(fuzzy, 0.2))
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, choice) for choice in choices])

    def _kind(self, kind: str) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_query(self._schema, "kind", kind), 0.0)

    def _both(self, first: tantivy.Query, second: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, first), (tantivy.Occur.Must, second)])


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("hit", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("names", tokenizer_name="whitespace")
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("rank", fast=True)
    return builder.build()
