"""Map the registers of a generated set to RDF: ``python -m benchmarks.mapped_registers SET FOLDER FIGURES.json``.

FOLDER gets each register as plain CSV (UTF-8, commas), ``SLUG/projets.csv`` and ``SLUG/participations.csv``, which are
what is then read, by us and by another engine. Writes what the project's own stations make of them, and at which cost.
"""

import argparse
import csv
import json
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from benchmarks.reference.mappers import mappers
from benchmarks.reference.rows import RegisterRow
from cis_graph.concepts.tables import LabelTables
from cis_graph.errors import SourceFault
from cis_graph.harvest.reading import read
from cis_graph.intake.ground import resolution_of
from cis_graph.mapping.run import run
from cis_graph.mapping.source import Mapper
from cis_graph.mapping.tables import CsvFile, DataFile, Table
from cis_graph.pipeline import project_house
from cis_graph.rdf.quads import write_lines
from cis_graph.rdf.told import Told, say, tell
from cis_graph.resources import CURATION

FILES = ("projets.csv", "participations.csv")
_AT = "2026-11-22T00:00:00Z"


def registers(folder: Path, out: Path) -> Iterator[Mapper]:
    """The mappers of the set's registers, as they read the plain CSV that is written to ``out``."""
    for mapper in mappers(folder):
        if mapper.rows[0] is RegisterRow:
            place, source = out / mapper.source.slug, mapper.source
            place.mkdir(parents=True, exist_ok=True)
            half = len(source.data) // 2  # as many files of projects as of participations
            for name, files in zip(FILES, (source.data[:half], source.data[half:]), strict=True):
                _write(place / name, [_table(file, folder / "bundle" / source.slug) for file in files])
            plain = replace(source, data=tuple(CsvFile(name=name) for name in FILES))
            yield replace(mapper, source=plain, rows=(mapper.rows[0], mapper.rows[-1]))


def _table(file: DataFile, bundle: Path) -> Table:
    content = read(file, (bundle / file.name).read_bytes())
    if not isinstance(content, Table):
        raise SourceFault(f"{file.name} is no table", french=f"{file.name} n'est pas un tableau")
    return content


def _write(place: Path, tables: list[Table]) -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        told = csv.DictWriter(file, tables[0].columns)
        told.writeheader()
        for table in tables:
            told.writerows(table.rows)


def measured(known: list[Mapper], out: Path) -> dict[str, float]:
    """Records, triples, and processor seconds without those of imports and tables; the triples stand in ``ours.nq``."""
    house = project_house("https://carrefour.example/")
    resolution = resolution_of(house, LabelTables(CURATION))
    clock = [time.process_time()]
    read_in = [(one, tuple(read(file, (out / one.source.slug / file.name).read_bytes()) for file in one.source.data))
               for one in known]  # fmt: skip
    mapped = [(one.source, run(one, tables).records) for one, tables in read_in]
    clock.append(time.process_time())
    resolved = [(source, [resolution.resolve(one, source.slug)[0] for one in records]) for source, records in mapped]
    clock.append(time.process_time())
    told: list[Told] = []
    for source, records in resolved:
        spoken = say(records, house.context, house.iris)
        told += [tell(one, said, source, house.iris, _AT) for one, said in zip(records, spoken, strict=True)]
    write_lines(out / "ours.nq", (line for one in told for line in (*one.statements, *one.provenance)))
    clock.append(time.process_time())
    mapping, resolving, telling = (later - earlier for earlier, later in pairwise(clock))
    with (out / "ours.nq").open("rb") as lines:
        triples = sum(1 for _ in lines)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures(len(told), triples, mapping + telling, peak) | {"places and concepts, CPU s": resolving}


def figures(records: int, triples: int, seconds: float, peak: float) -> dict[str, float]:
    """What engines are compared by."""
    return {
        "records": records,
        "triples": triples,
        "mapping and RDF, CPU s": seconds,
        "records a CPU second": records / seconds,
        "triples a CPU second": triples / seconds,
        "peak, MiB": peak,
    }


def main() -> None:
    """Writes the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("set", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("figures", type=Path)
    given = parser.parse_args()
    known = list(registers(given.set, given.folder))
    given.figures.write_text(json.dumps(measured(known, given.folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
