"""What counts as written by a release that is a copy of the last one with the difference."""

import os
from pathlib import Path

from benchmarks.cases.incremental import files, written
from benchmarks.harness.processes import MIB


def test_a_link_to_a_file_of_the_last_release_is_not_written(tmp_path: Path) -> None:
    """Copying by links writes nothing, new files and added lines do; what was removed is no gain."""
    (tmp_path / "old").write_bytes(b"x" * MIB)
    (tmp_path / "log").write_bytes(b"x" * MIB)
    (tmp_path / "gone").write_bytes(b"x" * MIB)
    before = files(tmp_path)
    os.link(tmp_path / "old", tmp_path / "linked")
    (tmp_path / "gone").unlink()
    with (tmp_path / "log").open("ab") as log:
        log.write(b"y" * (MIB // 2))
    (tmp_path / "new").write_bytes(b"z" * MIB)

    assert 1.5 == written(before, files(tmp_path))


def test_two_links_to_one_new_file_are_written_once(tmp_path: Path) -> None:
    """A file is its inode, whatever its names."""
    before = files(tmp_path)
    (tmp_path / "one").write_bytes(b"x" * MIB)
    os.link(tmp_path / "one", tmp_path / "other")

    assert 1.0 == written(before, files(tmp_path))
