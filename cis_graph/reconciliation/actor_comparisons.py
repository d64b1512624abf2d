"""Two actors compared: for each question, the level of the answer by name."""

import re
from collections.abc import Sequence

from cis_graph.reconciliation.corpus import Corpus
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.levels import Levels, Stage, agreement, banded, place_level
from cis_graph.reconciliation.names import Name
from cis_graph.reconciliation.similarity import alike, is_cut, is_initials, is_spelling

QUESTIONS = (
    "name",
    "rarity",
    "homonyms",
    "spread",
    "place",
    "rna",
    "siren",
    "host",
    "mail",
    "telephone",
    "projects",
    "partners",
)

_GENERIC = re.compile(
    r"^(?:ecole|college|lycee|ehpad|maison retraite|residence|centre social|cs|mjc|maison quartier|foyer|ville|mairie|"
    r"commune|cress|caf|ccas)\b"
)
_BARE = frozenset({
    "caf", "ccas", "cias", "cpam", "cress", "mda", "mdph", "mjc", "msa", "udaf", "mairie", "commune", "ville",
    "municipal", "departement", "departemental", "region", "regional", "conseil", "general", "prefecture", "mission",
    "locale", "centre", "social", "maison", "quartier", "jeune", "jeunes", "culture", "ecole", "college", "lycee",
    "creche", "ehpad", "residence", "retraite", "foyer", "cs",
})  # fmt: skip
_NOT_ALIKE = frozenset({"alike-0", "alike-0.35", "alike-0.5"})
_ONE_NAME = frozenset({"same", "cut", "spelling"})
_APART = frozenset({"apart", "other-commune"})
_ONE_SITE = frozenset({"own-same", "same-as-mail"})
_HERE = frozenset({"commune", "departement"})


def compare_actors(one: Features, other: Features, corpus: Corpus) -> Levels:
    """The levels at which two actors agree, in the order of :data:`QUESTIONS`."""
    best, mate = _best(one, other, corpus)
    name, rarity, homonyms, spread = corpus.once(best, mate, _names)
    place = _places(one, other, corpus)
    towns = one.where.towns | other.where.towns
    if not towns.isdisjoint(best.words):
        rarity = _rarity(_shared(best, mate) - towns, corpus)
    bare = homonyms == "bare" and place != "commune"
    return (
        name,
        rarity,
        "bare" if bare else f"{_bearers(best, mate, corpus) if homonyms == 'bare' else homonyms}-{_side(place)}",
        "which-seat" if _asks_which(one, other, best, corpus) else f"{spread}-{place}",
        place,
        agreement(one.rna, other.rna),
        agreement(one.siren, other.siren),
        _hosts(one, other),
        _mails(one, other),
        agreement(one.telephone, other.telephone),
        "same" if one.projects & other.projects else "none",
        banded(len(one.partners & other.partners), (1, 2, 3)),
    )


def is_borne_out(levels: Sequence[str]) -> bool:
    """Whether more than a resemblance of names speaks for one actor: the same name, or a sign that nobody shares.

    Branches share a SIREN: under two names that are not alike it speaks for one actor in one commune alone.
    """
    told = dict(zip(QUESTIONS, levels, strict=True))
    if told["name"] in _ONE_NAME or told["host"] in _ONE_SITE:
        return True
    if any(told[sign] == "same" for sign in ("rna", "mail", "telephone", "projects")):
        return True
    return told["siren"] == "same" and (told["name"] not in _NOT_ALIKE or told["place"] == "commune")


def _best(one: Features, other: Features, corpus: Corpus) -> tuple[Name, Name]:
    """The names of two actors that are the most alike."""
    if len(one.names) == len(other.names) == 1:
        return one.name, other.name
    pairs = ((first, second) for first in one.names for second in other.names)
    return max(pairs, key=lambda pair: alike(pair[0], pair[1], corpus.rarity))


def _names(one: Name, other: Name, corpus: Corpus) -> Levels:
    """The level at which two names agree, how rare what they share is, who else bears them, and how widely."""
    homonyms = "bare" if is_bare(one) and is_bare(other) else _bearers(one, other, corpus)
    many = max(corpus.spread.get(one.glued, 1), corpus.spread.get(other.glued, 1))
    return (
        _likeness(one, other, corpus),
        _rarity(_shared(one, other), corpus),
        homonyms,
        banded(many, (2, 3, 5, 8, 13)),
    )


def _likeness(one: Name, other: Name, corpus: Corpus) -> str:
    if one.glued == other.glued:
        return "same"
    if is_initials(one, other):
        return "initials"
    if is_cut(one, other):
        return "cut"
    if is_spelling(one, other):
        return "spelling"
    likeness = alike(one, other, corpus.rarity)
    contained = one.words <= other.words or other.words <= one.words
    level = banded(likeness, (0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97))
    return f"{'contained' if contained else 'alike'}-{level}"


def _shared(one: Name, other: Name) -> frozenset[str]:
    return one.words if one.glued == other.glued else one.words & other.words


def _rarity(words: frozenset[str], corpus: Corpus) -> str:
    return banded(corpus.rarity.total(words), (3, 6, 9, 12, 16, 20))


def _places(one: Features, other: Features, corpus: Corpus) -> str:
    level = place_level(one, other, corpus.crowded)
    return "seats-apart" if one.is_seated and other.is_seated and level in _APART else level


def _bearers(one: Name, other: Name, corpus: Corpus) -> str:
    many = max(corpus.homonyms.get(one.glued, 0), corpus.homonyms.get(other.glued, 0))
    generic = "generic-" if _GENERIC.match(one.text) or _GENERIC.match(other.text) else ""
    return f"{generic}{banded(many, (1, 2, 4, 10))}"


def _side(place: str) -> str:
    return "here" if place in _HERE else "elsewhere"


def is_bare(name: Name) -> bool:
    """Whether a name says what kind of actor it is and not which one."""
    return _BARE.issuperset(name.text.split())


def _asks_which(one: Features, other: Features, name: Name, corpus: Corpus) -> bool:
    """Whether only one of two actors says where it is, while several places have one of that name."""
    seated = one.is_seated and other.is_seated
    return seated and bool(one.where.departements) != bool(other.where.departements) and name.glued in corpus.spread


def _hosts(one: Features, other: Features) -> str:
    """Sites that bear the actor's name say more than others: a project's site is often given for that of its leader."""
    if one.own_host and other.own_host:
        return "own-same" if one.own_host == other.own_host else "own-different"
    if one.host and other.host:
        return agreement(one.host, other.host)
    for host, mail in ((one.own_host, other.mail_host), (other.own_host, one.mail_host)):
        if host and mail:
            return "same-as-mail" if host == mail else "other-than-mail"
    return "unknown"


def _mails(one: Features, other: Features) -> str:
    if one.mail_host and one.mail_host == other.mail_host and one.mail != other.mail:
        return "same-host"
    return agreement(one.mail, other.mail)


STAGES = (Stage(QUESTIONS, compare_actors),)
