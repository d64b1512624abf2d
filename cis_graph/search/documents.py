"""What the text index holds of an entity, and how it takes texts apart."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self

import tantivy
from anyascii import anyascii

from cis_graph.model.places import Coordinates
from cis_graph.model.releases import SEARCH_FILTERS
from cis_graph.search.profiles import Profile

Facts = Mapping[str, tuple[tuple[str, str], ...]]
IDENTIFIERS = ("siren", "siret", "rna")
COUNTED = ("theme", "audience", "method", "contributor", "area", "epci", "commune", "role", "type", "actor")
OPEN_END = 9999  # the year of what has not ended, for all we know
_STEMMED = "french"
# Snowball leaves these endings apart: singular and plural must meet
_LEMMAS = {"velos": "velo", "locaux": "local", "travaux": "travail", "aines": "aine", "jeux": "jeu"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entity with its names, its text, and what it can be filtered by.

    ``filters`` gives, for each name that can be filtered by or is in :data:`COUNTED`, all keys under which it is found:
    themes with those above them, territories with those that contain them. ``began`` and ``ended`` are years. ``facts``
    are what tells it from others of its name: by property, each value's key and name; identifiers are found like names.
    What has a ``profile`` might meet others of its kind.
    """

    kind: str
    key: str
    label: str
    detail: str
    names: tuple[str, ...] = ()
    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    began: int | None = None
    ended: int | None = None
    point: Coordinates | None = None
    facts: Facts = field(default_factory=dict)
    profile: Profile | None = None

    def named(self) -> Self:
        """Itself."""
        return self


class Findable(Protocol):
    """What can be found, under its label; all else is made when it is written into the index."""

    @property
    def kind(self) -> str:
        """Of which kind it is."""

    @property
    def key(self) -> str:
        """Its key among those of its kind."""

    @property
    def label(self) -> str:
        """What it is called."""

    def named(self) -> Named:
        """What it is found by."""


@dataclass(frozen=True, slots=True)
class Later:
    """Fulfils :class:`Findable` with what makes it."""

    kind: str
    key: str
    label: str
    made: Callable[[], Named]

    def named(self) -> Named:
        """What it is found by, made now."""
        return self.made()


def words(text: str) -> list[str]:
    """The words of a text, without accents and case."""
    return re.findall(r"[a-z0-9]+", anyascii(text).lower())


def analyser() -> tantivy.TextAnalyzer:
    """Words of running French text to stems, accents folded before."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stopword("french"))
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("french"))
        .build()
    )


def plain(text: str) -> str:
    """A text as the analyser takes it best: without accents, lemmas that its stems miss written out."""
    return " ".join(_LEMMAS.get(word, word) for word in words(text))


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("hit", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("entity", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("names", tokenizer_name="whitespace")
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name=_STEMMED)
    for name in dict.fromkeys((*SEARCH_FILTERS, *COUNTED)):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name in COUNTED)
    builder.add_unsigned_field("began", indexed=True, fast=True)
    builder.add_unsigned_field("ended", indexed=True, fast=True)
    builder.add_float_field("latitude", indexed=True, fast=True)
    builder.add_float_field("longitude", indexed=True, fast=True)
    builder.add_unsigned_field("alphabet", fast=True)
    builder.add_unsigned_field("shuffled", fast=True)
    builder.add_text_field("told", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("profile", stored=True, indexed=False)
    for name in ("who", "meets", "stated", "circle", "spread"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def prepared(index: tantivy.Index) -> tantivy.Index:
    """An index that knows the analyser."""
    index.register_tokenizer(_STEMMED, analyser())
    return index
