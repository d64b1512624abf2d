"""Two projects compared: for each question, the level of the answer by name."""

from operator import itemgetter

from rapidfuzz import fuzz

from cis_graph.reconciliation.corpus import Corpus
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.levels import Levels, Stage, agreement, banded, place_level, point_level
from cis_graph.reconciliation.names import Name
from cis_graph.reconciliation.similarity import alike, is_initials, overlap

QUESTIONS = (
    "title", "rarity", "leads", "lead-rarity", "editions", "year", "place", "point", "host", "page", "mail",
    "telephone", "themes", "description", "contributor", "partners",
)  # fmt: skip
_CONTAINED = 0.95
_SAME_LETTERS = 92
_LONG_START = 12


def compare_facts(one: Features, other: Features, corpus: Corpus) -> Levels:
    """The levels of what is told in figures, lists and addresses."""
    return (
        _editions(one, other),
        _years(one, other),
        place_level(one, other, corpus.crowded),
        point_level(one, other),
        agreement(one.host, other.host),
        agreement(one.page, other.page),
        agreement(one.mail, other.mail),
        agreement(one.telephone, other.telephone),
        "same" if one.themes & other.themes else "none",
        "same" if one.contributor == other.contributor else "another",
        _partners(one, other),
    )


def compare_descriptions(one: Features, other: Features, _corpus: Corpus) -> Levels:
    """The level of what descriptions share."""
    if not one.telling or not other.telling:
        return ("unknown",)
    common = len(set(one.telling).intersection(other.telling)) / min(len(one.telling), len(other.telling))
    return (banded(common, (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)),)


def compare_leads(one: Features, other: Features, corpus: Corpus) -> Levels:
    """How alike the names of two leaders are, and how rare what they share is."""
    if one.leads is None or other.leads is None:
        return "unknown", "unknown"
    return corpus.once(one.leads, other.leads, _leads)


def compare_titles(one: Features, other: Features, corpus: Corpus) -> Levels:
    """How alike two titles are, and how rare what they share is."""
    title, shared = max((_titles(a, b, one, other, corpus) for a in one.names for b in other.names), key=itemgetter(0))
    return (
        banded(title, (0.3, 0.45, 0.55, 0.65, 0.75, 0.82, 0.88, 0.94, 0.99)),
        banded(shared, (4, 7, 10, 13, 16, 20, 25)),
    )


def _leads(one: Name, other: Name, corpus: Corpus) -> Levels:
    if is_initials(one, other):
        return "initials", "unknown"
    likeness = alike(one, other, corpus.leads)
    level = banded(likeness, (0.3, 0.5, 0.7, 0.9, 1.0))
    rarity = banded(corpus.leads.total(one.words), (4, 8, 12, 16)) if likeness > 0.9 else "unknown"  # noqa: PLR2004 - the same name
    return level, rarity


def _titles(a: Name, b: Name, one: Features, other: Features, corpus: Corpus) -> tuple[float, float]:
    """How alike two titles are, with and without the names of those who lead, and how rare what they share is."""
    leads = (one.leads.words if one.leads else frozenset()) | (other.leads.words if other.leads else frozenset())
    if a.glued == b.glued or _starts(a.glued, b.glued):
        shorter = a.words if len(a.words) <= len(b.words) else b.words
        return (1.0 if a.glued == b.glued else _CONTAINED), corpus.rarity.total(shorter)
    likeness = overlap(a.words, b.words, corpus.rarity)
    own, others = a.words - leads, b.words - leads
    if own and others and (own != a.words or others != b.words):
        likeness = max(likeness, overlap(own, others, corpus.rarity))
    return likeness, corpus.rarity.total(a.words & b.words)


def _starts(a: str, b: str) -> bool:
    shortest = min(len(a), len(b))
    if shortest > _LONG_START and (a.startswith(b) or b.startswith(a)):
        return True
    return shortest > 5 and abs(len(a) - len(b)) < 3 and fuzz.ratio(a, b) > _SAME_LETTERS  # noqa: PLR2004 - letters


def _editions(one: Features, other: Features) -> str:
    if one.editions == other.editions:
        return "same" if one.editions else "none"
    return "different" if one.editions and other.editions else "one-sided"


def _years(one: Features, other: Features) -> str:
    if one.year is None or other.year is None:
        return "unknown"
    return ("same", "next")[apart] if (apart := abs(one.year - other.year)) < 2 else "different"  # noqa: PLR2004 - years


def _partners(one: Features, other: Features) -> str:
    if not one.partners or not other.partners:
        return "unknown"
    return banded(len(one.partners & other.partners), (1, 2, 3))


STAGES = (
    Stage(
        (
            "editions",
            "year",
            "place",
            "point",
            "host",
            "page",
            "mail",
            "telephone",
            "themes",
            "contributor",
            "partners",
        ),
        compare_facts,
    ),
    Stage(("description",), compare_descriptions),
    Stage(("leads", "lead-rarity"), compare_leads),
    Stage(("title", "rarity"), compare_titles),
)
