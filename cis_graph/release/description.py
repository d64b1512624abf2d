"""What a release says of itself, inside its default graph: service, VoID, DCAT, prefixes and examples.

Blank nodes and times are kept out, so that the same inputs give the same triples.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from cis_graph.rdf.examples import example_lines, examples
from cis_graph.rdf.iris import CONCEPT, DCAT, DCTERMS, PREFIXES, RDF, SH, SKOS, VOID
from cis_graph.rdf.quads import turtle_lines
from cis_graph.rdf.statements import iri, statement, text, typed
from cis_graph.release.counting import Counted
from cis_graph.release.limits import limit_lines
from cis_graph.release.parts import Parts
from cis_graph.resources import ONTOLOGY, SPARQL
from cis_graph.settings import Settings

DUMP_FORMATS = {"nq": "application/n-quads", "trig": "application/trig", "ttl": "text/turtle"}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_SCHEMES = ("theme", "audience", "method", "role", "actor-type")
_MORE_PREFIXES = {
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "uom": "http://www.opengis.net/def/uom/OGC/1.0/",
    **{scheme: f"{CONCEPT}{scheme}/" for scheme in _SCHEMES},
}


def description_lines(parts: Parts, found: Counted, settings: Settings) -> set[str]:
    """Everything the release says of itself, from its counts, its contributors and the settings it is built under."""
    base = settings.base
    return {
        *turtle_lines(ONTOLOGY / "dataset.ttl", base),
        *limit_lines(settings),
        *example_lines(examples(SPARQL / "examples"), base),
        *_prefixes(base),
        *_void(found, base),
        *_linksets(found, base),
        *_contributors(parts, found, base),
        *_distributions("all", f"{base}data#dataset", (iri("https://spdx.org/licenses/etalab-2.0"),), base),
    }


def _prefixes(base: str) -> Iterable[str]:
    for prefix, namespace in (PREFIXES | _MORE_PREFIXES).items():
        declared = f"{base}data#prefix-{prefix}"
        yield statement(f"{base}data#prefixes", f"{SH}declare", iri(declared))
        yield statement(declared, f"{RDF}type", iri(f"{SH}PrefixDeclaration"))
        yield statement(declared, f"{SH}prefix", text(prefix))
        yield statement(declared, f"{SH}namespace", typed(namespace, "anyURI"))


def _void(found: Counted, base: str) -> Iterable[str]:
    """The counts of the default graph, and a partition for each class and each property in it."""
    count = partial(_count, f"{base}data#dataset")
    yield from map(count, ("triples", "distinctSubjects", "classes", "properties"),
                   (found.triples, found.subjects, len(found.entities), len(found.properties)))  # fmt: skip
    yield statement(f"{base}data#dataset", f"{VOID}uriSpace", text(f"{base}id/"))
    yield _count(f"{base}sparql#default-graph", "triples", found.triples)
    for prop, number in found.properties.items():
        yield from _partition(f"{base}data#dataset", f"{base}data#property-{_slug(prop)}", "property", prop, number)
    for name, number in found.entities.items():
        place = f"{base}data#class-{_slug(name)}"
        yield statement(f"{base}data#dataset", f"{VOID}classPartition", iri(place))
        yield statement(place, f"{RDF}type", iri(f"{VOID}Dataset"))
        yield statement(place, f"{VOID}class", name)
        yield _count(place, "entities", number)
        for prop, uses in found.by_class[name].items():
            yield from _partition(place, f"{place}-{_slug(prop)}", "property", prop, uses)


def _partition(whole: str, part: str, kind: str, term: str, triples: int) -> Iterable[str]:
    yield statement(whole, f"{VOID}{kind}Partition", iri(part))
    yield statement(part, f"{RDF}type", iri(f"{VOID}Dataset"))
    yield statement(part, f"{VOID}{kind}", term)
    yield _count(part, "triples", triples)


def _linksets(found: Counted, base: str) -> Iterable[str]:
    """The links that lead elsewhere, a set for each property and host."""
    for prop, host, number in ((prop, *one) for prop, hosts in found.links.items() for one in hosts.items()):
        place, target = f"{base}data#links-{_slug(prop + host)}", f"{base}data#target-{_slug(host)}"
        yield statement(f"{base}data#dataset", f"{VOID}subset", iri(place))
        yield statement(place, f"{RDF}type", iri(f"{VOID}Linkset"))
        yield statement(place, f"{VOID}linkPredicate", prop)
        yield statement(place, f"{VOID}subjectsTarget", iri(f"{base}data#dataset"))
        yield statement(place, f"{VOID}objectsTarget", iri(target))
        yield _count(place, "triples", number)
        yield statement(target, f"{RDF}type", iri(f"{VOID}Dataset"))
        yield statement(target, f"{DCTERMS}title", text(host))


def _contributors(parts: Parts, found: Counted, base: str) -> Iterable[str]:
    """A dataset for each contributor: its graphs, triples, licence and files."""
    with parts.lookup(["provenance"]) as lookup:
        told = {slug: lookup.about(f"<{base}id/contributor/{slug}>".encode()) for slug in found.contributors}
    for slug, lines in told.items():
        said: dict[str, list[str]] = defaultdict(list)
        for line in sorted(lines):
            _, prop, rest = line.decode("utf-8").split(" ", 2)
            said[prop[1:-1]].append(rest[:-3])
        subset = f"{base}data#contributor-{slug}"
        yield statement(f"{base}data#dataset", f"{VOID}subset", iri(subset))
        yield statement(subset, f"{RDF}type", iri(f"{VOID}Dataset"))
        yield statement(subset, f"{RDF}type", iri(f"{DCAT}Dataset"))
        yield statement(subset, f"{DCTERMS}publisher", iri(f"{base}id/contributor/{slug}"))
        yield statement(subset, f"{VOID}uriSpace", text(f"{base}id/record/{slug}/"))
        yield _count(subset, "triples", found.told[slug])
        yield _count(subset, "documents", found.records[slug])
        yield from (statement(subset, f"{DCTERMS}title", label) for label in said[f"{SKOS}prefLabel"])
        licences = said[f"{DCTERMS}license"]
        yield from (statement(subset, f"{DCTERMS}rights", rights) for rights in said[f"{DCTERMS}rights"])
        yield from (statement(subset, f"{DCTERMS}license", licence) for licence in licences)
        yield from _distributions(slug, subset, licences, base)


def _distributions(name: str, dataset: str, licences: Iterable[str], base: str) -> Iterable[str]:
    """The files that hold a dataset."""
    for extension, media_type in DUMP_FORMATS.items():
        file = f"{base}data/{name}.{extension}.gz"
        yield statement(dataset, f"{DCAT}distribution", iri(file))
        yield statement(dataset, f"{VOID}dataDump", iri(file))
        yield statement(file, f"{RDF}type", iri(f"{DCAT}Distribution"))
        yield statement(file, f"{DCAT}downloadURL", iri(file))
        yield statement(file, f"{DCAT}mediaType", iri(f"{_MEDIA}{media_type}"))
        yield statement(file, f"{DCAT}compressFormat", iri(f"{_MEDIA}application/gzip"))
        yield from (statement(file, f"{DCTERMS}license", licence) for licence in licences)
    if dataset.endswith("#dataset"):
        yield statement(dataset, f"{DCAT}distribution", iri(f"{base}data#sparql"))
        yield statement(f"{base}data#sparql", f"{RDF}type", iri(f"{DCAT}Distribution"))
        yield statement(f"{base}data#sparql", f"{DCAT}accessURL", iri(f"{base}sparql"))
        yield statement(f"{base}data#sparql", f"{DCAT}accessService", iri(f"{base}sparql"))


def _count(subject: str, name: str, number: int) -> str:
    return statement(subject, f"{VOID}{name}", typed(str(number), "integer"))


def _slug(term: str) -> str:
    """A short name for a term, with enough of its hash to tell it from others of the same name."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", re.split(r"[#/]", term.rstrip("/>"))[-1]).strip("-")
    return f"{name}-{hashlib.sha256(term.encode()).hexdigest()[:6]}"
