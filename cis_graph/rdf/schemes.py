"""The concept schemes, read from ``ontology/schemes.ttl``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from cis_graph.concepts.words import Words, WordsByConcept
from cis_graph.rdf.iris import CONCEPT, SKOS
from cis_graph.resources import ONTOLOGY

COOPERATIVE = f"{CONCEPT}role/cooperative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schemes:
    """Keys by scheme, labels by (scheme, key), and the roles in which actors cooperate.

    ``labels`` are French; ``words`` are all preferred and alternative labels, of concepts named in both languages.
    ``wider`` gives the keys of a concept and of all that are broader in its scheme.
    """

    keys: Mapping[str, frozenset[str]]
    labels: Mapping[tuple[str, str], str]
    words: WordsByConcept
    cooperative_roles: frozenset[str]
    wider: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def line(self, scheme: str, key: str) -> frozenset[str]:
        """A concept's key with those of all above it."""
        return self.wider.get((scheme, key), frozenset((key,)))


def load_schemes(path: Path = ONTOLOGY / "schemes.ttl") -> Schemes:
    """The schemes of a Turtle file."""
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    keys: dict[str, set[str]] = {}
    preferred: dict[str, dict[tuple[str, str], str]] = {"fr": {}, "en": {}}
    words: dict[tuple[str, str], Words] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{SKOS}inScheme"), None):
        scheme, key = place = _scheme_and_key(quad.subject)
        keys.setdefault(scheme, set()).add(key)
        for label in _literals(store, quad.subject, "prefLabel"):
            preferred.setdefault(label.language or "", {})[place] = label.value
        if place in preferred["fr"] and place in preferred["en"]:
            others = sorted(label.value for label in _literals(store, quad.subject, "altLabel"))
            words[place] = Words(french=preferred["fr"][place], english=preferred["en"][place], others=tuple(others))
    members = store.quads_for_pattern(ox.NamedNode(COOPERATIVE), ox.NamedNode(f"{SKOS}member"), None)
    return Schemes(
        keys={scheme: frozenset(found) for scheme, found in keys.items()},
        labels=preferred["fr"],
        words=words,
        cooperative_roles=frozenset(_scheme_and_key(quad.object)[1] for quad in members),
        wider={(scheme, key): _wider(store, scheme, key) for scheme, found in keys.items() for key in found},
    )


def _wider(store: ox.Store, scheme: str, key: str) -> frozenset[str]:
    found, new = {key}, [key]
    while new:
        concept = ox.NamedNode(f"{CONCEPT}{scheme}/{new.pop()}")
        above = {
            _scheme_and_key(quad.object)[1]
            for quad in store.quads_for_pattern(concept, ox.NamedNode(f"{SKOS}broader"), None)
        }
        new += above - found
        found |= above
    return frozenset(found)


def _literals(store: ox.Store, subject: ox.NamedNode | ox.BlankNode | ox.Triple, name: str) -> Iterator[ox.Literal]:
    """The values of a SKOS property."""
    for quad in store.quads_for_pattern(subject, ox.NamedNode(SKOS + name), None):
        if isinstance(quad.object, ox.Literal):
            yield quad.object


def _scheme_and_key(term: object) -> tuple[str, str]:
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"{term} is no concept IRI")
    scheme, _, key = term.value.removeprefix(CONCEPT).partition("/")
    return scheme, key
