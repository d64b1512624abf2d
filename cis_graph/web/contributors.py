"""Contributors: what each brought, under which licence, and what became of its records."""

import csv
import io
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.accounts import SourceAccount
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.terms import Iri
from cis_graph.web import vocabulary as v
from cis_graph.web.answers import answer, page_answer
from cis_graph.web.entity import EntityPage, View, named_detail
from cis_graph.web.facts import Link, by_name, linked, listed
from cis_graph.web.languages import Language, marked
from cis_graph.web.negotiation import CSV
from cis_graph.web.pages import Page
from cis_graph.web.paging import Paged, paged
from cis_graph.web.sources import Licence, licence_of
from cis_graph.web.texts import Text, text_of
from cis_graph.web.visits import Site, Visit, visit

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
_COLUMNS = ("fate", "rule", "source", "record", "rows", "files", "field", "value",
            "message_fr", "remedy_fr", "message_en", "remedy_en")  # fmt: skip
_FORMULAS = frozenset("=+-@\t\r")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributorPage(EntityPage):
    """One contributor."""

    template: ClassVar[str] = "contributor.html"
    licence: Licence | None
    records: Paged[Link]
    projects: int
    note: Text | None
    accounts: tuple[SourceAccount, ...]
    report: tuple[FateGroup, ...]
    report_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One contributor in the list."""

    link: Link
    licence: Licence | None
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributorsPage(Page):
    """All contributors."""

    template: ClassVar[str] = "contributors.html"
    cards: tuple[Card, ...]


def router(site: Site) -> APIRouter:
    """The list of contributors; each one's page is an entity's."""
    routes = APIRouter(tags=["contributors"])

    @routes.get("/contributors", summary="Who contributes, and what each brought")
    def contributors(request: Request) -> Response:
        asked = visit(site, request)
        title = asked.language.gettext(marked("Contributeurs"))
        return page_answer(asked, lambda: ContributorsPage(title=title, cards=_cards(asked)))

    @routes.get("/contributor/{slug}/report.csv", summary="What became of a contributor's data, whole")
    def report(request: Request, slug: str) -> Response:
        asked = visit(site, request)
        asked.represented((CSV,))
        headers = {"Content-Disposition": f'attachment; filename="{quote(slug, safe="")}.csv"'}
        return answer(asked, CSV, lambda: report_table(asked.release.findings(slug)), headers=headers)

    return routes


def report_table(findings: tuple[Finding, ...]) -> bytes:
    """Every finding as a CSV table; a value that a spreadsheet would run is quoted."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    for one in findings:
        rows = " ".join(map(str, one.rows))
        texts = (one.record, rows, "; ".join(one.files), one.field, one.value,
                 one.message_fr, one.remedy_fr, one.message_en, one.remedy_en)  # fmt: skip
        table.writerow([one.fate.value, one.rule, one.source, *(_harmless(text or "") for text in texts)])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in _FORMULAS else text


def _cards(asked: Visit) -> tuple[Card, ...]:
    names: dict[str, set[Text]] = {}
    about: dict[str, tuple[Licence | None, int]] = {}
    for row in asked.release.rows("pages/contributors"):
        iri, records = row["contributor"].value, row.get("records")
        names.setdefault(iri, set()).add(text_of(row["name"]))
        about[iri] = (licence_of(row.get("licence"), asked.language), int(records.value) if records else 0)
    cards = [
        Card(
            link=linked(iri, texts, asked.language.code, asked.addresses), licence=about[iri][0], records=about[iri][1]
        )
        for iri, texts in names.items()
    ]
    return tuple(sorted(cards, key=lambda card: by_name(card.link)))


def page(view: View) -> ContributorPage:
    """The page of one contributor."""
    rows = view.rows("brought")
    titled = [{**row, "item": row["record"], "label": row["label"]} for row in rows if "label" in row]
    untitled = [
        {**row, "item": row["record"], "label": Iri(row["record"].value.rpartition("/")[2])}
        for row in rows
        if "label" not in row
    ]
    links = listed([*titled, *untitled], view.language.code, view.addresses)
    details = (named_detail(view, marked("Organisation"), v.ON_BEHALF_OF),)
    return ContributorPage(
        **view.common(details),
        licence=licence_of(view.facts.value(v.LICENCE), view.language),
        records=paged(links, number=view.page, path=view.path),
        projects=len({row["item"].value for row in rows if "item" in row and "kind" not in row}),
        note=view.facts.text(v.NOTE),
        accounts=view.release.accounts(view.key),
        report=_report(view),
        report_path=f"/contributor/{view.key}/report.csv",
    )


def _report(view: View) -> tuple[FateGroup, ...]:
    found = view.release.findings(view.key)
    groups = []
    for fate, (name, meaning) in _FATES.items():
        told = [_told(view, finding) for finding in found if finding.fate is fate]
        if told:
            groups.append(
                FateGroup(
                    slug=fate.value,
                    name=view.language.gettext(name),
                    meaning=view.language.gettext(meaning),
                    count=len(told),
                    findings=tuple(told[:_SHOWN]),
                )
            )
    return tuple(groups)


def _told(view: View, finding: Finding) -> Told:
    message, remedy = _texts(finding, view.language)
    published = finding.fate not in {Fate.RECORD_REJECTED, Fate.SOURCE_FAILED, Fate.SOURCE_ALARM}
    iri = view.addresses.record(f"{finding.contributor}/{finding.record}") if published and finding.record else None
    path = view.addresses.path(iri) if iri else None
    return Told(finding=finding, record=path or "", rows=row_numbers(finding), message=message, remedy=remedy)


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
