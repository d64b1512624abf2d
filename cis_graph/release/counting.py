"""What a release holds, counted from its parts in two passes: classes, properties, links to elsewhere, graphs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cis_graph.rdf.iris import CONCEPT, INSOC, OWL, RDF, RDFS, SCHEMA, SKOS

_TYPE = f"<{RDF}type>"
_LINKS = frozenset(
    f"<{iri}>"
    for iri in (
        *(f"{SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
        *(f"{OWL}{name}" for name in ("sameAs", "equivalentClass", "equivalentProperty")),
        *(f"{RDFS}{name}" for name in ("subClassOf", "subPropertyOf", "seeAlso")),
        f"{SCHEMA}sameAs",
    )
)


@dataclass(slots=True)
class Counted:
    """Counts of the default graph, by term in N-Quads syntax, and of each named graph by its IRI."""

    triples: int = 0
    subjects: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    by_class: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    links: Counter[tuple[str, str]] = field(default_factory=Counter)  # (property, host it leads to)
    graphs: Counter[str] = field(default_factory=Counter)


def counted(default: Iterable[Iterable[str]], records: Iterable[str], base: str) -> Counted:
    """Counts the lines of the default graph, read twice, and of the records' graphs, read once."""
    types = _types(line for lines in default for line in lines)
    found, subjects, ours = Counted(), set[str](), (f"<{base}", f"<{INSOC}", f"<{CONCEPT}")
    for classes in types.values():
        found.entities.update(classes)
    for line in (line for lines in default for line in lines):
        subject, prop, rest = line.split(" ", 2)
        found.triples += 1
        found.properties[prop] += 1
        subjects.add(subject)
        for name in types.get(subject, ()):
            found.by_class[name][prop] += 1
        if prop in _LINKS and rest.startswith("<") and not rest.startswith(ours):
            found.links[prop, urlsplit(rest[1:-3]).netloc] += 1
    found.subjects = len(subjects)
    for line in records:
        found.graphs[line.rsplit(" ", 2)[1][1:-1]] += 1
    return found


def _types(lines: Iterator[str]) -> Mapping[str, tuple[str, ...]]:
    types: dict[str, tuple[str, ...]] = {}
    for line in lines:
        subject, prop, rest = line.split(" ", 2)
        if prop == _TYPE:
            types[subject] = (*types.get(subject, ()), rest[:-2])
    return types
