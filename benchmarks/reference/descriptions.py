"""One description of a project by one contributor, in no file's shape yet, and what it really speaks of."""

import re
from dataclasses import dataclass, replace

from benchmarks.reference import dirt, wording
from benchmarks.reference.actors import Actors, RealActor
from benchmarks.reference.dice import Dice
from benchmarks.reference.habits import Habits
from benchmarks.reference.land import Land
from benchmarks.reference.projects import RealPartner, RealProject
from benchmarks.reference.topics import ACTOR_TYPES, AUDIENCES, METHODS, NEWS, ROLES

_FIGURE = re.compile(r"\b\d{2,3}\b(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldActor:
    """An organisation as it is told of; empty where nothing is said. ``role`` is a label."""

    name: str
    role: str
    since: str = ""
    siren: str = ""
    rna: str = ""
    type: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What one record says, as text."""

    key: str
    title: str
    text: str
    lead: ToldActor | None
    partners: tuple[ToldActor, ...]
    place: str
    latitude: str
    longitude: str
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    methods: tuple[str, ...]
    started: str
    ended: str
    site: str
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a record really speaks of: a project, its lead, its partners in the record's order, a territory."""

    record: str
    project: str
    lead: str | None
    partners: tuple[str, ...]
    territory: str
    themes: tuple[str, ...]


class Narrator:
    """Tells of projects as contributors do."""

    def __init__(self, land: Land, actors: Actors, seed: int) -> None:
        self._land, self._actors, self._seed = land, actors, seed

    def tell(self, project: RealProject, habits: Habits, number: int) -> tuple[Description, Truth]:
        """The description with that number at its contributor (from 1), and its truth."""
        dice = Dice(self._seed, "tell", habits.name, number)
        key = f"{habits.name[:3].upper()}-{number:06}" if habits.dialect == "sheet" else str(number)
        place, territory = wording.place(project, self._land, habits, dice)
        lead = None if dice.chance(habits.lead_missing) else self._actor(project.lead, "porteur", habits, dice)
        named = project.partners[: habits.most_partners] if dice.chance(habits.partners) else ()
        partners = sorted(named, key=lambda one: one.role == "financeur")  # sheets have a column for them
        themes = [topic for topic in project.topics if dice.chance(habits.themes)]
        latitude, longitude = _point(project, dice) if dice.chance(habits.point) else ("", "")
        description = Description(
            key=key,
            title=self._title(project, habits, dice),
            text=_text(project, habits, dice),
            lead=lead,
            partners=tuple(self._partner(one, habits, dice) for one in partners),
            place=place if dice.chance(0.95) else "",
            latitude=latitude,
            longitude=longitude,
            themes=tuple(_label(topic.labels, habits, dice) for topic in themes),
            audiences=(_label(AUDIENCES[project.audience], habits, dice),) if dice.chance(0.8) else (),
            methods=(_label(METHODS[project.method], habits, dice),) if project.method else (),
            started=wording.date(project.started, habits.dates, dice) if dice.chance(0.8) else "",
            ended=wording.date(project.ended, habits.dates, dice) if project.ended and dice.chance(0.7) else "",
            site=wording.site(project, habits, dice),
            updated=f"{min(2026, int(project.started[:4]) + dice.below(4))}-{dice.between(1, 12):02}-01",
        )
        truth = Truth(
            record=f"{habits.name}/{key}",
            project=project.id,
            lead=project.lead.id if lead else None,
            partners=tuple(one.actor.id for one in partners),
            territory=territory,
            themes=tuple(topic.concept for topic in themes),
        )
        return description, truth

    def _title(self, project: RealProject, habits: Habits, dice: Dice) -> str:
        title = dirt.dirty(project.title, habits, dice)
        if dice.chance(habits.actor_in_title) and project.lead.name not in project.title:
            title += dice.pick((" - ", " / ", ", ")) + dirt.name(project.lead, habits, dice)
        return f"{title[:40].rstrip()}…" if dice.chance(0.03) else title

    def _partner(self, partner: RealPartner, habits: Habits, dice: Dice) -> ToldActor:
        told = self._actor(partner.actor, partner.role, habits, dice)
        return replace(told, since=wording.date(partner.since, habits.dates, dice) if dice.chance(0.5) else "")

    def _actor(self, actor: RealActor, role: str, habits: Habits, dice: Dice) -> ToldActor:
        other = self._actors.get(dice.below(self._actors.count)).siren if dice.chance(0.01) else actor.siren
        return ToldActor(
            name=dirt.name(actor, habits, dice),
            role=_label(ROLES[role], habits, dice) if habits.roles or role in {"porteur", "financeur"} else "",
            siren=wording.siren(actor.siren, other, dice) if dice.chance(habits.siren) else "",
            rna=actor.rna if actor.rna and dice.chance(habits.rna) else "",
            type=_label(ACTOR_TYPES[actor.type], habits, dice) if dice.chance(0.6) else "",
            town=actor.town.commune.name if dice.chance(0.5) else "",
        )


def changed(description: Description, dice: Dice) -> Description:
    """The same record a year later: a sentence more and, in a third of cases, the project is over."""
    news = NEWS.format(year=2026, many=dice.between(2, 90))
    ended = "2026" if dice.chance(1 / 3) else description.ended
    return replace(description, text=f"{description.text} {news}".strip(), ended=ended, updated="2026-11-01")


def _label(wordings: tuple[str, ...], habits: Habits, dice: Dice) -> str:
    return dice.pick(wordings) if dice.chance(0.08) else wordings[habits.wording]


def _point(project: RealProject, dice: Dice) -> tuple[str, str]:
    commune = project.town.commune
    if commune.latitude is None or commune.longitude is None:
        return "", ""
    near = [at + dice.between(-200, 200) / 1e4 for at in (commune.latitude, commune.longitude)]
    return f"{near[0]:.4f}", f"{near[1]:.4f}"


def _text(project: RealProject, habits: Habits, dice: Dice) -> str:
    """Some of the facts, in this contributor's figures and forms; an address that must not be there in one of 500."""
    audience = dice.pick(AUDIENCES[project.audience]).lower()
    method = dice.pick(METHODS[project.method]).lower() if project.method else "l'écoute"
    told = [project.facts[0]] if dice.chance(0.7) else []
    told += dice.some(project.facts[1:], habits.sentences)
    text = " ".join(told).replace("{audience}", audience).replace("{method}", method)
    if dice.chance(0.5):  # figures differ from one source to the next
        text = _FIGURE.sub(lambda found: str(int(found.group()) + dice.between(1, 60)), text)
    if dice.chance(0.002):
        text += f" Contact : bonjour@{project.lead.site}"
    if dice.chance(habits.entities):
        text = f"<p>{text.replace('. ', '.</p><p>')}</p>"
    return text
