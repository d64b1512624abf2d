"""Hostile files: whatever is handed over is read, or refused with its place, in little time and memory."""

import resource
import time
from functools import cache
from pathlib import Path

import pytest

from cis_graph.concepts.tables import LabelTables
from cis_graph.errors import SourceFault
from cis_graph.harvest.client import Client
from cis_graph.harvest.gather import gathered
from cis_graph.harvest.reading import read
from cis_graph.harvest.snapshots import Snapshots
from cis_graph.intake.examine import examined
from cis_graph.intake.ground import Ground
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.tables import PageText, Table
from cis_graph.resources import CURATION
from tests.hostile.files import HostileFile, hostile_files
from tests.pipeline.conftest import MAPPER, SOURCE, small_house

SEED = 2026
SECONDS = 10.0  # of work: a busy machine is no fault
ROOM = 1_500  # MiB that this process may have grown by at any moment


@cache
def ground() -> Ground:
    """The words of the project with a few territories."""
    return Ground.of(small_house(), LabelTables(CURATION))


def endured(hostile: HostileFile) -> str | None:
    """What is wrong with how a file is taken: None where all is well."""
    started = time.process_time()
    try:
        content = read(hostile.file, hostile.data)
    except SourceFault as fault:
        if hostile.file.name not in f"{fault} {fault.french}":
            return f"{hostile.kind}: the fault does not name the file: {fault}"
    else:
        if wrong := _mapped(hostile, content):
            return wrong
    seconds = time.process_time() - started
    return f"{hostile.kind}: {seconds:.1f} s" if seconds > SECONDS else None


def _mapped(hostile: HostileFile, content: Table | PageText) -> str | None:
    """Rows of the source's shape go on through mapping, places, labels, RDF and shapes; each is accounted for."""

    def mapped() -> Mapped:
        return run(MAPPER, (content,))

    found = examined(SOURCE, mapped, ground())
    if found.rows.lost:
        return f"{hostile.kind}: {found.rows.lost} rows lost"
    told = [one for one in found.findings if not (one.rows or one.field or one.record or one.message_fr)]
    return f"{hostile.kind}: a finding without a place" if told else None


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.torture)], ids=["sample", "whole"])
def test_hostile_files_are_read_or_refused_with_their_place(count: int) -> None:
    """No crash, no hang, bounded memory, no row lost, and the error names the file."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wrong = []
    for number, hostile in enumerate(hostile_files(SEED, count)):
        try:
            found = endured(hostile)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault of ours
            found = f"{hostile.kind}: {type(error).__name__}: {error}"[:300]
        wrong += [f"{number}: {found}"] if found else []
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10

    assert [] == wrong
    assert grown < ROOM


def test_the_files_are_always_the_same() -> None:
    """A fault that one machine finds, another finds at the same number."""
    one, other = (list(hostile_files(SEED, 60)) for _ in range(2))
    without_workbooks = [(a.data, b.data) for a, b in zip(one, other, strict=True) if a.kind not in {"xlsx", "zip"}]

    assert [a for a, _ in without_workbooks] == [b for _, b in without_workbooks]


def test_a_line_of_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A file that people hand over is looked at by its size first."""
    place = tmp_path / "inbox" / SOURCE.slug
    place.mkdir(parents=True)
    with (place / "ruches.csv").open("wb") as file:
        file.truncate(1 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(SourceFault, match=r"ruches\.csv"):
        gathered(SOURCE, Snapshots(tmp_path / "s"), inbox=tmp_path / "inbox", bundle=tmp_path, client=Client)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10 < ROOM
