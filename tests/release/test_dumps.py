import gzip
import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from cis_graph.errors import FolderBusy
from cis_graph.release.dumps import LICENCES, dump_place, read_dumps, write_dumps
from cis_graph.release.parts import NAMES, PARTS, Parts
from cis_graph.release.writing import writing
from tests.release.test_description import BASE, SAID


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """The directory of a small release."""
    place = tmp_path / "releases" / "3"
    parts = Parts(place / PARTS)
    for name in NAMES:
        parts.write(name, SAID.get(name, ()))
    return place


def quads(place: Path, name: str, form: ox.RdfFormat) -> set[ox.Quad]:
    """What a dump says."""
    return {*ox.parse(input=gzip.decompress((place / name).read_bytes()), format=form)}


def test_the_whole_is_told_in_three_formats(release: Path) -> None:
    """N-Quads and TriG hold everything, Turtle the default graph."""
    place = write_dumps(release, BASE)
    everything = quads(place, "all.nq.gz", ox.RdfFormat.N_QUADS)
    assert len(everything) == sum(map(len, SAID.values()))
    assert quads(place, "all.trig.gz", ox.RdfFormat.TRIG) == everything
    default = {quad for quad in everything if quad.graph_name == ox.DefaultGraph()}
    assert quads(place, "all.ttl.gz", ox.RdfFormat.TURTLE) == default


def test_a_contributor_has_its_own(release: Path) -> None:
    """Its records and what is said of it, and nothing else; Turtle forgets the graphs."""
    place = write_dumps(release, BASE)
    own = quads(place, "clairiere.nq.gz", ox.RdfFormat.N_QUADS)
    assert len(own) == len(SAID["records"]) + len(SAID["provenance"])
    assert len(quads(place, "clairiere.ttl.gz", ox.RdfFormat.TURTLE)) == len(own)
    assert "clairiere: https://spdx.org/licenses/etalab-2.0" in (place / LICENCES).read_text(encoding="utf-8")


def test_checksums_are_those_of_the_files_and_come_back(release: Path, tmp_path: Path) -> None:
    """Each file's checksum is its own; dumps written again from the same release are the same bytes."""
    place = write_dumps(release, BASE)
    once = read_dumps(place)
    assert [file.sha256 for file in once] == [hashlib.sha256(file.path.read_bytes()).hexdigest() for file in once]
    place.rename(tmp_path / "aside")
    again = read_dumps(write_dumps(release, BASE))
    assert [(file.name, file.sha256) for file in once] == [(file.name, file.sha256) for file in again]


def test_what_a_killed_writer_left_is_removed(release: Path) -> None:
    """Its unfinished files would stay for ever."""
    left = dump_place(release).with_name(".writing-abc")
    (left / "dumps").mkdir(parents=True)

    write_dumps(release, BASE)

    assert not left.exists()


def test_two_writers_do_not_write_the_same_dumps(release: Path) -> None:
    """The second is told of the first."""
    with writing(dump_place(release).parent, "dump"), pytest.raises(FolderBusy):
        write_dumps(release, BASE)


def test_dumps_of_a_release_that_left_leave_too(release: Path) -> None:
    """Dumps are kept as long as their release; those of the others stay as they are."""
    old = dump_place(release.with_name("2"))
    old.mkdir(parents=True)
    place = write_dumps(release, BASE)
    assert not old.exists()
    assert write_dumps(release, BASE) == place
    assert read_dumps(old) == ()
