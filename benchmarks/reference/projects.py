"""The projects of a set: who leads them, with whom, where, when; any of them by its number.

Every 25th is another edition of the project before it, every 20th the same project in another town. The number of
partners is that of real projects: half have up to three, one in 500 has a hundred or more, one in 1,000 has 300.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from benchmarks.reference.actors import Actors, RealActor, of_place
from benchmarks.reference.dice import Dice
from benchmarks.reference.land import Land, Town
from benchmarks.reference.topics import AUDIENCES, FACTS, METHODS, OPENINGS, TOPICS, Topic
from benchmarks.reference.vocabulary import COMPLEMENTS, NATIONAL, NETWORKS, NOUNS, QUARTERS

EDITION, TWIN, MANY = 25, 20, 1_000  # every so many projects
MOST_PARTNERS = 300
_PARTNERS = (  # least, most, share of projects in thousandths
    (0, 0, 80), (1, 1, 140), (2, 2, 200), (3, 3, 210), (4, 4, 120), (5, 5, 80), (6, 6, 50), (7, 7, 30),
    (8, 12, 55), (13, 30, 30), (31, 99, 4), (100, 200, 1),
)  # fmt: skip
_CUMULATIVE = tuple(accumulate(share for *_, share in _PARTNERS))
_ROLES = ("partenaire", "financeur", "co-porteur", "hebergeur", "accompagnateur", "membre")
_ROLE_SHARES = tuple(accumulate((50, 25, 7, 6, 7, 5)))


@dataclass(frozen=True, slots=True)
class RealPartner:
    """Who takes part in a project, as what, since when (ISO 8601 day)."""

    actor: RealActor
    role: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RealProject:
    """A project as it is. ``edition_of`` and ``twin_of`` are the project it could be taken for."""

    id: str
    title: str
    lead: RealActor
    partners: tuple[RealPartner, ...]
    town: Town
    topics: tuple[Topic, ...]
    audience: str
    method: str | None
    started: str
    ended: str | None
    site: str | None
    facts: tuple[str, ...]
    edition_of: str | None = None
    twin_of: str | None = None


class Projects:
    """The projects of one seed."""

    def __init__(self, land: Land, actors: Actors, seed: int) -> None:
        self._land, self._actors, self._seed = land, actors, seed
        self._plain = lru_cache(maxsize=4)(self._make)

    def get(self, number: int) -> RealProject:
        """The project of that number, from 0."""
        dice = Dice(self._seed, "sibling", number)
        if number % EDITION == EDITION - 1:
            before = self._plain(number - 1)
            return self._edition(before, number, dice)
        if number % TWIN == TWIN - 2:
            return self._twin(self._plain(number - 1), number, dice)
        return self._plain(number)

    def _edition(self, before: RealProject, number: int, dice: Dice) -> RealProject:
        year = int(before.started[:4]) + dice.between(1, 2)
        title = dice.pick(("{} {}", "{} - phase 2", "{} (saison 2)", "{} - édition {}")).format(before.title, year)
        return replace(
            before, id=_id(number), title=title, started=f"{year}{before.started[4:]}", ended=None, edition_of=before.id
        )

    def _twin(self, before: RealProject, number: int, dice: Dice) -> RealProject:
        made, town = self._plain(number), self._land.town(dice)
        lead = before.lead if dice.chance(0.3) else made.lead
        if town.commune.key == before.town.commune.key:
            town = self._land.ranked[number % 97]
        return replace(made, title=before.title, topics=before.topics, town=town, lead=lead, twin_of=before.id)

    def _make(self, number: int) -> RealProject:
        dice = Dice(self._seed, "project", number)
        lead = self._lead(dice)
        town = lead.town if lead.kind != "national" and dice.chance(0.85) else self._land.town(dice)
        topics = tuple(dice.some(TOPICS, 2 if dice.chance(0.4) else 1))
        what, year = dice.pick(topics[0].phrases), dice.between(2008, 2025)
        started = f"{year}-{dice.between(1, 12):02}-{dice.between(1, 28):02}"
        title = _title(dice, lead, town, what)
        return RealProject(
            id=_id(number),
            title=title,
            lead=lead,
            partners=tuple(self._partners(dice, lead, town, started, number)),
            town=town,
            topics=topics,
            audience=dice.pick(tuple(AUDIENCES)),
            method=dice.pick(tuple(METHODS)) if dice.chance(0.5) else None,
            started=started,
            ended=f"{year + dice.between(1, 4)}{started[4:]}" if dice.chance(0.4) else None,
            site=f"projet-{number}.example" if dice.chance(0.3) else None,
            facts=_facts(dice, lead, town, what, year, topics[0]),
        )

    def _lead(self, dice: Dice) -> RealActor:
        """Any organisation; those of all France and a few others lead many projects."""
        if dice.chance(0.15):
            return self._actors.get(dice.below(min(self._actors.count, 10 * len(NATIONAL))))
        return self._actors.get(dice.below(self._actors.count))

    def _partners(self, dice: Dice, lead: RealActor, town: Town, started: str, number: int) -> list[RealPartner]:
        least, most, _ = dice.weighted(_PARTNERS, _CUMULATIVE)
        count = MOST_PARTNERS if number % MANY == MANY // 2 else dice.between(least, most)
        near, found = self._actors.near(town), dict[int, None]()
        for _ in range(10 * count):  # many are met twice
            if len(found) == count:
                break
            number_ = self._partner(dice, near)
            if self._actors.get(number_).id != lead.id:
                found[number_] = None
        year = int(started[:4])
        return [
            RealPartner(
                self._actors.get(one),
                dice.weighted(_ROLES, _ROLE_SHARES),
                f"{min(year + dice.below(3), 2025)}-{dice.between(1, 12):02}-{dice.between(1, 28):02}",
            )
            for one in found
        ]

    def _partner(self, dice: Dice, near: Sequence[int]) -> int:
        """A neighbour in half of cases, an organisation of all France in a quarter, else any."""
        if near and dice.chance(0.5):
            return dice.pick(near)
        return dice.below(len(NATIONAL) if dice.chance(0.5) else self._actors.count)


def _id(number: int) -> str:
    return f"p{number:07}"


def _title(dice: Dice, lead: RealActor, town: Town, what: str) -> str:
    """A brand, what the project does, or a network's action that many towns have."""
    brand = _brand(dice)
    if dice.chance(0.15) and lead.kind in {"association", "cooperative"}:
        return lead.name
    if dice.chance(0.4):
        return brand
    if dice.chance(0.25):
        return f"{dice.pick(NETWORKS)} {of_place(town.commune.name)}"
    form = dice.pick(("{W} à {t}", "{W}", "{t} : {w}", "{W} - {l}", "Projet {b} : {w}", "{b}, {w}", "{b} - {w}"))
    return form.format(W=what[0].upper() + what[1:], w=what, t=town.commune.name, l=lead.name, b=brand)


def _brand(dice: Dice) -> str:
    article, plural = dice.pick((("Les ", "s"), ("", ""), ("", "")))
    more = f" de {dice.pick(QUARTERS)}" if dice.chance(0.3) else ""
    return f"{article}{dice.pick(NOUNS)}{plural} {dice.pick(COMPLEMENTS)}{more}"


def _facts(dice: Dice, lead: RealActor, town: Town, what: str, year: int, topic: Topic) -> tuple[str, ...]:
    """What there is to tell of the project; each contributor tells some of it. Audience and method stay open."""
    words = {
        "actor": lead.name,
        "what": what,
        "town": town.commune.name,
        "year": year,
        "many": dice.between(5, 900),
        "few": dice.between(2, 25),
        "friend": dice.pick(NATIONAL)[0],
        "later": year + 3,
        "budget": dice.between(5, 400) * 1_000,
        "more": dice.pick(topic.phrases),
        "audience": "{audience}",
        "method": "{method}",
    }
    told = (dice.pick(OPENINGS), *dice.some(FACTS, dice.between(4, 8)))
    return tuple(sentence.format_map(words) for sentence in told)
