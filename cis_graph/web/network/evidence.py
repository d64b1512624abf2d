"""What is behind a tie: each project, the roles held in it, and where its time and territory are said."""

import json
from dataclasses import dataclass
from typing import ClassVar

from cis_graph.model.network import Evidence
from cis_graph.model.ties import weight
from cis_graph.network.exports.columns import decimal
from cis_graph.web.facts import Link
from cis_graph.web.languages import marked
from cis_graph.web.network.filters import Given
from cis_graph.web.network.names import TIE_NAMES
from cis_graph.web.pages import Page
from cis_graph.web.texts import Text
from cis_graph.web.visits import Visit

_ORIGINS = {
    "participation": marked("dit par la participation"),
    "actor": marked("dit par l'acteur"),
    "project": marked("dit par le projet"),
    None: marked("inconnu"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a tie in one project."""

    actor: Link
    roles: str
    dated: str
    placed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One project behind the tie."""

    project: Link
    kind: str
    tie: str
    weight: str
    when: str
    ends: tuple[End, End]
    participations: tuple[str, ...]  # paths


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage(Page):
    """The cards of one tie."""

    template: ClassVar[str] = "evidence.html"
    names: tuple[str, str]
    weight: str
    cards: tuple[Card, ...]
    network: str
    twin: str


def evidence_page(asked: Visit, asking: Given, source: str, target: str) -> EvidencePage:
    """The evidence of the tie of two actors, or of two territories."""
    network = asked.release.network
    found = network.evidence(source, target, asking.asked)
    actors = network.labels(sorted({key for one in found for key in (one.source, one.target)}))
    names = network.labels([source, target])
    roles = asked.names.under("role")
    return EvidencePage(
        title=f"{names.get(source, source)} · {names.get(target, target)}",
        names=(names.get(source, source), names.get(target, target)),
        weight=weight(sum(one.weight for one in found)),
        cards=tuple(_card(asked, one, dict(actors), dict(roles)) for one in found),
        network=asking.address("/network"),
        twin=asking.address("/network/evidence.json", source=source, target=target),
    )


def evidence_json(asked: Visit, asking: Given, source: str, target: str) -> bytes:
    """The same as data, under IRIs."""
    found = asked.release.network.evidence(source, target, asking.asked)
    body = {"release": asked.release.information.number, "evidence": [_data(asked, one) for one in found]}
    return json.dumps(body, ensure_ascii=False).encode()


def _data(asked: Visit, one: Evidence) -> dict[str, object]:
    entity = asked.addresses.entity
    return {
        "project": entity("project", one.project),
        "label": one.label,
        "kind": one.kind,
        "tie": one.tie,
        "weight": decimal(one.weight),
        "source": {"id": entity("actor", one.source), "roles": [entity("role", role) for role in one.source_roles],
                   "dated": one.dated[0], "placed": one.placed[0]},
        "target": {"id": entity("actor", one.target), "roles": [entity("role", role) for role in one.target_roles],
                   "dated": one.dated[1], "placed": one.placed[1]},
        "participations": [entity("participation", key) for key in one.participations],
        "begins": one.begins.isoformat() if one.begins else None,
        "ends": one.ends.isoformat() if one.ends else None,
    }  # fmt: skip


def _card(asked: Visit, one: Evidence, actors: dict[str, str], roles: dict[str, str]) -> Card:
    told = asked.language.gettext
    years = dict.fromkeys(str(day.year) for day in (one.begins, one.ends) if day)  # of most, no more was said
    first, second = (
        End(
            actor=Link(text=Text(actors.get(key, key)), path=f"/actor/{key}"),
            roles=", ".join(roles.get(role, role) for role in held),
            dated=told(_ORIGINS[one.dated[side]]),
            placed=told(_ORIGINS[one.placed[side]]),
        )
        for side, (key, held) in enumerate(((one.source, one.source_roles), (one.target, one.target_roles)))
    )
    return Card(
        project=Link(text=Text(one.label), path=f"/project/{one.project}"),
        kind=told(marked("Subvention")) if one.kind == "grant" else told(marked("Projet")),
        tie=told(TIE_NAMES[one.tie]),
        weight=weight(one.weight),
        when=" \u2013 ".join(years),
        ends=(first, second),
        participations=tuple(f"/participation/{key}" for key in one.participations),
    )
