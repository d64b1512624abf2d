"""Participations: who takes part in what, in which role, when, under which programme and for how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from cis_graph.model.terms import Row, Term
from cis_graph.web import vocabulary as v
from cis_graph.web.entity import Detail, EntityPage, View, named_detail
from cis_graph.web.facts import Link, by_name
from cis_graph.web.languages import marked
from cis_graph.web.surroundings import Part
from cis_graph.web.texts import Text, euros, stated_date

_FIRST_ROLES = ("porteur", "co-porteur", "initiateur")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One participation seen from one of its ends."""

    path: str
    item: Link
    kind: Text | None  # type of the actor
    actor: Link | None
    programme: Link | None
    when: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGroup:
    """The participations in one role."""

    role: Link
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationPage(EntityPage):
    """The page of one participation."""

    template: ClassVar[str] = "thing.html"
    groups: tuple[RoleGroup, ...] = ()
    recommendations: tuple[Text, ...] = ()
    outcomes: tuple[Text, ...] = ()


def page(view: View) -> ParticipationPage:
    """The page of one participation: its two ends name it."""
    facts = view.facts
    ends = [link for prop in (v.ACTOR, v.PROJECT) for link in facts.links(prop)]
    title = " · ".join(link.text.value for link in ends) or facts.label.value
    details = (
        named_detail(view, marked("Acteur"), v.ACTOR),
        named_detail(view, marked("Projet"), v.PROJECT),
        named_detail(view, marked("Rôle"), v.ROLE),
        named_detail(view, marked("Dispositif"), v.PROGRAMME),
        named_detail(view, marked("Début"), v.START),
        named_detail(view, marked("Fin"), v.END),
        named_detail(view, marked("Montant"), v.AMOUNT),
        named_detail(view, marked("Territoire"), v.TERRITORY),
    )
    return ParticipationPage(**view.common(details, label=Text(title)))


def details_of_programme(view: View) -> tuple[Detail, ...]:
    """What a programme says of itself."""
    return (
        named_detail(view, marked("Porté par"), v.OPERATED_BY),
        named_detail(view, marked("Début"), v.START),
        named_detail(view, marked("Fin"), v.END),
        named_detail(view, marked("Territoire"), v.TERRITORY),
        named_detail(view, marked("Publics"), v.AUDIENCE),
        named_detail(view, marked("Budget annuel"), v.YEARLY_BUDGET),
        named_detail(view, marked("Soutien direct par an"), v.YEARLY_SUPPORT),
        named_detail(view, marked("Projets déclarés"), v.PROJECT_COUNT),
    )


def programme_page(view: View) -> ParticipationPage:
    """The page of one programme with the participations under it."""
    groups = grouped(view, parts_of(view.rows("supported")))
    return ParticipationPage(**view.common(details_of_programme(view)), groups=groups)


def event_page(view: View) -> ParticipationPage:
    """The page of one event: its date, its place, who was there."""
    details = (
        named_detail(view, marked("Date"), v.START),
        named_detail(view, marked("Fin"), v.END),
        named_detail(view, marked("Territoire"), v.TERRITORY),
        named_detail(view, marked("Thèmes"), v.THEME),
        named_detail(view, marked("Méthodes"), v.METHOD),
        named_detail(view, marked("Acteurs"), v.ACTOR),
        named_detail(view, marked("Projets"), v.PROJECT),
    )
    return ParticipationPage(
        **view.common(details),
        recommendations=view.facts.texts(v.RECOMMENDATION),
        outcomes=view.facts.texts(v.OUTCOME),
    )


def parts_of(rows: Iterable[Row]) -> list[Part]:
    """Rows of one of our queries as participations, each of which may have several."""
    by_participation: dict[str, list[Row]] = {}
    for row in rows:
        by_participation.setdefault(row["participation"].value, []).append(row)
    return [_part(iri, of_one) for iri, of_one in by_participation.items()]


def grouped(view: View, parts: Iterable[Part]) -> tuple[RoleGroup, ...]:
    """Participations by role: those who lead first, then by name of the role."""
    roles: dict[str, list[Tie]] = {}
    for part in parts:
        roles.setdefault(part.role, []).append(_tie(view, part))
    groups = [
        RoleGroup(role=_concept(view, role), ties=tuple(sorted(ties, key=lambda tie: (by_name(tie.item), tie.path))))
        for role, ties in roles.items()
    ]
    return tuple(sorted(groups, key=_order))


def _order(group: RoleGroup) -> tuple[int, tuple[str, str]]:
    key = group.role.iri.rpartition("/")[2]
    return (_FIRST_ROLES.index(key) if key in _FIRST_ROLES else len(_FIRST_ROLES)), by_name(group.role)


def _part(iri: str, rows: list[Row]) -> Part:
    def value(name: str) -> str:
        return next((row[name].value for row in rows if name in row), "")

    def names(name: str) -> tuple[Term, ...]:
        return tuple({row[name] for row in rows if name in row})

    return Part(
        iri,
        value("role"),
        value("item"),
        names("label"),
        actor=value("actor"),
        actor_names=names("actorLabel"),
        programme=value("programme"),
        programme_names=names("programmeLabel"),
        start=value("start"),
        end=value("end"),
        amount=value("amount"),
    )


def _tie(view: View, part: Part) -> Tie:
    language = view.language.code
    return Tie(
        path=view.addresses.path(part.iri) or "",
        item=view.linked(part.item, part.names),
        kind=_concept(view, part.kind).text if part.kind else None,
        actor=view.linked(part.actor, part.actor_names) if part.actor else None,
        programme=view.linked(part.programme, part.programme_names) if part.programme else None,
        when=period(part.start, part.end, language),
        amount=euros(part.amount, language) if part.amount else "",
    )


def _concept(view: View, iri: str) -> Link:
    """A link to a role or a type, under the name that the release's concepts are known by."""
    name = view.names.names.get("/".join(view.addresses.split(iri)), iri)
    return Link(text=Text(name), path=view.addresses.path(iri) or "", iri=iri)


def period(start: str, end: str, language: str) -> str:
    """A period as people write it: ``2017``, from 2020 to 2022, ``→ 2022``; empty where neither is known."""
    begins, ends = (stated_date(day, language) if day else "" for day in (start, end))
    if begins and ends and begins != ends:
        return f"{begins} \u2013 {ends}"
    return begins or (f"→ {ends}" if ends else "")
