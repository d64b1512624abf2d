"""The concept schemes, read from ``ontology/schemes.ttl``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from cis_graph.rdf.iris import CONCEPT, SKOS
from cis_graph.resources import ONTOLOGY

COOPERATIVE = f"{CONCEPT}role/cooperative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schemes:
    """Keys by scheme, French labels by (scheme, key), and the roles in which actors cooperate."""

    keys: Mapping[str, frozenset[str]]
    labels: Mapping[tuple[str, str], str]
    cooperative_roles: frozenset[str]


def load_schemes(path: Path = ONTOLOGY / "schemes.ttl") -> Schemes:
    """The schemes of a Turtle file."""
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    keys: dict[str, set[str]] = {}
    labels: dict[tuple[str, str], str] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{SKOS}inScheme"), None):
        scheme, key = _scheme_and_key(quad.subject)
        keys.setdefault(scheme, set()).add(key)
        for label in store.quads_for_pattern(quad.subject, ox.NamedNode(f"{SKOS}prefLabel"), None):
            if isinstance(label.object, ox.Literal) and label.object.language == "fr":
                labels[scheme, key] = label.object.value
    members = store.quads_for_pattern(ox.NamedNode(COOPERATIVE), ox.NamedNode(f"{SKOS}member"), None)
    return Schemes(
        keys={scheme: frozenset(found) for scheme, found in keys.items()},
        labels=labels,
        cooperative_roles=frozenset(_scheme_and_key(quad.object)[1] for quad in members),
    )


def _scheme_and_key(term: object) -> tuple[str, str]:
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"{term} is no concept IRI")
    scheme, _, key = term.value.removeprefix(CONCEPT).partition("/")
    return scheme, key
