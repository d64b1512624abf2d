"""A declared origin to bytes: one request, or as many as its list has answers."""

import json
import zlib
from collections.abc import Iterator
from functools import singledispatch
from typing import Any
from urllib.parse import urlencode

from lxml import etree

from cis_graph.errors import SourceFault
from cis_graph.harvest.client import Answer, Client
from cis_graph.harvest.parts import Part, joined
from cis_graph.harvest.trees import tree
from cis_graph.mapping.origins import Address, Counted, NumberedPages, OaiPmh, Origin, Sitemap, SparqlEndpoint

MOST_PARTS = 5_000
_LARGEST_SITEMAP = 50 * 1024 * 1024  # bytes, as the protocol of sitemaps allows
_GONE = frozenset({400, 404})  # WordPress says 400 beyond its last page
_RESULTS = "text/csv, application/n-triples;q=0.9, text/turtle;q=0.8"
_HTML = (b"<!doctype html", b"<html")


@singledispatch
def collected(origin: Origin, client: Client) -> bytes:
    """The file that an origin gives now.

    Raises:
        SourceFault: it does not answer as declared.
    """
    raise NotImplementedError(type(origin).__name__)


@collected.register
def _(origin: Address, client: Client) -> bytes:
    return client.get(origin.url).data


@collected.register
def _(origin: NumberedPages, client: Client) -> bytes:
    return joined(_bounded(origin.url, _numbered(origin, client)))


@collected.register
def _(origin: Counted, client: Client) -> bytes:
    return joined(_bounded(origin.url, _counted(origin, client)))


@collected.register
def _(origin: OaiPmh, client: Client) -> bytes:
    return joined(_bounded(origin.url, _resumed(origin, client)))


@collected.register
def _(origin: Sitemap, client: Client) -> bytes:
    pages = dict.fromkeys(url for url in _located(origin.url, client, {}) if url.startswith(origin.under))
    if not pages:
        raise SourceFault(
            f"{origin.url}: no page under {origin.under}; see whether the site moved them",
            french=f"{origin.url} ne donne aucune page sous {origin.under}",
        )
    return joined(_bounded(origin.url, (Part(url, client.get(url, "text/html").data) for url in pages)))


@collected.register
def _(origin: SparqlEndpoint, client: Client) -> bytes:
    return client.get(f"{origin.url}?{urlencode({'query': origin.query})}", _RESULTS).data


def looks_like_a_page(data: bytes) -> bool:
    """Whether bytes are HTML whatever their type says: a page of error or consent where a file should be."""
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML)


def _bounded(url: str, parts: Iterator[Part]) -> Iterator[Part]:
    for number, part in enumerate(parts, 1):
        if number > MOST_PARTS:
            raise SourceFault(
                f"{url}: more than {MOST_PARTS} answers; ask the contributor for one file",
                french=f"{url} donne plus de {MOST_PARTS} réponses",
            )
        yield part


def _numbered(origin: NumberedPages, client: Client) -> Iterator[Part]:
    number, last = 1, None
    while last is None or number <= last:
        url = origin.url.replace("{page}", str(number))
        answer = client.get(url, "application/json", missing=_GONE if number > 1 else frozenset())
        if answer.status in _GONE or not _listed(answer, origin.records):
            return
        yield Part(url, answer.data)
        told = answer.headers.get("x-wp-totalpages", "")
        last = int(told) if told.isdecimal() else None
        number += 1


def _counted(origin: Counted, client: Client) -> Iterator[Part]:
    offset = 0
    while True:
        url = origin.url.replace("{offset}", str(offset))
        answer = client.get(url, "application/json")
        found = len(_listed(answer, origin.records))
        if found:
            yield Part(url, answer.data)
        if found < origin.step:
            return
        offset += origin.step


def _listed(answer: Answer, records: tuple[str, ...]) -> list[Any]:
    try:
        document = json.loads(answer.data)
    except (ValueError, RecursionError) as error:
        raise _unlike(answer.url, "JSON") from error
    for key in records:
        document = document.get(key) if isinstance(document, dict) else None
    if not isinstance(document, list):
        raise _unlike(answer.url, "a list of records")
    return document


def _resumed(origin: OaiPmh, client: Client) -> Iterator[Part]:
    asked = {"verb": "ListRecords", "metadataPrefix": origin.metadata} | ({"set": origin.set} if origin.set else {})
    seen: set[str] = set()
    while True:
        url = f"{origin.url}?{urlencode(asked)}"
        data = client.get(url, "text/xml").data
        root = tree(url, data)
        error = root.find("{*}error")
        if error is not None:
            raise SourceFault(f"{url}: {error.get('code')}: {' '.join((error.text or '').split())[:200]}")
        yield Part(url, data)
        token = (root.findtext("{*}ListRecords/{*}resumptionToken") or "").strip()
        if not token:
            return
        if token in seen:
            raise SourceFault(
                f"{url}: its list leads back to itself; tell the contributor",
                french=f"la liste de {url} tourne en rond",
            )
        seen.add(token)
        asked = {"verb": "ListRecords", "resumptionToken": token}


def _located(url: str, client: Client, seen: dict[str, None]) -> Iterator[str]:
    if url in seen or len(seen) > MOST_PARTS:
        return
    seen[url] = None
    root = tree(url, _unpacked(url, client.get(url, "application/xml").data))
    places = [(place.text or "").strip() for place in root.iterfind("{*}*/{*}loc")]
    if etree.QName(root).localname == "sitemapindex":
        for place in places:
            yield from _located(place, client, seen)
    else:
        yield from places


def _unpacked(url: str, data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(data, _LARGEST_SITEMAP)
    except zlib.error as error:
        raise _unlike(url, "a gzip file") from error
    if len(unpacked) >= _LARGEST_SITEMAP:
        raise _unlike(url, f"a sitemap of at most {_LARGEST_SITEMAP} bytes")
    return unpacked


def _unlike(url: str, what: str) -> SourceFault:
    return SourceFault(
        f"{url}: the answer is not {what}; see whether the source changed its shape",
        french=f"{url} ne répond plus sous la forme attendue",
    )
