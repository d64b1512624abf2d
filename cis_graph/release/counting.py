"""What a release holds, counted subject by subject: classes, properties, links to elsewhere, records."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Self
from urllib.parse import urlsplit

from cis_graph.rdf.iris import CONCEPT, INSOC, OWL, RDF, RDFS, SCHEMA, SKOS, VOID
from cis_graph.rdf.windows import by_subject, subject_of, windows
from cis_graph.release.changes import changed
from cis_graph.release.parts import DEFAULT_GRAPH, Parts

DESCRIPTION = "description"  # the part that tells the counts, and is not counted itself
_COUNTED = tuple(name for name in DEFAULT_GRAPH if name != DESCRIPTION)
_RECORDS = ("records",)
_TYPE = f"<{RDF}type>".encode()
_TRIPLES = f"<{VOID}triples>".encode()
_LINKS = frozenset(
    f"<{iri}>".encode()
    for iri in (
        *(f"{SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
        *(f"{OWL}{name}" for name in ("sameAs", "equivalentClass", "equivalentProperty")),
        *(f"{RDFS}{name}" for name in ("subClassOf", "subPropertyOf", "seeAlso")),
        f"{SCHEMA}sameAs",
    )
)


_Alike = tuple[tuple[bytes, ...], tuple[bytes, ...]]  # the classes of subjects, and a property for each of their lines


def _grouped(told: Mapping[str, Mapping[str, int]] = MappingProxyType({})) -> dict[str, Counter[str]]:
    return defaultdict(Counter, {name: Counter(counts) for name, counts in told.items()})


@dataclass(slots=True)
class Counted:
    """Counts of the default graph, by term in N-Quads syntax, and of the records' graphs, by contributor.

    ``by_class`` is by class and property, ``links`` by property and the host that they lead to. Subjects of the same
    classes and properties, which are many, are counted together.
    """

    triples: int = 0
    subjects: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    by_class: dict[str, Counter[str]] = field(default_factory=_grouped)
    links: dict[str, Counter[str]] = field(default_factory=_grouped)
    records: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    _alike: Counter[_Alike] = field(default_factory=Counter, init=False)  # subjects that are not in the counts yet

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """The counts that were written as JSON."""
        return cls(
            triples=told["triples"],
            subjects=told["subjects"],
            entities=Counter(told["entities"]),
            properties=Counter(told["properties"]),
            by_class=_grouped(told["by_class"]),
            links=_grouped(told["links"]),
            records=Counter(told["records"]),
            told=Counter(told["told"]),
        )

    def count(self, lines: Iterable[bytes], base: str, sign: int = 1) -> None:
        """Counts all lines of the default graph about one subject; -1 takes them back."""
        said = [line.split(b" ", 2) for line in lines]
        if not said:
            return
        classes = tuple(rest[:-3] for _, prop, rest in said if prop == _TYPE)
        self._alike[classes, tuple(prop for _, prop, _ in said)] += sign
        for subject, prop, rest in said:
            if prop in _LINKS:
                self._link(prop.decode(), rest.decode(), base, sign)
            elif prop == _TRIPLES and (contributor := contributor_of(subject, base)):
                self.records[contributor] += sign

    @property
    def contributors(self) -> list[str]:
        """Those of whom there are records."""
        return sorted({*self.records, *self.told})

    def add_up(self) -> None:
        """Puts what was counted into the counts, and forgets what is counted no more."""
        for (classes, properties), number in self._alike.items():
            self.triples += number * len(properties)
            self.subjects += number
            for name in map(bytes.decode, classes):
                self.entities[name] += number
            for prop in map(bytes.decode, properties):
                self.properties[prop] += number
                for name in map(bytes.decode, classes):
                    self.by_class[name][prop] += number
        self._alike.clear()
        for counts in (self.entities, self.properties, self.records, self.told):
            _tidy(counts)
        for grouped in (self.by_class, self.links):
            for name in list(grouped):
                _tidy(grouped[name])
                if not grouped[name]:
                    del grouped[name]

    def _link(self, prop: str, rest: str, base: str, sign: int) -> None:
        if rest.startswith("<") and not rest.startswith((f"<{base}", f"<{INSOC}", f"<{CONCEPT}")):
            self.links[prop][urlsplit(rest[1:-4]).netloc] += sign


def counted(now: Parts, before: Parts, last: Counted | None, base: str) -> Counted:
    """What some parts hold; only what changed is looked at where it is known what the ``last`` ones held."""
    if last is None:
        return _whole(now, base)
    for _, lines, were in changed(now, before, _COUNTED):
        last.count(were, base, -1)
        last.count(lines, base)
    for subject, lines, were in changed(now, before, _RECORDS):
        last.told[contributor_of(subject, base)] += len(lines) - len(were)
    last.add_up()
    return last


def _whole(now: Parts, base: str) -> Counted:
    found = Counted()
    for (said,) in windows(now.files(_COUNTED)):
        for _, lines in by_subject(said):
            found.count(lines, base)
    for (said,) in windows(now.files(_RECORDS)):
        for contributor, number in _by_contributor(said, base):
            found.told[contributor] += number
    found.add_up()
    return found


def _by_contributor(said: Sequence[bytes], base: str) -> Iterable[tuple[str, int]]:
    """Contributors and how many lines stand together about their records, of lines that are sorted."""
    start = 0
    while start < len(said):
        subject = subject_of(said[start])[:-1]
        contributor = contributor_of(subject, base)
        beyond = f"<{base}id/record/{contributor}0".encode() if contributor else subject + b"!"  # 0 comes after a slash
        end = bisect_left(said, beyond, start)
        yield contributor, end - start
        start = end


def _tidy(counts: Counter[str]) -> None:
    for name in [name for name, number in counts.items() if not number]:
        del counts[name]


def contributor_of(subject: bytes, base: str) -> str:
    """The contributor whose record a subject is, or is a node of; empty where it is something else."""
    folder = f"<{base}id/record/".encode()
    return subject[len(folder) :].split(b"/", 1)[0].decode() if subject.startswith(folder) else ""
