"""The page of an actor."""

from dataclasses import dataclass
from typing import ClassVar

from cis_graph.model.terms import Row
from cis_graph.web import vocabulary as v
from cis_graph.web.entity import Detail, EntityPage, View, named_detail
from cis_graph.web.facts import Link
from cis_graph.web.languages import marked
from cis_graph.web.maps import Map
from cis_graph.web.meetings import Encounter, encounters_of
from cis_graph.web.paging import Paged
from cis_graph.web.participations import RoleGroup, Tie, grouped, parts_of
from cis_graph.web.placing import placed
from cis_graph.web.texts import euros

_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """An actor's grants in one role: how much in all, and a page of them, the largest first."""

    role: Link
    total: str
    ties: Paged[Tie]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage(EntityPage):
    """An actor: its projects with its roles, and who it cooperates with."""

    template: ClassVar[str] = "actor.html"
    groups: tuple[RoleGroup, ...]
    grants: tuple[Grants, ...]
    projects: int
    cooperations: tuple[Link, ...]
    cooperation_count: int
    network: str  # the address of its view of the network
    encounters: tuple[Encounter, ...]
    map: tuple[Map, Link] | None


def page(view: View) -> ActorPage:
    """The page of one actor."""
    groups = grouped(view, parts_of(view.rows("commitments")))
    cooperations = view.listed("cooperations")
    totals = sorted(view.rows("grant-totals"), key=lambda row: row["role"].value)
    return ActorPage(
        **view.common(_details(view), related=_related(view)),
        groups=groups,
        grants=tuple(_grants(view, row) for row in totals),
        projects=len({tie.item.iri for group in groups for tie in group.ties}),
        cooperations=cooperations[:_SHOWN],
        cooperation_count=len(cooperations),
        network=f"/network?actor={view.key}",
        encounters=encounters_of(view),
        map=placed(view),
    )


def _grants(view: View, totals: Row) -> Grants:
    by_size = list(dict.fromkeys(row["participation"] for row in view.rows("grants", role=totals["role"])))
    number = min(view.page, -(-len(by_size) // _SHOWN))  # where another role has more pages
    shown = by_size[(number - 1) * _SHOWN : number * _SHOWN]
    rows = [row for one in shown for row in view.release.rows("pages/grant", participation=one)]
    (group,) = grouped(view, parts_of(rows))
    place = {view.addresses.path(one.value) or "": at for at, one in enumerate(shown)}
    ties = tuple(sorted(group.ties, key=lambda tie: place[tie.path]))
    return Grants(
        role=group.role,
        total=euros(totals["total"].value, view.language.code),
        ties=Paged(items=ties, total=len(by_size), number=number, path=view.path, query="", size=_SHOWN),
    )


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
