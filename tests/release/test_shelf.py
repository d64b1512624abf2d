import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cis_graph.errors import ReleaseFault
from cis_graph.model.releases import ReleaseInformation
from cis_graph.release.information import MANIFEST, write_information
from cis_graph.release.opened import SEARCH, STORE
from cis_graph.release.shelf import Shelf
from cis_graph.search.writing import write_index
from cis_graph.store.embedded import make_store

INFORMATION = ReleaseInformation(
    number=1,
    created="2026-11-21T20:00:00+00:00",
    software="0.1.0",
    ontology="0.1.0",
    canonical_hash="5f" * 32,
    base="https://carrefour.example/",
    inputs={},
    counts={"quads": 1},
)


def build(shelf: Shelf, *, conforms: bool = True) -> int:
    """A finished release that says nothing."""
    number, place = shelf.new()
    (place / "empty.nq").write_text("", encoding="utf-8")
    make_store(place / STORE, [place / "empty.nq"])
    write_index(place / SEARCH, ())
    write_information(place, replace(INFORMATION, number=number, conforms=conforms))
    shelf.finish(number, place)
    return number


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty shelf."""
    return Shelf(tmp_path)


def test_an_empty_shelf_has_nothing(shelf: Shelf) -> None:
    """Before the first release there is none, and that is no error."""
    assert (shelf.numbers(), shelf.current_number(), shelf.current_place()) == ((), None, None)
    assert (shelf.current(), shelf.published()) == (None, ())


def test_a_finished_release_is_not_yet_current(shelf: Shelf) -> None:
    """Building and publishing are two things."""
    assert build(shelf) == 1
    assert (shelf.numbers(), shelf.current()) == ((1,), None)


def test_numbers_go_up_and_the_newest_comes_first(shelf: Shelf) -> None:
    """Each release has the next number."""
    assert [build(shelf) for _ in range(11)] == list(range(1, 12))
    assert shelf.numbers() == tuple(range(11, 0, -1))
    assert [one.number for one in shelf.published()] == list(range(11, 0, -1))


def test_publishing_moves_the_pointer_and_nothing_else(shelf: Shelf) -> None:
    """A published release is opened; rolling back is publishing an older one."""
    first, second = build(shelf), build(shelf)
    shelf.publish(second)
    newest = shelf.current()
    shelf.publish(first)
    oldest = shelf.current()

    assert newest is not None
    assert oldest is not None
    assert (newest.information.number, oldest.information.number) == (second, first)
    assert shelf.current() is oldest
    assert shelf.current_place() == shelf.place(first)


def test_another_process_sees_what_is_published(tmp_path: Path, shelf: Shelf) -> None:
    """The pointer is on disk, and a reader moves to the new release by itself."""
    reader = Shelf(tmp_path)
    shelf.publish(build(shelf))
    before = reader.current()
    shelf.publish(build(shelf))
    after = reader.current()

    assert [one.information.number for one in (before, after) if one] == [1, 2]


def test_a_release_that_does_not_exist_is_not_published(shelf: Shelf) -> None:
    """The error tells which there are, and the pointer stays."""
    shelf.publish(build(shelf))

    for number in (0, 2, -1):
        with pytest.raises(ReleaseFault, match=rf"no release {number}; there are \[1\]"):
            shelf.publish(number)
    assert shelf.current_number() == 1


def test_a_release_that_did_not_conform_is_not_published(shelf: Shelf) -> None:
    """What broke its shapes stays on the shelf to be looked at, and the last good one stays current."""
    good, bad = build(shelf), build(shelf, conforms=False)
    shelf.publish(good)

    with pytest.raises(ReleaseFault, match="did not pass its checks"):
        shelf.publish(bad)
    assert shelf.current_number() == good


def test_a_half_built_directory_is_no_release(shelf: Shelf) -> None:
    """A build that was killed leaves nothing to publish, and its number is used by the next."""
    number, place = shelf.new()
    (place / "part.nq").write_text("half", encoding="utf-8")

    assert shelf.numbers() == ()
    with pytest.raises(ReleaseFault, match="no release 1"):
        shelf.publish(number)
    assert build(shelf) == number
    assert not (shelf.place(number) / "part.nq").exists()


@pytest.mark.parametrize("name", ["2", "7", "007", "current.new", "٣", "x", ".building-9", "-1"])
def test_what_else_lies_on_the_shelf_is_no_release(shelf: Shelf, name: str) -> None:
    """Only a directory named by its number with what it says of itself is a release."""
    build(shelf)
    (shelf.place(1).parent / name).mkdir()

    assert shelf.numbers() == (1,)
    assert build(shelf) > 1


def test_a_pointer_is_never_half_written(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies while it publishes leaves the last release current."""
    first, second = build(shelf), build(shelf)
    shelf.publish(first)

    def die(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    for target in ("replace", "write_text"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, target, die)
            with pytest.raises(KeyboardInterrupt):
                shelf.publish(second)
        assert shelf.current_number() == first
    shelf.publish(second)
    assert shelf.current_number() == second


def test_a_release_is_on_disk_before_it_is_pointed_to(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pointer is synchronised before it takes its place."""
    number = build(shelf)
    order: list[str] = []
    real: Callable[[int], None] = os.fsync

    def fsync(descriptor: int) -> None:
        order.append("fsync")
        real(descriptor)

    def moved(path: Path, target: Path) -> None:
        order.append("replace")
        path.rename(target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", moved)
    shelf.publish(number)

    assert order == ["fsync", "replace"]


@pytest.mark.parametrize("content", [b"", b"x", b"1 2", b"\xff\xfe", b"1.0", b"../1", b"\x00"])
def test_a_damaged_pointer_is_said_so(shelf: Shelf, content: bytes) -> None:
    """Nobody guesses which release was meant, and publishing by number mends it."""
    number = build(shelf)
    (shelf.place(number).parent / "current").write_bytes(content)

    for ask in (shelf.current, shelf.current_number, shelf.current_place, shelf.new):
        with pytest.raises(ReleaseFault, match="damaged; publish a release by its number"):
            ask()
    shelf.publish(number)
    assert shelf.current_number() == number


def test_a_pointer_to_nothing_is_said_so(shelf: Shelf) -> None:
    """A current release that was deleted is missed, and its number is not given again."""
    shelf.publish(build(shelf))
    shutil.rmtree(shelf.place(1))

    with pytest.raises(ReleaseFault, match=r"release\.json cannot be read"):
        shelf.current()
    assert shelf.new()[0] == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "{}", '{"number": 1}', json.dumps({"colour": "red"})])
def test_a_release_that_does_not_say_what_it_is_is_not_published(shelf: Shelf, text: str) -> None:
    """A damaged ``release.json`` is named by its place."""
    number = build(shelf)
    (shelf.place(number) / MANIFEST).write_text(text, encoding="utf-8")

    with pytest.raises(ReleaseFault, match=r"release\.json cannot be read"):
        shelf.publish(number)
    assert shelf.current_number() is None
