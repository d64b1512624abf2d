"""What happens to a text between those who know and those who publish."""

import html
import re
from collections.abc import Callable

from anyascii import anyascii

from benchmarks.reference.actors import RealActor
from benchmarks.reference.dice import Dice
from benchmarks.reference.habits import Habits
from benchmarks.reference.vocabulary import FORMS

_ARTICLE = re.compile(r"^(?:Les? |La |L')")
_LETTERS = "aeinrstlo"
_SHORTEST = 5  # letters of a text in which one is mistyped


def name(actor: RealActor, habits: Habits, dice: Dice) -> str:
    """An organisation's name as a contributor writes it: another name of it, with its form or its town, and dirt."""
    text = actor.name
    known = 2 if actor.kind in {"national", "public", "branch"} else 0.6
    if actor.others and dice.chance(habits.alias * known):
        text = dice.pick(actor.others)
    private = actor.kind in {"association", "cooperative"}
    if private and actor.type in FORMS and dice.chance(habits.form):
        text = dice.pick(FORMS[actor.type]).format(text)
    if (private or actor.kind == "establishment") and dice.chance(0.06):
        text = dice.pick(("{} - {}", "{} ({})", "{} / {}")).format(text, actor.town.commune.name)
    return dirty(text, habits, dice)


def dirty(text: str, habits: Habits, dice: Dice) -> str:
    """A text with the accidents that a contributor is prone to."""
    steps: tuple[tuple[float, Callable[[str], str]], ...] = (
        (0.1, lambda one: _ARTICLE.sub("", one)),
        (0.12, lambda one: glued(one, dice)),
        (habits.typo, lambda one: mistyped(one, dice)),
        (habits.unaccented, anyascii),
        (habits.upper, str.upper),
        (0.04, str.lower),
        (habits.entities, html.escape),
        (habits.mojibake, misread),
        (0.05, lambda one: f" {one.replace(' ', '  ', 1)}"),
    )
    for share, step in steps:
        if dice.chance(share):
            text = step(text)
    return text


def mistyped(text: str, dice: Dice) -> str:
    """A letter lost, doubled, exchanged or wrong."""
    if len(text) < _SHORTEST:
        return text
    at, kind = dice.between(1, len(text) - 2), dice.below(4)
    instead = ("", text[at + 1] + text[at], text[at] * 2, dice.pick(_LETTERS))[kind]
    return text[:at] + instead + text[at + (2 if kind == 1 else 1) :]


def glued(text: str, dice: Dice) -> str:
    """Other apostrophes, hyphens, abbreviations, or two words run together."""
    kind = dice.below(5)
    if kind == 0:
        return text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    if kind == 1:
        return re.sub(r"\bSaint(e?)\b", r"St\1", text)
    if kind == 2:
        return text.replace("-", " ")
    if kind == 3:
        return text.replace(" et ", " & ")
    return re.sub(r"(\w+) (\w+)$", lambda found: found[1] + found[2].capitalize(), text)


def misread(text: str) -> str:
    """UTF-8 read as Windows-1252."""
    return text.encode().decode("cp1252", errors="replace")
