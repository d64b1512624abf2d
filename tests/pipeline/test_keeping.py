import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

import pytest

from cis_graph import cli, pipeline
from cis_graph.errors import ReleaseFault
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.release.backup import back_up, restore
from cis_graph.release.parts import PARTS, Parts
from cis_graph.release.shelf import Shelf
from tests.pipeline.conftest import GOOD, Desk, said_of_things


def test_rolling_back_serves_what_was_served(desk: Desk) -> None:
    """The release before the current one is served again as it was, and can be left again."""
    desk.hand_over(GOOD)
    first = desk.publish().information.canonical_hash
    desk.hand_over(GOOD | {"Nom": "La Ruchette"})
    desk.publish()
    shelf = Shelf(desk.settings.data)

    assert shelf.rollback() == 1
    current = shelf.current()
    assert current is not None
    assert current.information.canonical_hash == first
    with pytest.raises(ReleaseFault, match="no release before 1"):
        shelf.rollback()


def test_only_the_newest_releases_stay(desk: Desk) -> None:
    """Publishing removes what is over the number kept, and never the current release."""
    desk.settings = replace(desk.settings, keep_releases=2)
    desk.hand_over(GOOD)
    for _ in range(3):
        desk.publish()

    assert Shelf(desk.settings.data).numbers() == (3, 2)
    Shelf(desk.settings.data).publish(2)
    desk.build()
    desk.build()
    Shelf(desk.settings.data).keep(1)
    assert Shelf(desk.settings.data).numbers() == (5, 2)


def test_what_died_is_swept_away(desk: Desk) -> None:
    """What a build and a removal that were killed have left is gone after the next build."""
    desk.hand_over(GOOD)
    desk.build()
    releases = desk.settings.data / "releases"
    for name in (".building-7", ".leaving-3"):
        (releases / name / "store").mkdir(parents=True)
    desk.build()

    assert sorted(path.name for path in releases.iterdir()) == ["1", "2", "reference.sha256"]


def test_a_second_release_of_the_same_data_changes_no_statement(desk: Desk) -> None:
    """A release copied from the last one and changed says the same as one made anew."""
    desk.hand_over(GOOD)
    first = said_of_things(desk.publish())
    desk.hand_over(GOOD, GOOD | {"N°": "2", "Nom": "Essaim"})
    desk.publish()
    desk.hand_over(GOOD)
    third = said_of_things(desk.publish())
    gone = 10  # statements that say that the second record's things are withdrawn

    assert first <= third
    assert len(third - first) <= gone


def test_a_backup_gives_everything_back(desk: Desk, tmp_path: Path) -> None:
    """A new folder from a backup serves the same, keeps every key, and goes on building."""
    desk.hand_over(GOOD)
    before = desk.publish().information
    back_up(desk.settings.data, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "again")
    again = Shelf(tmp_path / "again").current()
    assert again is not None

    assert again.information == before
    assert Ledger.load(tmp_path / "again" / "ledger.jsonl") == Ledger.load(desk.settings.data / "ledger.jsonl")
    desk.settings = replace(desk.settings, data=tmp_path / "again")
    assert desk.build().canonical_hash == before.canonical_hash


def test_a_backup_made_during_publishes_says_what_one_of_them_said(desk: Desk, tmp_path: Path) -> None:
    """Restored elsewhere, its statements have the hash that the release had, whichever was current."""
    desk.settings = replace(desk.settings, keep_releases=1)
    desk.hand_over(GOOD)
    hashes = {1: desk.publish().information.canonical_hash}

    def publish() -> None:
        for number in range(3):
            update = f'INSERT DATA {{ <urn:note> <http://www.w3.org/2004/02/skos/core#note> "{number}" }}'
            made = pipeline.patch(desk.settings, update, who="Alix", why="a note")
            hashes[made.number] = made.canonical_hash

    with ThreadPoolExecutor(1) as beside:
        published, made = beside.submit(publish), 0
        while not published.done() or not made:
            back_up(desk.settings.data, tmp_path / f"backup-{made}")
            made += 1
            wait([published], timeout=1)
        published.result()
    for number in range(made):
        restore(tmp_path / f"backup-{number}", tmp_path / f"again-{number}")
        release = Shelf(tmp_path / f"again-{number}").current()
        assert release is not None
        assert Parts(release.place / PARTS).sum().hash == hashes[release.information.number]


def test_a_backup_overwrites_nothing(desk: Desk, tmp_path: Path) -> None:
    """A folder that is there is not written to, and a folder with releases is not restored into."""
    desk.hand_over(GOOD)
    with pytest.raises(ReleaseFault, match="Nothing is published"):
        back_up(desk.settings.data, tmp_path / "backup")
    desk.publish()
    back_up(desk.settings.data, tmp_path / "backup")

    with pytest.raises(ReleaseFault, match="there already"):
        back_up(desk.settings.data, tmp_path / "backup")
    with pytest.raises(ReleaseFault, match="holds data already"):
        restore(tmp_path / "backup", desk.settings.data)
    with pytest.raises(ReleaseFault, match="no backup"):
        restore(tmp_path, tmp_path / "new")
    with pytest.raises(ReleaseFault, match="would be lost with it"):
        back_up(desk.settings.data, desk.settings.data / "releases" / "backup")
    assert pipeline.publish(desk.settings) == 1


@pytest.mark.parametrize("full", ["backup", "restore"])
def test_a_full_disk_leaves_nothing_half_copied(desk: Desk, tmp_path: Path, full: str) -> None:
    """The error names the first file in one line; the same command succeeds once there is room."""

    def no_room(*_: object, **__: object) -> None:
        raise shutil.Error([("a", "b", "No space left on device: a"), ("c", "d", "No space left on device: c")])

    desk.hand_over(GOOD)
    desk.publish()
    steps: dict[str, Callable[[], None]] = {
        "backup": lambda: back_up(desk.settings.data, tmp_path / "kept"),
        "restore": lambda: restore(tmp_path / "kept", tmp_path / "again"),
    }
    for name, step in steps.items():
        if name == full:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("cis_graph.release.backup.shutil.copytree", no_room)
                with pytest.raises(OSError, match=r"^2 files of .* the first: No space left on device: a$"):
                    step()
            assert not list(tmp_path.glob(".*"))
            assert not list((tmp_path / "again").glob("*.jsonl"))
        step()
    again = Shelf(tmp_path / "again").current()
    assert again is not None
    assert again.information.number == 1


def test_one_damaged_release_stops_nobody(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Others are listed, built and rolled back to; the status says which is damaged."""
    desk.hand_over(GOOD)
    for _ in range(3):
        desk.publish()
    shelf = Shelf(desk.settings.data)
    (shelf.place(2) / "release.json").write_text("{", encoding="ascii")

    assert shelf.rollback() == 1
    assert desk.build().number == 4
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CIS_DATA", str(desk.settings.data))
        assert cli.main(["status"]) == 1
        said = capsys.readouterr().out
        assert "release 2  damaged: " in said
        assert [line[:11] for line in said.splitlines() if "quads" in line] == [
            "  release 4",
            "  release 3",
            "* release 1",
        ]
        shutil.rmtree(shelf.place(1))
        assert cli.main(["status"]) == 1
        assert "release 1 is to be served and is not there" in capsys.readouterr().err
    assert desk.build().number == 5
