"""Why the records of one entity stand together: for each match its two records, its evidence, who decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from cis_graph.web.addresses import Addresses
from cis_graph.web.languages import Language, marked
from cis_graph.web.surroundings import Match

_RULES = {
    "meme-fiche": marked("deux éditions d'une même fiche"),
    "meme-rna": marked("même numéro RNA"),
    "meme-siret": marked("même SIRET"),
    "meme-siren": marked("même SIREN, et même nom ou même commune"),
    "meme-titre-meme-site": marked("même titre, même site, même contributeur"),
    "meme-nom-meme-porteur": marked("même nom, même porteur"),
    "decision": marked("décision d'une personne"),
}
_QUESTIONS = {
    "name": marked("nom"),
    "title": marked("titre"),
    "rarity": marked("rareté des mots communs"),
    "homonyms": marked("homonymes connus"),
    "spread": marked("étendue du nom"),
    "place": marked("lieu"),
    "rna": marked("numéro RNA"),
    "siren": marked("SIREN"),
    "host": marked("site"),
    "page": marked("page sur une plateforme"),
    "mail": marked("courriel"),
    "telephone": marked("téléphone"),
    "projects": marked("projets portés"),
    "partners": marked("partenaires"),
    "leads": marked("porteur"),
    "lead-rarity": marked("rareté du nom du porteur"),
    "editions": marked("édition"),
    "year": marked("année"),
    "point": marked("coordonnées"),
    "themes": marked("thèmes"),
    "description": marked("description"),
    "contributor": marked("contributeur"),
}

_FIRST = itemgetter(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason: what was asked, the level of the answer and its weight (empty for a rule or a decision)."""

    name: str
    level: str
    weight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """One match: the paths and names of its records, its score, its evidence, and the decision if there is one."""

    records: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]
    score: str
    by: str
    date: str
    why: str


def matches_of(matches: Iterable[Match], language: Language, addresses: Addresses) -> tuple[Matched, ...]:
    """One match for each pair of nodes, decisions first."""
    found = [_matched(match, language, addresses) for match in matches]
    return tuple(sorted(found, key=lambda one: (not one.by, one.score != "", one.records)))


def _matched(match: Match, language: Language, addresses: Addresses) -> Matched:
    return Matched(
        records=tuple((addresses.path(node.partition("#")[0]) or "", _name(node)) for node in sorted(match.nodes)),
        evidence=tuple(one for _, one in sorted((_evidence(told, language) for told in match.evidence), key=_FIRST)),
        score=match.score,
        by=match.by,
        date=match.date,
        why=match.why,
    )


def _name(node: str) -> str:
    return node.partition("/id/record/")[2]


@lru_cache(16_384)
def _evidence(told: str, language: Language) -> tuple[tuple[float, str], Evidence]:
    """One reason, after its place: the heaviest come first."""
    question, _, rest = told.partition(" ")
    level, _, weight = rest.partition(" ")
    name = _RULES.get(question, question) if not rest else question_name(question)
    place = -abs(float(weight)) if weight[:1] in {"+", "-"} else 0.0
    return (place, told), Evidence(name=language.gettext(name), level=level, weight=weight)


def question_name(question: str) -> str:
    """What readers call a question of the matcher, as a message; the question itself where nobody named it."""
    return _QUESTIONS.get(question, question)
