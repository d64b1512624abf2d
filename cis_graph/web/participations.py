"""Participations: who takes part in what, in which role, when, under which programme and for how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from cis_graph.model.terms import Row, Term
from cis_graph.web import vocabulary as v
from cis_graph.web.addresses import Addresses
from cis_graph.web.entity import Detail, EntityPage, View, named_detail
from cis_graph.web.facts import Link, by_name, linked
from cis_graph.web.languages import marked
from cis_graph.web.texts import Text, euros, stated_date, text_of

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
    groups = grouped(view, view.rows("supported"))
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


def grouped(view: View, rows: Iterable[Row]) -> tuple[RoleGroup, ...]:
    """Participations by role: those who lead first, then by name of the role."""
    by_participation: dict[str, list[Row]] = {}
    for row in rows:
        by_participation.setdefault(row["participation"].value, []).append(row)
    roles: dict[Link, list[Tie]] = {}
    for iri, of_one in sorted(by_participation.items()):
        roles.setdefault(_concept(view, of_one[0]["role"].value), []).append(_tie(view, iri, of_one))
    groups = [
        RoleGroup(role=role, ties=tuple(sorted(ties, key=lambda tie: (by_name(tie.item), tie.path))))
        for role, ties in roles.items()
    ]
    return tuple(sorted(groups, key=_order))


def _order(group: RoleGroup) -> tuple[int, tuple[str, str]]:
    key = group.role.iri.rpartition("/")[2]
    return (_FIRST_ROLES.index(key) if key in _FIRST_ROLES else len(_FIRST_ROLES)), by_name(group.role)


def _tie(view: View, iri: str, rows: list[Row]) -> Tie:
    language, addresses = view.language.code, view.addresses
    item = _link(rows, "item", "label", language, addresses)
    start, end, amount = (rows[0].get(name) for name in ("start", "end", "amount"))
    return Tie(
        path=addresses.path(iri) or "",
        item=item or Link(text=Text(iri), path=""),
        kind=next((_concept(view, row["type"].value).text for row in rows if "type" in row), None),
        actor=_link(rows, "actor", "actorLabel", language, addresses),
        programme=_link(rows, "programme", "programmeLabel", language, addresses),
        when=period(start, end, language),
        amount=euros(amount.value, language) if amount else "",
    )


def _concept(view: View, iri: str) -> Link:
    """A link to a role or a type, under the name that the release's concepts are known by."""
    name = view.names.names.get("/".join(view.addresses.split(iri)), iri)
    return Link(text=Text(name), path=view.addresses.path(iri) or "", iri=iri)


def _link(rows: list[Row], name: str, label: str, language: str, addresses: Addresses) -> Link | None:
    iri = next((row[name].value for row in rows if name in row), None)
    if iri is None:
        return None
    return linked(iri, {text_of(row[label]) for row in rows if label in row}, language, addresses)


def period(start: Term | None, end: Term | None, language: str) -> str:
    """A period as people write it: ``2017``, from 2020 to 2022, ``→ 2022``."""
    begins, ends = (stated_date(term.value, language) if term else "" for term in (start, end))
    if begins and ends and begins != ends:
        return f"{begins} \u2013 {ends}"
    return begins or (f"→ {ends}" if ends else "")
