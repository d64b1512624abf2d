"""Content negotiation after RFC 9110, section 12.5."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_RANGE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """One form of a resource; ``name`` is its extension and its ``?format=``."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()
    charset: bool = False

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


HTML = Representation(name="html", media_type="text/html", charset=True)
JSON = Representation(name="json", media_type="application/json")
CSV = Representation(name="csv", media_type="text/csv", charset=True)
TURTLE = Representation(name="ttl", media_type="text/turtle", aliases=("application/x-turtle",), charset=True)
N_TRIPLES = Representation(name="nt", media_type="application/n-triples", aliases=("text/plain",))
JSON_LD = Representation(name="jsonld", media_type="application/ld+json", aliases=("application/json",))
RDF_XML = Representation(name="rdf", media_type="application/rdf+xml", aliases=("application/xml", "text/xml"))
TRIG = Representation(name="trig", media_type="application/trig", aliases=("application/x-trig",))

GRAPHS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, TRIG)


def qualities(header: str) -> list[tuple[str, float]]:
    """Each item of an ``Accept…`` list in lower case with its q; items with a malformed q are left out."""
    found = []
    for item in header.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = next((text[2:].strip() for text in parameters if text.startswith("q=")), "1")
        if name and _QUALITY.fullmatch(quality):
            found.append((name, float(quality)))
    return found


def choose(accept: str | None, available: Sequence[Representation]) -> Representation | None:
    """The representation the client wants most; among equals the first of ``available``; None where none will do."""
    ranges = [(name, quality) for name, quality in qualities(accept or "") if _RANGE.fullmatch(name)]
    if not ranges:
        return available[0]
    graded = [(_wanted(ranges, item), item) for item in available]
    best = max(quality for quality, _ in graded)
    return next(item for quality, item in graded if quality == best) if best else None


def accepts(accept: str | None, media_type: str) -> bool:
    """Whether the client takes this media type."""
    return choose(accept, (Representation(name="", media_type=media_type),)) is not None


def named(name: str, available: Iterable[Representation]) -> Representation | None:
    """The representation with this name or media type, as ``?format=`` gives it."""
    wanted = name.lower()
    return next((item for item in available if wanted in {item.name, *_media_types(item)}), None)


def prefers_gzip(accept_encoding: str | None) -> bool:
    """Whether the client takes gzip."""
    graded = dict(qualities(accept_encoding or ""))
    return graded.get("gzip", graded.get("*", 0.0)) > 0


def _media_types(item: Representation) -> tuple[str, ...]:
    return (item.media_type, *item.aliases)


def _wanted(ranges: Sequence[tuple[str, float]], item: Representation) -> float:
    """How much a form is wanted; another name of it counts only when it is spelled out."""
    aliases = [quality for name, quality in ranges if name in item.aliases]
    return max([_quality(ranges, item.media_type), *aliases])


def _quality(ranges: Sequence[tuple[str, float]], media_type: str) -> float:
    """The quality given by the most specific range that matches."""
    family = media_type.split("/", 1)[0]
    for pattern in (media_type, f"{family}/*", "*/*"):
        given = [quality for name, quality in ranges if name == pattern]
        if given:
            return max(given)
    return 0.0
