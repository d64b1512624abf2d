"""Why the records of one entity stand together: for each match its two records, its evidence, who decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.model.terms import Row
from cis_graph.web.addresses import Addresses
from cis_graph.web.languages import Language, marked

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


def matches_of(rows: Iterable[Row], language: Language, addresses: Addresses) -> tuple[Matched, ...]:
    """One match for each pair of nodes, decisions first."""
    by_match: dict[str, list[Row]] = {}
    for row in rows:
        by_match.setdefault(row["match"].value, []).append(row)
    found = [_matched(of_match, language, addresses) for of_match in by_match.values()]
    return tuple(sorted(found, key=lambda one: (not one.by, one.score != "", one.records)))


def _matched(rows: list[Row], language: Language, addresses: Addresses) -> Matched:
    nodes = sorted({row["node"].value for row in rows})
    told = {name: _value(rows[0], name) for name in ("score", "by", "date", "why")}
    evidence = sorted({row["evidence"].value for row in rows}, key=_heaviest_first)
    return Matched(
        records=tuple((addresses.path(node.partition("#")[0]) or "", _name(node)) for node in nodes),
        evidence=tuple(_evidence(one, language) for one in evidence),
        **told,
    )


def _value(row: Row, name: str) -> str:
    term = row.get(name)
    return term.value if term else ""


def _name(node: str) -> str:
    return node.partition("/id/record/")[2]


def _heaviest_first(evidence: str) -> tuple[float, str]:
    weight = evidence.rpartition(" ")[2]
    return (-abs(float(weight)) if weight[:1] in {"+", "-"} else 0.0, evidence)


def _evidence(told: str, language: Language) -> Evidence:
    question, _, rest = told.partition(" ")
    level, _, weight = rest.partition(" ")
    name = _RULES.get(question, question) if not rest else question_name(question)
    return Evidence(name=language.gettext(name), level=level, weight=weight)


def question_name(question: str) -> str:
    """What readers call a question of the matcher, as a message; the question itself where nobody named it."""
    return _QUESTIONS.get(question, question)
