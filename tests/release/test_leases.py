import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cis_graph.errors import ReleaseFault
from cis_graph.model.releases import SearchQuestion
from cis_graph.release.leases import Lease, unread
from cis_graph.release.opened import Opened
from cis_graph.release.shelf import Shelf
from tests.release.test_shelf import build

READER = """
import sys, time
from pathlib import Path
from cis_graph.release.shelf import Shelf
release = Shelf(Path(sys.argv[1])).current()
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Three releases, the first one current."""
    one = Shelf(tmp_path)
    for _ in range(3):
        build(one)
    one.publish(1)
    return one


def test_a_release_that_is_read_stays_until_its_reader_is_done(tmp_path: Path, shelf: Shelf) -> None:
    """A reader in another thread or process keeps its release; the next call removes what the last could not."""
    reader = Shelf(tmp_path).current()
    shelf.publish(3)

    assert shelf.keep(1) == (2,)
    assert shelf.numbers() == (3, 1)
    assert reader is not None
    assert reader.search(SearchQuestion(text="", size=1)).total == 0
    del reader
    assert shelf.keep(1) == (1,)
    assert shelf.numbers() == (3,)


def test_a_reader_that_was_killed_keeps_nothing(tmp_path: Path, shelf: Shelf) -> None:
    """The system lets go of what a process read, so no release stays for ever."""
    reader = subprocess.Popen([sys.executable, "-c", READER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    shelf.publish(3)
    assert shelf.keep(1) == (2,)
    reader.kill()
    reader.communicate()

    assert shelf.keep(1) == (1,)


def test_a_release_on_its_way_out_is_not_opened(shelf: Shelf) -> None:
    """Whoever comes while a release is being removed is told so."""
    with unread(shelf.place(2)) as free:
        assert free
        with pytest.raises(ReleaseFault, match="is being removed"):
            Opened(shelf.place(2))
    Opened(shelf.place(2))


def test_a_release_replaced_while_it_was_opened_is_not_held(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock on a file that has left its place keeps nothing, so it does not count."""
    place, elsewhere = shelf.place(2), shelf.place(2).with_name("elsewhere")
    shutil.copytree(place, elsewhere)

    def replaced(*_: object) -> None:
        shutil.rmtree(place)
        elsewhere.rename(place)

    monkeypatch.setattr("cis_graph.release.leases.fcntl.flock", replaced)

    with pytest.raises(ReleaseFault, match="is being removed"):
        Lease(place)


def test_a_pointer_that_moves_while_a_release_is_opened_is_followed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that comes too late for a release goes on to the one that took its place."""
    numbers = iter([1, 3, 3, 3])
    shutil.rmtree(shelf.place(1))
    monkeypatch.setattr(Shelf, "current_number", lambda _: next(numbers))
    current = shelf.current()

    assert current is not None
    assert current.information.number == 3


def test_a_release_removed_while_they_are_listed_is_left_out(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list says what can be read; one damaged release hides no other."""
    monkeypatch.setattr(Shelf, "numbers", lambda _: (3, 2, 1))
    shutil.rmtree(shelf.place(2))
    assert [one.number for one in shelf.published()] == [3, 1]
    (shelf.place(3) / "release.json").unlink()
    assert [one.number for one in shelf.published()] == [1]
