"""Golden files of the mappers: a sample in its source's shape, and what must become of it.

``python -m tests.support.golden [SOURCE…]`` writes ``expected.ttl`` and ``rejected.csv`` anew; read the difference.
"""

import csv
import io
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse, serialize

from cis_graph.concepts.labels import Labels
from cis_graph.harvest.reading import read
from cis_graph.mappers import discovered
from cis_graph.mapping.run import run
from cis_graph.mapping.source import Mapper
from cis_graph.model.findings import Fate, Finding
from cis_graph.rdf.iris import PREFIXES, Iris
from cis_graph.rdf.quads import Context
from cis_graph.rdf.reference import stub_lines, vocabulary_lines
from cis_graph.rdf.schemes import load_schemes
from cis_graph.rdf.told import say, tell
from cis_graph.resolution.resolve import Resolution
from cis_graph.resources import CURATION
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.resolver import Resolver
from cis_graph.validation.records import sort_out

FOLDER = Path(__file__).parents[1] / "mappers"
IRIS = Iris("https://carrefour.example/")
AT = "2026-11-21T00:00:00Z"
COLUMNS = ("rows", "record", "field", "value", "fate", "rule")


def folders() -> tuple[Path, ...]:
    """The mappers' folders with a sample."""
    return tuple(sorted(place.parent for place in FOLDER.glob("*/sample")))


def mapper_of(folder: Path) -> Mapper:
    """The mapper whose source the folder is named after, content with a small sample."""
    (mapper,) = (mapper for mapper in discovered() if mapper.source.slug == folder.name)
    return replace(mapper, source=replace(mapper.source, at_least=1))


def produce(folder: Path) -> tuple[set[Triple], tuple[Finding, ...]]:
    """What becomes of a sample: the statements of its records, and what was refused or rejected."""
    mapper = mapper_of(folder)
    contents = tuple(read(file, (folder / "sample" / file.name).read_bytes()) for file in mapper.source.data)
    mapped = run(mapper, contents)
    gazetteer, resolution = _ground()
    resolved = [resolution.resolve(record, mapper.source.slug) for record in mapped.records]
    records = [record for record, _ in resolved]
    said = say(records, Context(), IRIS)
    told = [tell(record, one, mapper.source, IRIS, AT) for record, one in zip(records, said, strict=True)]
    stubs = stub_lines(vocabulary_lines(), gazetteer.territories, {mapper.source.contributor}, IRIS)
    checked = sort_out(told, stubs, 1)
    lines = "\n".join(sorted(line for one in checked.accepted for line in one.statements))
    triples = {quad.triple for quad in parse(input=lines, format=RdfFormat.N_QUADS)}
    findings = (*mapped.findings, *(notice for _, notices in resolved for notice in notices), *checked.findings)
    return triples, tuple(one for one in findings if one.fate not in {Fate.WARNING, Fate.ADVICE})


@cache
def _ground() -> tuple[Gazetteer, Resolution]:
    gazetteer, schemes = Gazetteer.load(), load_schemes()
    known = CURATION / "known-labels.csv"
    labels = Labels.load(CURATION / "labels", schemes.keys, words=schemes.words, elsewhere=known)
    return gazetteer, Resolution(Resolver(gazetteer), labels)


def expected(folder: Path) -> set[Triple]:
    """The statements that the folder's golden file holds."""
    return {quad.triple for quad in parse(path=str(folder / "expected.ttl"), format=RdfFormat.TURTLE)}


def rejected_table(findings: tuple[Finding, ...]) -> str:
    """Findings as the golden CSV table."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in findings:
        rows = " ".join(map(str, one.rows))
        table.writerow((rows, one.record or "", one.field or "", one.value or "", one.fate.value, one.rule))
    return out.getvalue()


def main() -> None:
    """Writes the golden files, of the sources that are named or of all; a file that says the same stays as it is."""
    named = set(sys.argv[1:])
    for folder in folders():
        if named and folder.name not in named:
            continue
        triples, findings = produce(folder)
        if not (folder / "expected.ttl").exists() or expected(folder) != triples:
            text = serialize(sorted(triples, key=str), format=RdfFormat.TURTLE, prefixes=PREFIXES)
            (folder / "expected.ttl").write_bytes(text or b"")
        (folder / "rejected.csv").write_text(rejected_table(findings), encoding="utf-8")


if __name__ == "__main__":
    main()
