"""Texts made from the gazetteer, as contributors would garble them; nobody looked at them beforehand."""

import random
from collections.abc import Callable

import pytest
from anyascii import anyascii

from cis_graph.model.places import Place, PlaceAnswer, PlaceStatus
from cis_graph.territories.gazetteer import Gazetteer, Territory
from cis_graph.territories.resolver import Resolver

Garble = Callable[[random.Random, str], str]
LITTLE = frozenset(["la", "le", "les", "de", "du", "des", "en"])


def seeded(subject: str) -> random.Random:
    """The same chance at each run, another for each subject."""
    return random.Random(subject)


def slip(chance: random.Random, name: str) -> str:
    """The name with one letter lost, doubled, changed or swapped, the first one apart."""
    at = chance.randrange(1, len(name) - 1)
    letter = chance.choice("aeinrstlou")
    slips = (name[at + 1 :], name[at] + name[at:], letter + name[at + 1 :], name[at + 1] + name[at] + name[at + 2 :])
    return name[:at] + chance.choice(slips)


def without_articles(_: random.Random, name: str) -> str:
    """The name without its little words."""
    return " ".join(word for word in name.replace("-", " ").split() if word.lower() not in LITTLE) or name


STYLES: dict[str, Garble] = {
    "as it is": lambda _, name: name,
    "without accents": lambda _, name: anyascii(name),
    "upper case": lambda _, name: anyascii(name).upper(),
    "without hyphens": lambda _, name: name.replace("-", " "),
    "St, Ste": lambda _, name: name.replace("Sainte-", "Ste ").replace("Saint-", "St "),
    "without articles": without_articles,
    "a slip": slip,
}
LEAST_RIGHT = {"a slip": 0.9}


def communes(gazetteer: Gazetteer, chance: random.Random, count: int) -> list[Territory]:
    """Communes by chance, half of them by their inhabitants; those of the three divided cities apart."""
    whole = [gazetteer.territories[key] for key in sorted(gazetteer.communes["pays-fr"] - gazetteer.divided)]
    known = [one for one in whole if one.postcodes and len(one.name) > 3]
    peopled = chance.choices(known, [one.population or 1 for one in known], k=count // 2)
    return [*peopled, *chance.choices(known, k=count - count // 2)]


def share(territories: list[Territory], answers: list[PlaceAnswer], *, right: bool) -> float:
    """The share of territories found rightly, or of other ones given in their place."""
    found = [
        (one.key == said.territory) is right for one, said in zip(territories, answers, strict=True) if said.territory
    ]
    return sum(found) / len(territories)


@pytest.mark.parametrize("style", STYLES)
def test_with_postcode(gazetteer: Gazetteer, resolver: Resolver, style: str) -> None:
    """A commune beside its postcode is found however its name is garbled, and hardly ever another one."""
    chance = seeded(f"postcode {style}")
    drawn = communes(gazetteer, chance, 400)
    texts = [f"{chance.choice(one.postcodes)} {STYLES[style](chance, one.name)}" for one in drawn]
    answers = [resolver.resolve(Place(text=text)) for text in texts]
    assert share(drawn, answers, right=True) >= LEAST_RIGHT.get(style, 0.98)
    assert share(drawn, answers, right=False) <= 0.01


@pytest.mark.parametrize("style", STYLES)
def test_with_departement(gazetteer: Gazetteer, resolver: Resolver, style: str) -> None:
    """A commune in the record's département is found however its name is garbled, and hardly ever another one."""
    chance = seeded(f"departement {style}")
    drawn = communes(gazetteer, chance, 400)
    places = [Place(text=STYLES[style](chance, one.name), departement=gazetteer.departement(one.key)) for one in drawn]
    answers = [resolver.resolve(place) for place in places]
    assert share(drawn, answers, right=True) >= LEAST_RIGHT.get(style, 0.96)
    assert share(drawn, answers, right=False) <= 0.02


@pytest.mark.parametrize("style", STYLES)
def test_bare_name(gazetteer: Gazetteer, resolver: Resolver, style: str) -> None:
    """A bare name is found or left open, a mistyped village most often; another commune is given one time in 25."""
    chance = seeded(f"bare {style}")
    drawn = communes(gazetteer, chance, 400)
    answers = [resolver.resolve(Place(text=STYLES[style](chance, one.name))) for one in drawn]
    assert share(drawn, answers, right=True) >= (0.5 if style == "a slip" else 0.85)
    assert share(drawn, answers, right=False) <= 0.04


@pytest.mark.parametrize("level", ["epci", "ancienne-region"])
@pytest.mark.parametrize("style", [style for style in STYLES if style != "a slip"])
def test_other_levels(gazetteer: Gazetteer, resolver: Resolver, level: str, style: str) -> None:
    """EPCI and former régions are found by their names, whatever the accents, case and articles."""
    chance = seeded(f"{level} {style}")
    drawn = [one for one in gazetteer.territories.values() if one.level == level]
    answers = [resolver.resolve(Place(text=STYLES[style](chance, one.name))) for one in drawn]
    assert share(drawn, answers, right=True) >= 0.98


def test_noise(resolver: Resolver) -> None:
    """Random letters are hardly ever taken for a territory."""
    chance = seeded("noise")
    texts = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=chance.randrange(3, 30))) for _ in range(1000)]
    found = [text for text in texts if resolver.resolve(Place(text=text)).status is PlaceStatus.FOUND]
    assert len(found) <= 10
