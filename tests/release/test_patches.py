from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cis_graph.errors import ReleaseFault
from cis_graph.release.patches import LARGEST, Damaged, Patch, Patches

UPDATE = "INSERT DATA { <urn:a> <urn:b> 'é\r\n\u2028' }\n"
TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@pytest.fixture
def patches(tmp_path: Path) -> Patches:
    """A folder with two patches."""
    folder = Patches(tmp_path / "curation")
    for why in ("a first reason", "a second"):
        folder.keep(folder.draft(UPDATE, who="Alix", why=why), tmp_path)
    return folder


@given(who=TEXT.filter(str.strip), why=TEXT.filter(str.strip), update=TEXT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_a_patch_is_read_as_it_was_written(tmp_path: Path, who: str, why: str, update: str) -> None:
    """Whatever is said of it, line ends of every kind included."""
    folder = Patches(tmp_path)
    patch = folder.draft(update, who=who, why=why)
    folder.keep(patch, tmp_path)

    assert list(folder.every())[-1] == patch


def test_patches_are_numbered_in_order(patches: Patches, tmp_path: Path) -> None:
    """Each is a file that can be run as it is, with a comment before it; nothing else lies beside them."""
    assert [one.number for one in patches.every()] == [1, 2]
    assert sorted(path.name for path in (tmp_path / "curation").iterdir()) == ["0001.ru", "0002.ru"]
    assert (tmp_path / "curation" / "0001.ru").read_bytes().split(b"\n", 1)[1] == UPDATE.encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"urn:a", b"urn:z"),
        (b"Alix", b"Alex"),
        (b'"number": 1', b'"number": 2'),
        (b"# {", b"# ["),
        (b'"why"', b'"because"'),
        (b"INSERT", b"\xff"),
        (b'# {"number"', b'# 3\n{"number"'),
    ],
)
def test_a_patch_that_was_changed_is_known_as_such(patches: Patches, tmp_path: Path, old: bytes, new: bytes) -> None:
    """Its hash covers all it says; the others are read."""
    path = tmp_path / "curation" / "0001.ru"
    path.write_bytes(path.read_bytes().replace(old, new))
    first, second = patches.every()

    assert isinstance(first, Damaged)
    assert isinstance(second, Patch)
    assert patches.draft(UPDATE, who="x", why="y").number == 3


@pytest.mark.parametrize(
    ("who", "why", "update"), [("", "w", "u"), ("w", " \n", "u"), ("w" * 501, "w", "u"), ("w", "w", "é" * LARGEST)]
)
def test_a_patch_says_who_and_why_and_is_not_endless(patches: Patches, who: str, why: str, update: str) -> None:
    """Otherwise nothing is written."""
    with pytest.raises(ReleaseFault, match=r"Say who|Say why|more than"):
        patches.draft(update, who=who, why=why)


def test_what_else_lies_there_is_no_patch(patches: Patches, tmp_path: Path) -> None:
    """A file that somebody put there is left alone."""
    for name in ("notes.txt", "x.ru", "٣.txt"):
        (tmp_path / "curation" / name).write_text("x", encoding="utf-8")

    assert [one.number for one in patches.every()] == [1, 2]
