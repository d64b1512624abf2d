"""The page of an actor."""

from dataclasses import dataclass
from decimal import Decimal
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
    rows = view.rows("commitments")
    groups = grouped((row for row in rows if "kind" not in row), view.language.code, view.addresses)
    cooperations = view.listed("cooperations")
    return ActorPage(
        **view.common(_details(view), related=_related(view)),
        groups=groups,
        grants=_grants(view, tuple(row for row in rows if "kind" in row)),
        projects=len({tie.item.iri for group in groups for tie in group.ties}),
        cooperations=cooperations[:_SHOWN],
        cooperation_count=len(cooperations),
    )


def _grants(view: View, rows: tuple[Row, ...]) -> tuple[Grants, ...]:
    by_role: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        by_role.setdefault(row["role"].value, {}).setdefault(row["participation"].value, []).append(row)
    return tuple(_grants_of(view, list(by_role[role].values())) for role in sorted(by_role))


def _grants_of(view: View, participations: list[list[Row]]) -> Grants:
    ordered = sorted(participations, key=lambda rows: -_amount(rows[0]))
    (largest,) = grouped((row for rows in ordered[:_SHOWN] for row in rows), view.language.code, view.addresses)
    total = sum((_amount(rows[0]) for rows in ordered), Decimal(0))
    return Grants(count=len(ordered), total=euros(str(total), view.language.code), largest=largest)


def _amount(row: Row) -> Decimal:
    return Decimal(row["amount"].value) if "amount" in row else Decimal(0)


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
