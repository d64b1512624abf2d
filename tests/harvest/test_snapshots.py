import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.errors import SourceFault
from cis_graph.harvest.snapshots import Snapshots, fingerprint

SOURCE = "clairiere-projets"
FIRST, LATER = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
FILES = {"a.csv": b"x;y\n1;2\n", "b.csv": b""}


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    """An empty folder of snapshots."""
    return Snapshots(tmp_path)


def place(folder: Path, sha256: str) -> Path:
    """The directory of a snapshot."""
    (found,) = (one for one in (folder / SOURCE).iterdir() if sha256.startswith(one.name))
    return found


def test_what_was_harvested_is_kept_as_it_was(snapshots: Snapshots) -> None:
    """Each byte of each file, its time and its hash."""
    kept, new = snapshots.keep(SOURCE, FILES, FIRST)

    assert new
    assert (dict(kept.files), kept.at, kept.sha256) == (FILES, FIRST, fingerprint(FILES))
    assert kept == snapshots.latest(SOURCE) == snapshots.get(SOURCE, kept.sha256)


def test_unchanged_files_keep_their_first_time(snapshots: Snapshots) -> None:
    """The same files make the same graph, whenever they were fetched again."""
    first, _ = snapshots.keep(SOURCE, FILES, FIRST)
    again, new = snapshots.keep(SOURCE, FILES, LATER)

    assert (again, new) == (first, False)


def test_the_latest_is_that_of_the_last_harvest(snapshots: Snapshots) -> None:
    """A source that goes back to an earlier state is in that state."""
    first, _ = snapshots.keep(SOURCE, FILES, FIRST)
    second, _ = snapshots.keep(SOURCE, {"a.csv": b"other"}, LATER)
    assert snapshots.latest(SOURCE) == second

    snapshots.keep(SOURCE, FILES, LATER)
    assert snapshots.latest(SOURCE) == first
    assert snapshots.get(SOURCE, second.sha256) == second


def test_a_source_that_was_never_harvested_has_nothing(snapshots: Snapshots) -> None:
    """Nothing is no error; a snapshot by its hash is."""
    assert snapshots.latest(SOURCE) is None
    with pytest.raises(SourceFault, match="not kept here"):
        snapshots.get(SOURCE, "0" * 64)


def test_sources_are_kept_apart(snapshots: Snapshots) -> None:
    """Two sources may hand over the same bytes."""
    snapshots.keep(SOURCE, FILES, FIRST)
    other, new = snapshots.keep("verger", FILES, LATER)

    assert (new, other.at, other.source) == (True, LATER, "verger")


@pytest.mark.parametrize("damage", ["changed", "deleted", "renamed", "about", "about gone", "time gone", "files gone"])
def test_what_changed_on_disk_is_noticed(tmp_path: Path, snapshots: Snapshots, damage: str) -> None:
    """A snapshot is whole or it is a fault of its source, in French for the contributor."""
    kept, _ = snapshots.keep(SOURCE, FILES, FIRST)
    folder = place(tmp_path, kept.sha256)
    about = folder / "snapshot.json"
    said = json.loads(about.read_text(encoding="utf-8"))
    match damage:
        case "changed":
            (folder / "files" / "a.csv").write_bytes(b"x;y\n1;3\n")
        case "deleted":
            (folder / "files" / "a.csv").unlink()
        case "renamed":
            (folder / "files" / "a.csv").rename(folder / "files" / "c.csv")
        case "about":
            about.write_text("{", encoding="utf-8")
        case "about gone":
            about.unlink()
        case "time gone":
            about.write_text(json.dumps({"files": said["files"]}), encoding="utf-8")
        case "files gone":
            about.write_text(json.dumps({"at": FIRST, "files": []}), encoding="utf-8")

    for ask in (snapshots.latest, lambda source: snapshots.get(source, kept.sha256)):
        with pytest.raises(SourceFault, match="harvest again") as fault:
            ask(SOURCE)
        assert fault.value.french


@pytest.mark.parametrize("step", ["write_bytes", "write_text", "rename"])
def test_a_crash_half_way_leaves_no_snapshot(
    tmp_path: Path, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """What was under way is not there, the last harvest still is, and the next one succeeds."""
    before, _ = snapshots.keep(SOURCE, {"a.csv": b"before"}, FIRST)

    def die(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, die)
        with pytest.raises(KeyboardInterrupt):
            snapshots.keep(SOURCE, FILES, LATER)

    assert snapshots.latest(SOURCE) == before
    with pytest.raises(SourceFault):
        snapshots.get(SOURCE, fingerprint(FILES))
    assert Snapshots(tmp_path).keep(SOURCE, FILES, LATER)[1]


def test_a_crash_before_the_first_line_of_the_log_is_no_harvest(tmp_path: Path, snapshots: Snapshots) -> None:
    """An empty log says that nothing was harvested."""
    (tmp_path / SOURCE).mkdir()
    (tmp_path / SOURCE / "harvests.log").write_bytes(b"")

    assert snapshots.latest(SOURCE) is None


def test_a_directory_that_was_never_finished_is_replaced(tmp_path: Path, snapshots: Snapshots) -> None:
    """Half a snapshot in the place of a whole one gives way."""
    (tmp_path / SOURCE / fingerprint(FILES)[:16] / "files").mkdir(parents=True)

    assert snapshots.keep(SOURCE, FILES, FIRST)[1]
    assert snapshots.latest(SOURCE) == snapshots.get(SOURCE, fingerprint(FILES))


NAMES = st.text("ab\0", min_size=1, max_size=3)
CONTENTS = st.dictionaries(NAMES, st.binary(max_size=4), max_size=4)


@given(CONTENTS, CONTENTS)
def test_the_hash_tells_files_apart(first: dict[str, bytes], second: dict[str, bytes]) -> None:
    """Names and bytes count, their order does not; no byte moves from one file to the next unseen."""
    backwards = dict(reversed(first.items()))

    assert fingerprint(first) == fingerprint(backwards)
    assert (first == second) == (fingerprint(first) == fingerprint(second))
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(first))
