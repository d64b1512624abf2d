"""For crawlers: what they may read, and the addresses of all pages, at most fifty thousand a file."""

from collections.abc import Iterable
from itertools import chain
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.terms import Iri
from cis_graph.web import vocabulary as v
from cis_graph.web.answers import answer
from cis_graph.web.kept import Kept
from cis_graph.web.negotiation import Representation
from cis_graph.web.problems import not_found
from cis_graph.web.visits import Site, Visit, visit

MOST = 50_000  # addresses a file, as sitemaps.org has it
_XML = Representation(name="xml", media_type="application/xml")
_TEXT = Representation(name="txt", media_type="text/plain", charset=True)
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_FIXED = ("/", "/about", "/contribute", "/contributors", "/data", "/network", "/queries", "/methods", "/ontology",
          "/accessibility", "/legal")  # fmt: skip
_CLASSES = ("Project", "Actor", "Programme", "Event", "Contributor", "Theme", "Audience", "Method", "Territory")
_ROBOTS = """User-agent: *
Disallow: /search
Disallow: /en/search
Disallow: /sparql
Disallow: /graphs
Disallow: /*?*page=

Sitemap: {origin}/sitemap.xml
"""


def router(site: Site) -> APIRouter:
    """The routes for crawlers."""
    routes = APIRouter(tags=["pages"])
    known: Kept[tuple[str, ...]] = Kept()  # read once a release

    def paths(asked: Visit) -> tuple[str, ...]:
        return known.of(asked.release, "", lambda: tuple(chain(_FIXED, _entities(asked))))

    @routes.get("/robots.txt", summary="What crawlers may read")
    def robots(request: Request) -> Response:
        asked = visit(site, request)
        text = _ROBOTS.format(origin=asked.origin)
        return answer(asked, _TEXT, text.encode, vary="Accept-Encoding", state=asked.origin)

    @routes.get("/sitemap.xml", summary="The files of addresses")
    def index(request: Request) -> Response:
        asked = visit(site, request)

        def made() -> bytes:
            files = range(1, -(-len(paths(asked)) // MOST) + 1)
            entries = (f"<sitemap><loc>{escape(asked.origin)}/sitemap-{one}.xml</loc></sitemap>" for one in files)
            return _document("sitemapindex", entries)

        return answer(asked, _XML, made, vary="Accept-Encoding", state=asked.origin)

    @routes.get("/sitemap-{number}.xml", summary="Addresses of pages")
    def addresses(request: Request, number: str) -> Response:
        asked = visit(site, request)
        first = (int(number) - 1) * MOST if number.isascii() and number.isdigit() and len(number) < len("10000") else -1
        found = paths(asked)[first : first + MOST] if first >= 0 else ()
        if not found:
            raise not_found()
        entries = (f"<url><loc>{escape(asked.origin + path)}</loc></url>" for path in found)
        return answer(asked, _XML, lambda: _document("urlset", entries), vary="Accept-Encoding", state=asked.origin)

    return routes


def _entities(asked: Visit) -> Iterable[str]:
    gone = {row["entity"].value for row in asked.release.rows("pages/gone")}
    for name in _CLASSES:
        rows = asked.release.rows("pages/addresses", **{"class": Iri(v.INSOC + name)})
        known = {row["entity"].value for row in rows} - gone
        yield from sorted(path for path in map(asked.addresses.path, known) if path)


def _document(name: str, entries: Iterable[str]) -> bytes:
    lines = ('<?xml version="1.0" encoding="UTF-8"?>', f"<{name} {_SPACE}>", *entries, f"</{name}>")
    return "\n".join(lines).encode()
