"""Make ``curation/known-labels.csv`` from the table of 2018 that gives codes to the labels of 30 contributors.

The table is ``tag_mapping_by_source.csv`` (``source,tag,codes``), drawn from co-demos/ApiViz (MIT). Its codes become
concepts through their notations in ``ontology/schemes.ttl``, never through the names that other tables of 2018 give
them (one calls COH energy). AUT, "other", says nothing and is dropped. Where one source lists a label several times
with other codes, only the codes of all its rows are kept. The same input gives the same bytes.
"""

import argparse
import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from cis_graph.mapping.names import slug
from cis_graph.rdf.iris import CONCEPT, SKOS
from cis_graph.resources import CURATION, ONTOLOGY

COLUMNS = ("contributor", "label", "scheme", "concept", "by", "date", "why")
OTHER = "AUT"
CODE_2018 = "https://w3id.org/insoc/datatype/cis2018"

Given = dict[tuple[str, str], tuple[str, set[str]]]


def concepts_by_code() -> Mapping[str, tuple[str, str]]:
    """The scheme and key that each code of 2018 stands for."""
    found: dict[str, tuple[str, str]] = {}
    for quad in ox.parse(path=str(ONTOLOGY / "schemes.ttl"), format=ox.RdfFormat.TURTLE):
        notation, node = quad.object, quad.subject
        if quad.predicate.value != f"{SKOS}notation" or not isinstance(notation, ox.Literal):
            continue
        if notation.datatype.value == CODE_2018 and isinstance(node, ox.NamedNode):
            scheme, _, key = node.value.removeprefix(CONCEPT).partition("/")
            found[notation.value] = (scheme, key)
    return found


def codes_by_label(rows: Iterable[Mapping[str, str]]) -> Given:
    """The label as first spelt, and the codes of all its rows, by source and slug."""
    given: Given = {}
    for row in rows:
        source, label, codes = row["source"].strip(), " ".join(row["tag"].split()), set(row["codes"].split("|"))
        first, before = given.get((source, slug(label)), (label, codes))
        given[source, slug(label)] = (first, before & codes)
    return given


def known_labels(given: Given) -> list[tuple[str, ...]]:
    """One row for each concept that a label of a source stands for."""
    concepts = concepts_by_code()
    return [
        (source, label, *concepts[code], "Carrefour des innovations sociales", "2018", f"code {code}")
        for (source, _), (label, codes) in sorted(given.items())
        for code in sorted(codes - {OTHER})
    ]


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path, help="tag_mapping_by_source.csv")
    with parser.parse_args().table.open(encoding="utf-8", newline="") as file:
        rows = known_labels(codes_by_label(csv.DictReader(file)))
    with (CURATION / "known-labels.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((COLUMNS, *rows))


if __name__ == "__main__":
    main()
