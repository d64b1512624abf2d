"""Content negotiation after RFC 9110, section 12.5: forms by ``Accept``, codings by ``Accept-Encoding``."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar, cast

from cis_graph.model.releases import RdfFormat, ResultFormat

_Form = TypeVar("_Form")
_Chosen = TypeVar("_Chosen")

IDENTITY = "identity"
_USUAL = 400  # characters; what is longer is read anew
_ITEM = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')  # a comma inside a quoted string ends no item
_PARAMETER = re.compile(r';((?:[^;"]|"(?:[^"\\]|\\.)*"?)*)')
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_RANGE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Representation:
    """One form of a resource, equal to itself alone; ``name`` is its extension and its ``?format=``.

    ``aliases`` are other media types and ``synonyms`` other names under which clients ask for it.
    """

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    charset: bool = False

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


HTML = Representation(name="html", media_type="text/html", charset=True)
JSON = Representation(name="json", media_type="application/json")
CSV = Representation(name="csv", media_type="text/csv", charset=True)
TURTLE = Representation(
    name="ttl",
    media_type="text/turtle",
    aliases=("application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3"),
    synonyms=("turtle", "n3"),
    charset=True,
)
N_TRIPLES = Representation(
    name="nt", media_type="application/n-triples", aliases=("text/plain",), synonyms=("ntriples", "n-triples")
)
JSON_LD = Representation(
    name="jsonld", media_type="application/ld+json", aliases=("application/json",), synonyms=("json-ld", "json")
)
RDF_XML = Representation(
    name="rdf",
    media_type="application/rdf+xml",
    aliases=("application/xml", "text/xml"),
    synonyms=("rdf+xml", "rdfxml", "xml"),
)
TRIG = Representation(name="trig", media_type="application/trig", aliases=("application/x-trig",))
GEXF = Representation(name="gexf", media_type="application/gexf+xml")
GRAPHML = Representation(name="graphml", media_type="application/graphml+xml")
SVG = Representation(name="svg", media_type="image/svg+xml")

RESULTS_JSON = Representation(
    name="json", media_type="application/sparql-results+json", aliases=(JSON.media_type,), synonyms=("srj",)
)
RESULTS_XML = Representation(
    name="xml",
    media_type="application/sparql-results+xml",
    aliases=("application/xml", "text/xml"),
    synonyms=("srx",),
)
TSV = Representation(name="tsv", media_type="text/tab-separated-values", charset=True)
SPARQL_QUERY = Representation(name="rq", media_type="application/sparql-query", charset=True)
RESULTS = (RESULTS_JSON, RESULTS_XML, CSV, TSV)

_SAME_CODING = {"x-gzip": "gzip", "x-compress": "compress"}  # RFC 9110, section 8.4.1
GRAPHS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, TRIG)


def qualities(header: str) -> Sequence[tuple[str, float]]:
    """Each item of an ``Accept…`` list in lower case with its q; items with a malformed q are left out."""
    found = []
    for item in _ITEM.findall(header.lower()):
        name = item.split(";", 1)[0].strip()
        parameters = (part.strip() for part in _PARAMETER.findall(item))
        quality = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        if name and _QUALITY.fullmatch(quality):
            found.append((name, float(quality)))
    return tuple(found)


def _remembered(
    chosen: Callable[[str, tuple[_Form, ...]], _Chosen],
) -> Callable[[str | None, tuple[_Form, ...]], _Chosen]:
    """A choice by a header, none being empty; clients send the same few again and again."""
    usual = lru_cache(2048)(chosen)

    @wraps(chosen)
    def choice(header: str | None, available: tuple[_Form, ...]) -> _Chosen:
        text = header or ""
        return usual(text, available) if len(text) < _USUAL else chosen(text, available)

    return choice


@_remembered
def choose(accept: str, available: tuple[Representation, ...]) -> Representation | None:
    """The representation the client wants most, None where none will do.

    Among equals one that the client spells out wins over one that a wildcard covers, then the first of ``available``.
    """
    ranges = [(name, quality) for name, quality in qualities(accept) if _RANGE.fullmatch(name)]
    if not ranges:
        return available[0]
    spelled = {name for name, _ in ranges}
    graded = [(_wanted(ranges, item), not spelled.isdisjoint({item.media_type, *item.aliases})) for item in available]
    best = max(graded)
    return available[graded.index(best)] if best[0] else None


def named(name: str, available: Iterable[Representation]) -> Representation | None:
    """The representation with this name or media type, as ``?format=`` gives it; a ``+`` may have become a space."""
    wanted = name.lower().replace(" ", "+")
    known = list(available)
    exact = next((item for item in known if wanted in {item.name, item.media_type}), None)
    return exact or next((item for item in known if wanted in {*item.aliases, *item.synonyms}), None)


def split_extension(text: str, forms: tuple[Representation, ...]) -> tuple[str, str]:
    """A key and the extension of one of these forms, empty where it has none."""
    name, dot, extension = text.rpartition(".")
    return (name, extension) if dot and extension in {form.name for form in forms} else (text, "")


def graph_format(form: Representation) -> RdfFormat:
    """The form as a serialisation of RDF."""
    return cast("RdfFormat", form.name)


def result_format(form: Representation) -> ResultFormat:
    """The form as a format of SPARQL results."""
    return cast("ResultFormat", form.name)


@_remembered
def choose_coding(accept_encoding: str, available: tuple[str, ...]) -> str | None:
    """The content coding the client wants most, :data:`IDENTITY` where it names none; None where none will do.

    Among equals the first of ``available`` wins. Identity is acceptable unless it is refused, by name or by ``*``, and
    comes last unless it is named.
    """
    graded: dict[str, float] = {}
    for name, quality in qualities(accept_encoding):
        known = _SAME_CODING.get(name, name)
        graded[known] = max(quality, graded.get(known, 0.0))
    others = graded.get("*", 0.0)
    wanted = [(graded.get(name, others), name) for name in available]
    best = max((quality for quality, _ in wanted), default=0.0)
    plain = graded.get(IDENTITY, 0.0)
    if best and best >= plain:
        return next(name for quality, name in wanted if quality == best)
    refused = IDENTITY in graded or "*" in graded
    return None if refused and not (plain or (IDENTITY not in graded and others)) else IDENTITY


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
