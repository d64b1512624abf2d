"""What the pages of all kinds of entity share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cis_graph.model.releases import OpenRelease
from cis_graph.model.terms import Iri, Literal, Row, Term
from cis_graph.territories.outlines import Atlas
from cis_graph.web import vocabulary as v
from cis_graph.web.addresses import Addresses, is_web_link
from cis_graph.web.facts import Facts, Link, linked, listed
from cis_graph.web.languages import Language, marked
from cis_graph.web.matches import Matched, matches_of
from cis_graph.web.naming import Names
from cis_graph.web.pages import Page
from cis_graph.web.sources import Source, sources_of
from cis_graph.web.statements import ASKED, Disagreement, disagreements
from cis_graph.web.structured import structured
from cis_graph.web.surroundings import Surroundings
from cis_graph.web.texts import Text, excerpt, text_of

KIND_NAMES = {
    "project": marked("Projet"),
    "grant": marked("Subvention"),
    "actor": marked("Acteur"),
    "programme": marked("Dispositif"),
    "event": marked("Événement"),
    "participation": marked("Participation"),
    "contributor": marked("Contributeur"),
    "territory": marked("Territoire"),
    "theme": marked("Thème"),
    "audience": marked("Public"),
    "method": marked("Méthode"),
    "role": marked("Rôle"),
    "actor-type": marked("Type d'acteur"),
}
_LISTED = {"contributor": "/contributors", "method": "/methods"}
_SEARCHED = frozenset({"project", "grant", "actor", "programme", "territory", "theme", "audience"})
_NAMELESS = frozenset({"", "participation"})
_SUMMARY = 200  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One line of facts: its name, its short name in RDF where that is shown, and links or texts."""

    name: str
    links: tuple[Link, ...] = ()
    texts: tuple[Text, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage(Page):
    """What every entity's page shows."""

    iri: str
    kind: str
    kind_name: str
    label: Text
    other_labels: tuple[Text, ...]
    description: Text | None
    homepage: str
    details: tuple[Detail, ...]
    sources: tuple[Source, ...]
    source_count: int
    disagreements: tuple[Disagreement, ...]
    matches: tuple[Matched, ...]
    related: tuple[Detail, ...]
    crumbs: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One entity as seen by one visit."""

    release: OpenRelease
    iri: str
    kind: str
    key: str
    language: Language
    addresses: Addresses
    atlas: Atlas
    facts: Facts
    around: Surroundings
    names: Names
    origin: str = ""
    page: int = 1

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"/{self.kind}/{self.key}"

    def link(self, kind: str, key: str, label: str) -> Link:
        """A link to another entity, under a name that is known."""
        iri = self.addresses.entity(kind, key) or ""
        return Link(text=Text(label), path=self.addresses.path(iri) or "", iri=iri)

    def linked(self, iri: str, names: Iterable[Term]) -> Link:
        """A link to a thing under the best of its names."""
        return linked(iri, map(text_of, names), self.language.code, self.addresses)

    def rows(self, query: str, **bindings: Term) -> tuple[Row, ...]:
        """The solutions of one of our page queries about this entity."""
        return self.release.rows(f"pages/{query}", entity=Iri(self.iri), **bindings)

    def listed(self, query: str) -> tuple[Link, ...]:
        """The named things one of our page queries finds."""
        return listed(self.rows(query), self.language.code, self.addresses)

    def related(self) -> dict[str, tuple[Link, ...]]:
        """The named things that point to this one, by property and kind: ``insoc:actor event``."""
        groups: dict[str, list[str]] = {}
        for prop, items in self.around.pointing.items():
            for item in items:
                kind = self.addresses.split(item.value)[0]
                if kind not in _NAMELESS:
                    groups.setdefault(f"{v.shortened(prop)} {kind}", []).append(item.value)
        return {group: self._named(items) for group, items in groups.items()}

    def _named(self, items: list[str]) -> tuple[Link, ...]:
        """Links to those of some things that have a name, sorted by it."""
        named = self.release.names(items).items()
        links = (self.linked(iri, names) for iri, names in named if names)
        return tuple(sorted(links, key=lambda link: link.text.value.casefold()))

    def _tellers(self) -> dict[str, tuple[Text, int]]:
        """The name of each contributor who tells of this entity, and the number of its records."""
        return {one.iri: (self.linked(one.iri, one.names).text, one.records) for one in self.around.tellers()}

    def common(
        self, details: tuple[Detail, ...], *, related: tuple[Detail, ...] = (), label: Text | None = None
    ) -> dict[str, Any]:
        """The fields of :class:`EntityPage`."""
        sources = sources_of(self.around.sources(), self.language, self.addresses)
        tellers = self._tellers()
        names = {self.addresses.split(iri)[1]: name for iri, (name, _) in tellers.items()}
        shown = label or self.facts.label
        homepage = self.facts.value(v.HOMEPAGE)
        shown_kind = "grant" if v.KIND in self.facts.values else self.kind
        web = homepage.value if homepage and is_web_link(homepage.value) else ""
        crumbs = _crumbs(shown_kind, self.language)
        return {
            "title": shown.value,
            "summary": excerpt(self.facts.description, _SUMMARY).value if self.facts.description else "",
            "structured": structured(self.kind, self.facts, web, crumbs, self.origin + self.language.prefix),
            "crumbs": crumbs,
            "iri": self.iri,
            "kind": self.kind,
            "kind_name": self.language.gettext(KIND_NAMES[shown_kind]),
            "label": shown,
            "other_labels": self.facts.other_labels,
            "description": self.facts.description,
            "homepage": web,
            "details": tuple(detail for detail in details if detail.links or detail.texts),
            "sources": sources,
            "source_count": sum(count for _, count in tellers.values()),
            "disagreements": disagreements(self.around.disputed(ASKED), self.facts, names, self.language),
            "matches": matches_of(self.around.matches(), self.language, self.addresses),
            "related": tuple(detail for detail in related if detail.links or detail.texts),
        }


def _crumbs(kind: str, language: Language) -> tuple[Link, ...]:
    """The way from the home page to the things of a kind."""
    home = Link(text=Text(language.gettext(marked("Accueil"))), path="/")
    listed_at = _LISTED.get(kind, f"/search?kind={kind}" if kind in _SEARCHED else "")
    return (home, Link(text=Text(language.gettext(KIND_NAMES[kind])), path=listed_at)) if listed_at else (home,)


def named_detail(view: View, name: str, prop: str) -> Detail:
    """What the entity says of one property, under a message as its name; empty where it says nothing of it."""
    if not (terms := view.facts.values.get(prop)):
        return Detail(name="")
    texts = view.facts.texts(prop) if any(isinstance(term, Literal) for term in terms) else ()
    return Detail(name=view.language.gettext(name), links=view.facts.links(prop), texts=texts)
