"""RSS and Atom feeds to rows."""

import io
from collections.abc import Iterator
from typing import Any

import feedparser

from cis_graph.errors import SourceFault
from cis_graph.harvest.structured import table_of
from cis_graph.harvest.trees import tree
from cis_graph.mapping.tables import FeedFile, Table

_PLAIN = ("id", "title", "link", "published", "updated", "summary", "author")


def feed_table(file: FeedFile, data: bytes) -> Table:
    """The entries of a feed, one row each; an entry without an id goes by its link.

    Raises:
        SourceFault: it is no XML, or no feed.
    """
    tree(file.name, data)  # bounded, well-formed and without entities before another parser sees it
    feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    if not feed.version:
        raise SourceFault(
            f"{file.name}: neither RSS nor Atom; see whether the address still gives a feed",
            french=f"{file.name} n'est pas un flux RSS ou Atom",
        )
    return table_of(file.name, (_cells(entry) for entry in feed.entries))


def _cells(entry: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - untyped in its library
    for name in _PLAIN:
        yield name, str((name in entry and entry[name]) or (name == "id" and entry.get("link")) or "")
    yield "categories", ";".join(str(tag.get("term") or "") for tag in entry.get("tags", ()))
