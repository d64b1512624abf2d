"""The page of a project."""

from dataclasses import dataclass
from typing import ClassVar

from cis_graph.web import vocabulary as v
from cis_graph.web.entity import Detail, EntityPage, View, named_detail
from cis_graph.web.facts import Link
from cis_graph.web.languages import marked
from cis_graph.web.maps import Map
from cis_graph.web.meetings import Encounter, encounters_of
from cis_graph.web.participations import RoleGroup, grouped
from cis_graph.web.placing import placed
from cis_graph.web.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPage(EntityPage):
    """A project: what it is, who takes part in it, what its sources say."""

    template: ClassVar[str] = "project.html"
    themes: tuple[Link, ...]
    keywords: tuple[Text, ...]
    lessons: tuple[Text, ...]
    outcomes: tuple[Text, ...]
    groups: tuple[RoleGroup, ...]
    actors: int
    encounters: tuple[Encounter, ...]
    map: tuple[Map, Link] | None


def page(view: View) -> ProjectPage:
    """The page of one project."""
    facts = view.facts
    groups = grouped(view, view.around.participants())
    pointing = view.related()
    related = (
        Detail(name=view.language.gettext(marked("Fait partie de")), links=facts.links(v.PART_OF)),
        Detail(name=view.language.gettext(marked("Projets qui en font partie")),
               links=pointing.get("dcterms:isPartOf project", ())),
        Detail(name=view.language.gettext(marked("Événements")), links=pointing.get("insoc:project event", ())),
    )  # fmt: skip
    return ProjectPage(
        **view.common(_details(view), related=related),
        themes=facts.links(v.THEME),
        keywords=facts.texts(v.KEYWORD),
        lessons=facts.texts(v.LESSON),
        outcomes=facts.texts(v.OUTCOME),
        groups=groups,
        actors=len({tie.item.iri for group in groups for tie in group.ties}),
        encounters=encounters_of(view),
        map=placed(view),
    )


def _details(view: View) -> tuple[Detail, ...]:
    return (
        named_detail(view, marked("Territoire"), v.TERRITORY),
        named_detail(view, marked("Début"), v.START),
        named_detail(view, marked("Fin"), v.END),
        named_detail(view, marked("Thèmes"), v.THEME),
        named_detail(view, marked("Publics"), v.AUDIENCE),
        named_detail(view, marked("Méthodes"), v.METHOD),
        named_detail(view, marked("Partenaires déclarés"), v.PARTNER_COUNT),
        named_detail(view, marked("Projets déclarés"), v.PROJECT_COUNT),
    )
