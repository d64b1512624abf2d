"""Contributors: what each brought, under which licence, and what became of its records."""

import json
from dataclasses import asdict, dataclass
from functools import partial
from typing import ClassVar
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.intake.telling import finding_json
from cis_graph.model.accounts import Merged, SourceAccount
from cis_graph.model.findings import Finding
from cis_graph.model.terms import Iri
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.report import shacl_report
from cis_graph.web import vocabulary as v
from cis_graph.web.addresses import Addresses
from cis_graph.web.answers import answer, page_answer
from cis_graph.web.entity import EntityPage, View, named_detail
from cis_graph.web.facts import Link, by_name, linked, listed
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import CSV, GRAPHS, JSON, Representation, graph_format, named
from cis_graph.web.pages import Page
from cis_graph.web.paging import Paged, paged
from cis_graph.web.problems import not_found
from cis_graph.web.quality import Measured, measured
from cis_graph.web.reports import FateGroup, by_fate, report_table
from cis_graph.web.sources import Licence, licence_of
from cis_graph.web.texts import Text, text_of
from cis_graph.web.visits import Site, Visit, visit

_SHOWN = 100
_REPORTS = (CSV, JSON, *(form for form in GRAPHS if form.name != "trig"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A record that is one with others: the path of what they describe together, and whose they are."""

    record: str
    path: str
    others: int
    contributors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributorPage(EntityPage):
    """One contributor."""

    template: ClassVar[str] = "contributor.html"
    licence: Licence | None
    records: Paged[Link]
    projects: int
    note: Text | None
    accounts: tuple[SourceAccount, ...]
    quality: Measured | None
    report: tuple[FateGroup, ...]
    report_path: str
    merged: tuple[Shared, ...]
    merged_total: int


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

    @routes.get(
        "/contributor/{slug}/report.{extension}", summary="What became of a contributor's data: csv, json, or SHACL"
    )
    def report(request: Request, slug: str, extension: str) -> Response:
        asked = visit(site, request)
        form = named(extension, _REPORTS)
        if form is None or form.name != extension:
            raise not_found()
        headers = {"Content-Disposition": f'attachment; filename="{quote(slug, safe="")}.{form.name}"'}
        return answer(asked, form, lambda: _report(asked, slug, form), headers=headers)

    return routes


def _report(asked: Visit, slug: str, form: Representation) -> bytes:
    findings, accounts = asked.release.findings(slug), asked.release.accounts(slug)
    if form == CSV:
        return report_table(findings)
    if form == JSON:
        told = {"contributor": slug, "accounts": [asdict(one) for one in accounts],
                "findings": [finding_json(one) for one in findings]}  # fmt: skip
        return json.dumps(told, ensure_ascii=False, indent=1).encode()
    return shacl_report(slug, findings, Iris(asked.addresses.base), graph_format(form))


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
    accounts = view.release.accounts(view.key)
    merged = [one for account in accounts for one in account.merged]
    details = (named_detail(view, marked("Organisation"), v.ON_BEHALF_OF),)
    return ContributorPage(
        **view.common(details),
        licence=licence_of(view.facts.value(v.LICENCE), view.language),
        records=paged(links, number=view.page, path=view.path),
        projects=len({row["item"].value for row in rows if "item" in row and "kind" not in row}),
        note=view.facts.text(v.NOTE),
        accounts=accounts,
        merged=tuple(_shared(one, view.addresses) for one in merged[:_SHOWN]),
        merged_total=len(merged),
        quality=measured(tuple(view.release.quality().get(view.key, ())), view.language),
        report=by_fate(view.release.findings(view.key), view.language, partial(_record_path, view.addresses)),
        report_path=f"/contributor/{view.key}/report",
    )


def _shared(merged: Merged, addresses: Addresses) -> Shared:
    kind, _, key = merged.entity.partition("/")
    path = addresses.path(Iris(addresses.base).entity(kind, key)) or ""
    return Shared(record=merged.record, path=path, others=merged.others, contributors=merged.contributors)


def _record_path(addresses: Addresses, finding: Finding) -> str:
    iri = addresses.record(f"{finding.contributor}/{finding.record}")
    return (addresses.path(iri) if iri else None) or ""
