"""What became of data, told to a contributor: findings by fate, as a page, CSV, JSON and SHACL."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import zip_longest

from cis_graph.model.findings import Fate, Finding
from cis_graph.model.spreadsheets import harmless
from cis_graph.web.languages import Language, marked

_FATES = {
    Fate.SOURCE_FAILED: (
        marked("La source n'a pas pu être lue"),
        marked("Le dernier bon état de la source reste publié, s'il y en a un."),
    ),
    Fate.SOURCE_ALARM: (marked("La source a changé"), marked("Les fiches continuent d'être lues.")),
    Fate.RECORD_REJECTED: (marked("Fiches mises de côté"), marked("Elles ne sont pas publiées ; les autres le sont.")),
    Fate.VALUE_REFUSED: (
        marked("Valeurs refusées"),
        marked("La fiche est publiée sans cette valeur."),
    ),
    Fate.WARNING: (marked("À améliorer"), marked("La fiche est publiée telle quelle.")),
    Fate.ADVICE: (
        marked("Informations manquantes"),
        marked("La fiche est publiée ; ces informations l'enrichiraient."),
    ),
}
_SHOWN = 100
_COLUMNS = ("fate", "rule", "source", "record", "rows", "files", "field", "value", "example",
            "message_fr", "remedy_fr", "message_en", "remedy_en")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One finding in the reader's language."""

    finding: Finding
    record: str  # path of its page, empty where it was not published
    rows: str  # and their files, where the source has several
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FateGroup:
    """The findings of one fate, the first hundred shown."""

    slug: str
    name: str
    meaning: str
    count: int
    findings: tuple[Told, ...]


def by_fate(
    findings: Iterable[Finding], language: Language, path_of: Callable[[Finding], str] = lambda _: ""
) -> tuple[FateGroup, ...]:
    """The findings in groups, the gravest first; ``path_of`` gives the page of a finding's record."""
    found = tuple(findings)
    groups = []
    for fate, (name, meaning) in _FATES.items():
        told = [_told(finding, language, path_of) for finding in found if finding.fate is fate]
        if told:
            groups.append(
                FateGroup(
                    slug=fate.value,
                    name=language.gettext(name),
                    meaning=language.gettext(meaning),
                    count=len(told),
                    findings=tuple(told[:_SHOWN]),
                )
            )
    return tuple(groups)


def _told(finding: Finding, language: Language, path_of: Callable[[Finding], str]) -> Told:
    message, remedy = _texts(finding, language)
    published = finding.fate not in {Fate.RECORD_REJECTED, Fate.SOURCE_FAILED, Fate.SOURCE_ALARM}
    path = path_of(finding) if published and finding.record else ""
    return Told(finding=finding, record=path, rows=row_numbers(finding), message=message, remedy=remedy)


def row_numbers(finding: Finding) -> str:
    """``3, 4``, or ``first.csv 3, 4 · second.csv 1`` in a source of several files."""
    numbers: dict[str, list[str]] = {}
    for file, number in zip_longest(finding.files, map(str, finding.rows), fillvalue=""):
        numbers.setdefault(file, []).append(number)
    return " · ".join(f"{file} {', '.join(rows)}".strip() for file, rows in numbers.items())


def _texts(finding: Finding, language: Language) -> tuple[str, str]:
    if language.code == "en":
        return finding.message_en, finding.remedy_en
    return finding.message_fr, finding.remedy_fr


def report_table(findings: tuple[Finding, ...]) -> bytes:
    """Every finding as a CSV table; a value that a spreadsheet would run is quoted."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    for one in findings:
        rows = " ".join(map(str, one.rows))
        texts = (one.record, rows, "; ".join(one.files), one.field, one.value, one.example,
                 one.message_fr, one.remedy_fr, one.message_en, one.remedy_en)  # fmt: skip
        table.writerow([one.fate.value, one.rule, one.source, *(harmless(text or "") for text in texts)])
    return out.getvalue().encode("utf-8-sig")
