"""The credit of each contributor: its record, its licence, its original page."""

from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.model.terms import Row, Term
from cis_graph.web.addresses import Addresses, is_web_link
from cis_graph.web.facts import Link, linked
from cis_graph.web.languages import Language, marked
from cis_graph.web.texts import Text, stated_date, text_of

UNSTATED = "http://rightsstatements.org/vocab/CNE/1.0/"
_NAMES = {
    "https://spdx.org/licenses/etalab-2.0": "Licence Ouverte 2.0",
    "https://www.etalab.gouv.fr/licence-ouverte-open-licence/": "Licence Ouverte 2.0",
    "https://spdx.org/licenses/ODbL-1.0": "ODbL 1.0",
    "https://opendatacommons.org/licenses/odbl/1-0/": "ODbL 1.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    "http://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC BY-SA 4.0",
    UNSTATED: marked("licence non précisée : seuls les faits sont repris"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence under the name people know, with its text's address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One record with who gave it."""

    record: str  # path of its page, empty where it has none
    name: str  # the contributor's own identifier of it
    contributor: Link
    licence: Licence | None
    page: str  # address of the original page, empty where there is none
    changed: str  # when the contributor changed or published it


def licence_of(term: Term | None, language: Language) -> Licence | None:
    """The licence a term names."""
    if term is None:
        return None
    name = language.gettext(_NAMES[term.value]) if term.value in _NAMES else term.value
    return Licence(name=name, address=term.value if is_web_link(term.value) else "")


def sources_of(rows: Iterable[Row], language: Language, addresses: Addresses) -> tuple[Source, ...]:
    """One source a record, by name of contributor."""
    by_record: dict[str, list[Row]] = {}
    for row in rows:
        by_record.setdefault(row["record"].value, []).append(row)
    found = [_source(record, of_record, language, addresses) for record, of_record in by_record.items()]
    return tuple(sorted(found, key=lambda source: (source.contributor.text.value.casefold(), source.record)))


def _source(record: str, rows: list[Row], language: Language, addresses: Addresses) -> Source:
    row = rows[0]
    names: set[Text] = {text_of(each["name"]) for each in rows}
    page, changed = row.get("page"), row.get("modified") or row.get("issued")
    return Source(
        record=addresses.path(record) or "",
        name=record.removeprefix(f"{addresses.base}id/record/").partition("/")[2],
        contributor=linked(row["contributor"].value, names, language.code, addresses),
        licence=licence_of(row.get("licence") or row.get("rights"), language),
        page=page.value if page and is_web_link(page.value) else "",
        changed=stated_date(changed.value, language.code) if changed else "",
    )
