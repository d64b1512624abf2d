"""The page of an actor."""

from dataclasses import dataclass
from typing import ClassVar

from cis_graph.model.terms import Row
from cis_graph.web import vocabulary as v
from cis_graph.web.entity import Detail, EntityPage, View, named_detail
from cis_graph.web.facts import Link
from cis_graph.web.languages import marked
from cis_graph.web.participations import RoleGroup, grouped
from cis_graph.web.texts import euros

_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """An actor's grants in one role: how many, how much in all, and the largest."""

    count: int
    total: str
    largest: RoleGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage(EntityPage):
    """An actor: its projects with its roles, and who it cooperates with."""

    template: ClassVar[str] = "actor.html"
    groups: tuple[RoleGroup, ...]
    grants: tuple[Grants, ...]
    projects: int
    cooperations: tuple[Link, ...]
    cooperation_count: int


def page(view: View) -> ActorPage:
    """The page of one actor."""
    groups = grouped(view.rows("commitments"), view.language.code, view.addresses)
    cooperations = view.listed("cooperations")
    totals = sorted(view.rows("grant-totals"), key=lambda row: row["role"].value)
    return ActorPage(
        **view.common(_details(view), related=_related(view)),
        groups=groups,
        grants=tuple(_grants(view, row) for row in totals),
        projects=len({tie.item.iri for group in groups for tie in group.ties}),
        cooperations=cooperations[:_SHOWN],
        cooperation_count=len(cooperations),
    )


def _grants(view: View, totals: Row) -> Grants:
    rows = view.rows("grants", role=totals["role"])
    (largest,) = grouped(rows, view.language.code, view.addresses)
    total = euros(totals["total"].value, view.language.code)
    return Grants(count=int(totals["count"].value), total=total, largest=largest)


def _details(view: View) -> tuple[Detail, ...]:
    return (
        named_detail(view, marked("Type d'acteur"), v.ACTOR_TYPE),
        named_detail(view, marked("Territoire"), v.TERRITORY),
        named_detail(view, marked("Adresse"), v.ADDRESS),
        named_detail(view, marked("SIREN"), v.SIREN),
        named_detail(view, marked("SIRET"), v.SIRET),
        named_detail(view, marked("RNA"), v.RNA),
    )


def _related(view: View) -> tuple[Detail, ...]:
    pointing, told = view.related(), view.language.gettext
    return (
        Detail(name=told(marked("Dispositifs qu'il porte")), links=pointing.get("insoc:operatedBy programme", ())),
        Detail(name=told(marked("Événements")), links=pointing.get("insoc:actor event", ())),
        Detail(
            name=told(marked("Contribue au Carrefour par")), links=pointing.get("prov:actedOnBehalfOf contributor", ())
        ),
    )
