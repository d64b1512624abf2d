"""schema.org items in HTML pages to rows: JSON-LD and microdata, read alike."""

from collections.abc import Iterator
from typing import Any

from lxml.etree import LxmlError

from cis_graph.errors import SourceFault
from cis_graph.harvest.parts import Part
from cis_graph.harvest.structured import cells, table_of
from cis_graph.mapping.tables import PagesFile, Table

ADDRESS = "(adresse)"
LARGEST_PAGE = 5 * 1024 * 1024  # bytes
_SYNTAXES = ["json-ld", "microdata"]


def pages_table(file: PagesFile, pages: tuple[Part, ...]) -> Table:
    """One row for each item of the declared type, in the order of the pages; a page without one gives none.

    Raises:
        SourceFault: a page is larger than any page is, or nests deeper than any item does.
    """
    return table_of(file.name, (row for page in pages for row in _rows(file, page)))


def _rows(file: PagesFile, page: Part) -> Iterator[Iterator[tuple[str, str]]]:
    if len(page.data) > LARGEST_PAGE:
        raise SourceFault(
            f"{file.name}: {page.url} has more than {LARGEST_PAGE} bytes; see whether it is a page",
            french=f"la page {page.url} dépasse {LARGEST_PAGE} octets",
        )
    import extruct  # noqa: PLC0415 - a fifth of a server's start, which reads no pages

    text = page.data.decode("utf-8", "replace")
    try:
        found = extruct.extract(text, base_url=page.url, syntaxes=_SYNTAXES, errors="ignore", uniform=True)
    except (LxmlError, ValueError, RecursionError):
        found = {}  # no page at all: no item
    for item in _items(found):
        if file.item in _types(item):
            yield _row(file, page, item)


def _row(file: PagesFile, page: Part, item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield ADDRESS, page.url
    yield from cells(f"{file.name} {page.url}", "", item)


def _items(found: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    waiting = [item for syntax in _SYNTAXES for item in found.get(syntax, ())]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, dict):
            yield item
            listed = item.get("@graph")
            waiting += listed if isinstance(listed, list) else ()


def _types(item: dict[str, Any]) -> frozenset[str]:
    stated = item.get("@type")
    return frozenset(map(str, stated)) if isinstance(stated, list) else frozenset({str(stated)})
