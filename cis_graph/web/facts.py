"""The facts about one entity, read by one query and asked for by property."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter
from unicodedata import combining, normalize

from cis_graph.model.releases import OpenRelease
from cis_graph.model.terms import Iri, Literal, Row, Statements, Term
from cis_graph.web.addresses import Addresses
from cis_graph.web.surroundings import Surroundings
from cis_graph.web.texts import Text, pick, readable, text_of
from cis_graph.web.vocabulary import (
    ADDRESSES,
    COOPERATES_WITH,
    DERIVED_FROM,
    DESCRIPTION,
    HOMEPAGE,
    IN_AREA,
    LABEL,
    MERGED_THROUGH,
    OTHER_LABEL,
    TAKES_PART_IN,
    TYPE,
    shortened,
)

_HIDDEN = {ADDRESSES, COOPERATES_WITH, TAKES_PART_IN, IN_AREA, MERGED_THROUGH, DERIVED_FROM}
_NAMELESS = {TYPE, HOMEPAGE}  # what they point to has no name of ours
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name that leads to a page of ours; ``path`` is empty where there is none."""

    text: Text
    path: str
    iri: str = ""


@dataclass(kw_only=True)
class Facts:
    """What the release says of one entity."""

    iri: str
    language: str
    addresses: Addresses
    values: Mapping[str, tuple[Term, ...]]
    names: Mapping[str, tuple[Text, ...]] = field(repr=False)
    _linked: dict[str, tuple[Link, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def label(self) -> Text:
        """The entity's name."""
        return self.text(LABEL) or Text(shortened(self.iri.removeprefix(f"{self.addresses.base}id/")))

    @property
    def other_labels(self) -> tuple[Text, ...]:
        """Its other names, those in other languages included."""
        texts = [text_of(term) for prop in (LABEL, OTHER_LABEL) for term in self.values.get(prop, ())]
        return tuple(sorted({text for text in texts if text.value != self.label.value}, key=attrgetter("value")))

    @cached_property
    def description(self) -> Text | None:
        """Its description in the reader's language where there is one."""
        return self.text(DESCRIPTION)

    def text(self, prop: str) -> Text | None:
        """The value of a property that has one in each language."""
        term_texts = [readable(prop, term, self.language) for term in self.values.get(prop, ())]
        return pick(term_texts, self.language)

    def texts(self, prop: str) -> tuple[Text, ...]:
        """All values of a property, as people write them."""
        return tuple(readable(prop, term, self.language) for term in self.values.get(prop, ()))

    def links(self, prop: str) -> tuple[Link, ...]:
        """What a property points to, sorted by name."""
        if (links := self._linked.get(prop)) is None:
            found = (linked(iri, self.names.get(iri, ()), self.language, self.addresses) for iri in self.iris(prop))
            links = self._linked[prop] = tuple(sorted(found, key=by_name))
        return links

    def iris(self, prop: str) -> tuple[str, ...]:
        """The IRIs a property points to."""
        return tuple(term.value for term in self.values.get(prop, ()) if isinstance(term, Iri))

    def value(self, prop: str) -> Term | None:
        """One value of a property as it stands."""
        return next(iter(self.values.get(prop, ())), None)


def read_facts(release: OpenRelease, iri: str, language: str, addresses: Addresses) -> Facts:
    """The facts of one entity; without any value where the release does not know it."""
    return facts_of(Surroundings(release, iri).own, release, iri, language, addresses)


def facts_of(own: Statements, release: OpenRelease, iri: str, language: str, addresses: Addresses) -> Facts:
    """What is said of an entity as facts, with the names of what it points to; what is derived is left out."""
    values = {prop: terms if len(terms) == 1 else tuple(sorted(set(terms), key=_order))
              for prop, terms in own.items() if prop not in _HIDDEN}  # fmt: skip
    pointed = {term.value for prop, terms in values.items() if prop not in _NAMELESS for term in terms
               if isinstance(term, Iri)}  # fmt: skip
    names = {item: tuple(map(text_of, found)) for item, found in release.names(pointed).items()}
    return Facts(iri=iri, language=language, addresses=addresses, values=values, names=names)


def gathered(rows: Iterable[Row], iri: str, language: str, addresses: Addresses) -> Facts:
    """Rows of property, value and label as facts."""
    values: dict[str, dict[Term, None]] = {}
    names: dict[str, dict[Text, None]] = {}
    for row in rows:
        value = row["value"]
        values.setdefault(row["property"].value, {})[value] = None
        label = row.get("label")
        if isinstance(label, Literal):
            names.setdefault(value.value, {})[text_of(label)] = None
    return Facts(
        iri=iri,
        language=language,
        addresses=addresses,
        values={prop: tuple(sorted(found, key=_order)) for prop, found in values.items()},
        names={item: tuple(found) for item, found in names.items()},
    )


def linked(iri: str, names: Iterable[Text], language: str, addresses: Addresses) -> Link:
    """The link to an IRI under its best name."""
    text = pick(names, language) or Text(shortened(iri.removeprefix(f"{addresses.base}id/")))
    return Link(text=text, path=addresses.path(iri) or "", iri=iri)


def listed(rows: Iterable[Row], language: str, addresses: Addresses) -> tuple[Link, ...]:
    """Rows of item and label as links, one an item, sorted by name."""
    names: dict[str, set[Text]] = {}
    for row in rows:
        names.setdefault(row["item"].value, set()).add(text_of(row["label"]))
    return tuple(sorted((linked(iri, found, language, addresses) for iri, found in names.items()), key=by_name))


def by_name(link: Link) -> tuple[str, str]:
    """The order of names: without regard to case or accents, 2 before 10."""
    return _ordered(link.text.value), link.iri


@lru_cache(16_384)
def _ordered(name: str) -> str:
    return _DIGITS.sub(lambda found: found[0].zfill(9), plain(name))


def plain(text: str) -> str:
    """The text without accents, in lower case."""
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))


def _order(term: Term) -> tuple[str, str]:
    return term.value.casefold(), term.language if isinstance(term, Literal) else ""
