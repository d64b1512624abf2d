"""Make ``curation/labels/data-inclusion.csv`` from data·inclusion's code lists, for the codes that are our notations.

usage: python -m tools.make_data_inclusion_labels FOLDER

FOLDER holds the lists (``v0/*.csv``, ``v1/*.csv`` with ``value,label``; MIT). A code and its label both become words
for the concept whose notation the code is in ``ontology/other-schemes.ttl``.
"""

import csv
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from cis_graph.mapping.names import slug
from cis_graph.rdf.iris import CONCEPT, SKOS
from cis_graph.resources import CURATION, ONTOLOGY

COLUMNS = ("label", "scheme", "concept", "by", "date", "why")
DATATYPE = "https://w3id.org/insoc/datatype/data-inclusion-"
LISTS = {
    "thematiques": ("v1/thematiques_v1.csv", "v0/thematiques.csv"),
    "publics": ("v1/publics_v1.csv", "v0/profils.csv"),
    "structures": ("v0/typologies_de_structures.csv",),
}


def notations() -> Mapping[tuple[str, str], tuple[str, str]]:
    """The scheme and key of the concept that a code of a list is a notation of."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for quad in ox.parse(path=str(ONTOLOGY / "other-schemes.ttl"), format=ox.RdfFormat.TURTLE):
        code, node = quad.object, quad.subject
        if (
            quad.predicate.value == f"{SKOS}notation"
            and isinstance(code, ox.Literal)
            and isinstance(node, ox.NamedNode)
        ):
            scheme, _, key = node.value.removeprefix(CONCEPT).partition("/")
            found[code.datatype.value.removeprefix(DATATYPE), code.value] = (scheme, key)
    return found


def rows(folder: Path) -> Iterator[tuple[str, ...]]:
    """One row for each code and each label of another spelling, the list of today before that of old."""
    known, told = notations(), set()
    for name, files in LISTS.items():
        for path in files:
            with (folder / path).open(encoding="utf-8", newline="") as lines:
                listed = [
                    (row["value"], row["label"]) for row in csv.DictReader(lines) if (name, row["value"]) in known
                ]
            for code, label in listed:
                scheme, concept = known[name, code]
                for word in (code, label):
                    if (scheme, slug(word)) not in told:
                        told.add((scheme, slug(word)))
                        yield word, scheme, concept, "cis-graph", "2026-11-22", f"{name} {code}"


def main(folder: Path) -> None:
    """Write the table."""
    with (CURATION / "labels" / "data-inclusion.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((COLUMNS, *rows(folder)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
