"""The credit of each contributor: its record, its licence, its original page."""

from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.model.terms import Term
from cis_graph.web.addresses import Addresses, is_web_link
from cis_graph.web.facts import Link, linked
from cis_graph.web.languages import Language, marked
from cis_graph.web.surroundings import Credit
from cis_graph.web.texts import stated_date, text_of

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


def sources_of(credits_: Iterable[Credit], language: Language, addresses: Addresses) -> tuple[Source, ...]:
    """One source a record, by name of contributor."""
    found = [source_of(one, language, addresses) for one in credits_]
    return tuple(sorted(found, key=lambda source: (source.contributor.text.value.casefold(), source.record)))


def source_of(told: Credit, language: Language, addresses: Addresses) -> Source:
    """A record with who gave it."""
    return Source(
        record=addresses.path(told.record) or "",
        name=told.record.removeprefix(f"{addresses.base}id/record/").partition("/")[2],
        contributor=linked(told.contributor, map(text_of, told.names), language.code, addresses),
        licence=licence_of(told.licence, language),
        page=told.page.value if told.page and is_web_link(told.page.value) else "",
        changed=stated_date(told.changed.value, language.code) if told.changed else "",
    )
