"""The measuring of mapping: registers as plain CSV, and what becomes of them."""

import csv
import json
from pathlib import Path

from benchmarks.mapped_registers import FILES, measured, registers
from benchmarks.reference.generate import Arguments, generate


def test_registers_are_measured_from_the_plain_csv_that_another_engine_reads(tmp_path: Path) -> None:
    """Each row of projects is a record, whatever delimiter and encoding it came in; triples are those of the file."""
    folder, out = tmp_path / "set", tmp_path / "registers"
    generate(Arguments(projects=40, seed=5, profile=9), folder)
    known = list(registers(folder, out))
    found = measured(known, out)

    rows = 0
    for register in known:
        with (out / register.source.slug / FILES[0]).open(encoding="utf-8", newline="") as file:
            rows += sum(1 for _ in csv.DictReader(file))
    assert known
    assert rows == found["records"]
    assert found["triples"] == len((out / "ours.nq").read_text(encoding="utf-8").splitlines())
    assert found["records a CPU second"] > 0
    assert json.dumps(found)
