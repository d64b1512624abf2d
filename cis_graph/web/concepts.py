"""The page of a concept: theme, audience, method, role or type of actor."""

from dataclasses import dataclass
from typing import ClassVar

from cis_graph.web import vocabulary as v
from cis_graph.web.entity import Detail, EntityPage, View, named_detail
from cis_graph.web.facts import Link
from cis_graph.web.languages import marked
from cis_graph.web.methods import Use, use_of
from cis_graph.web.paging import Paged, paged
from cis_graph.web.texts import Text, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptPage(EntityPage):
    """A concept of one of our schemes."""

    template: ClassVar[str] = "concept.html"
    definition: Text | None
    found: Paged[Link]
    use: Use | None  # of a method
    lessons: tuple[Text, ...]


def page(view: View) -> ConceptPage:
    """The page of one concept."""
    found = view.listed("held" if view.kind == "role" else "about")
    wanted = "actor" if view.kind == "actor-type" else "project"
    links = tuple(link for link in found if view.addresses.split(link.iri)[0] == wanted)
    narrower = view.related().get(f"skos:broader {view.kind}", ())
    is_method = view.kind == "method"
    below = marked("Outils et variantes") if is_method else marked("Plus précis")
    details = (
        named_detail(view, marked("Plus large"), v.BROADER),
        Detail(name=view.language.gettext(below), links=narrower),
        named_detail(view, marked("Notation"), v.NOTATION),
    )
    return ConceptPage(
        **view.common(details),
        definition=view.facts.text(v.DEFINITION),
        found=paged(links, number=view.page, path=view.path),
        use=use_of(view.release, view.key, view.names) if is_method else None,
        lessons=tuple(text_of(row["lesson"]) for row in view.rows("lessons")) if is_method else (),
    )
