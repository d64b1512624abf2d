"""What became of data, told to a contributor: findings by fate, as a page, CSV, JSON and SHACL."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
_SHOWN = 100  # of what was found, and places of each
_AT_ONCE = 5  # places shown at once
_COLUMNS = ("fate", "rule", "source", "record", "rows", "files", "field", "value", "example",
            "message_fr", "remedy_fr", "message_en", "remedy_en")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was found; ``path`` is of the record's page, empty where it was not published."""

    record: str
    path: str
    node: str  # its name in the record
    rows: str
    in_files: bool  # whether ``rows`` names files, as it does where the source has several
    field: str
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was found, once or at many places, in the reader's language: the first places, and some of the others."""

    rule: str
    message: str
    remedy: str
    example: str | None
    count: int
    places: tuple[Place, ...]
    others: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FateGroup:
    """The findings of one fate: those that say the same stand together, the most frequent first."""

    slug: str
    name: str
    meaning: str
    count: int
    told: tuple[Told, ...]
    unseen: int  # of what was found, not shown


def by_fate(
    findings: Iterable[Finding], language: Language, path_of: Callable[[Finding], str] = lambda _: ""
) -> tuple[FateGroup, ...]:
    """The findings in groups, the gravest first; ``path_of`` gives the page of a finding's record."""
    found = tuple(findings)
    groups = []
    for fate, (name, meaning) in _FATES.items():
        alike: dict[tuple[str, str, str, str | None], list[Finding]] = defaultdict(list)
        for finding in found:
            if finding.fate is fate:
                alike[finding.rule, *_texts(finding, language), finding.example].append(finding)
        if alike:
            told = [_told(said, ones, path_of) for said, ones in sorted(alike.items(), key=lambda one: -len(one[1]))]
            groups.append(
                FateGroup(
                    slug=fate.value,
                    name=language.gettext(name),
                    meaning=language.gettext(meaning),
                    count=sum(one.count for one in told),
                    told=tuple(told[:_SHOWN]),
                    unseen=len(told[_SHOWN:]),
                )
            )
    return tuple(groups)


def _told(said: tuple[str, str, str, str | None], alike: Sequence[Finding], path_of: Callable[[Finding], str]) -> Told:
    rule, message, remedy, example = said
    places = tuple(_place(finding, message, path_of) for finding in alike[:_SHOWN])
    return Told(rule=rule, message=message, remedy=remedy, example=example, count=len(alike),
                places=places[:_AT_ONCE], others=places[_AT_ONCE:])  # fmt: skip


def _place(finding: Finding, message: str, path_of: Callable[[Finding], str]) -> Place:
    """Where a finding is from; a value that the message tells is not told again."""
    published = finding.fate not in {Fate.RECORD_REJECTED, Fate.SOURCE_FAILED, Fate.SOURCE_ALARM}
    told = finding.value is None or finding.value in message
    return Place(
        record=finding.record or "",
        path=path_of(finding) if published and finding.record else "",
        node=_node(finding) if finding.record != _node(finding) else "",
        rows=row_numbers(finding),
        in_files=bool(finding.files),
        field=finding.field or "",
        value=None if told else finding.value,
    )


def _node(finding: Finding) -> str:
    return re.split("[/#]", finding.node)[-1] if finding.node else ""


def row_numbers(finding: Finding) -> str:
    """``3, 4``, or ``first.csv 3, 4 · second.csv 1`` in a source of several files."""
    numbers: dict[str, list[str]] = {}
    for file, number in zip_longest(finding.files, map(str, finding.rows), fillvalue=""):
        numbers.setdefault(file, []).append(number)
    return " · ".join(f"{file} {', '.join(rows)}".strip() for file, rows in numbers.items())


def _texts(finding: Finding, language: Language) -> tuple[str, str]:
    """Message and remedy, without the node that the message begins with: that is where, not what."""
    node = _node(finding)
    if language.code == "en":
        return finding.message_en.removeprefix(f'"{node}": '), finding.remedy_en
    return finding.message_fr.removeprefix(f"« {node} » : "), finding.remedy_fr


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
