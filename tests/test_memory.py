from pathlib import Path

import pytest

from cis_graph import memory
from cis_graph.memory import Memory, fingerprint, software


def asked(path: Path, made_of: bytes, *ground: bytes) -> bytes | None:
    """What a build finds remembered."""
    with Memory.opened(path, *ground) as found:
        return found.get(found.key(made_of))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that remembers two things that were made on one ground."""
    path = tmp_path / "cache" / "some.db"
    with Memory.opened(path, b"words", b"places") as found:
        for made_of in (b"one", b"other"):
            assert found.get(found.key(made_of)) is None
            found.keep(found.key(made_of), made_of.upper())
    return path


def test_what_was_made_is_remembered_on_its_ground_alone(path: Path) -> None:
    """Other words, or the same cut at another place, are another ground."""
    assert asked(path, b"one", b"wordsp", b"laces") is None


@pytest.mark.usefixtures("path")
def test_other_software_remembers_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changed code would make is not known."""
    with monkeypatch.context() as other:
        other.setattr(memory, "software", lambda: b"another")
        assert asked(path, b"one", b"words", b"places") is None


def test_pages_have_no_part_in_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another page leaves what was made as it is; other code that builds may run does not."""
    monkeypatch.setattr(memory, "_PACKAGE", tmp_path)
    made, shown = tmp_path / "rdf" / "told.py", tmp_path / "web" / "network" / "page.py"
    for path in (made, shown):
        path.parent.mkdir(parents=True)
        path.write_text("A = 1\n", encoding="utf-8")
    before = software.__wrapped__()
    shown.write_text("A = 2\n", encoding="utf-8")
    assert software.__wrapped__() == before
    made.write_text("A = 2\n", encoding="utf-8")
    assert software.__wrapped__() != before


def test_what_a_build_does_not_ask_for_is_forgotten(path: Path) -> None:
    """The file does not grow with what is gone."""
    assert asked(path, b"one", b"words", b"places") == b"ONE"
    assert asked(path, b"other", b"words", b"places") is None


def test_what_was_kept_is_there_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it is written yet or waits, and what is kept again is what was kept last."""
    monkeypatch.setattr(memory, "_AT_ONCE", 2)
    with Memory.opened(path) as found:
        for name in (b"a", b"b", b"c", b"a"):
            found.keep(found.key(name), name * 2)
        found.keep(found.key(b"a"), b"last")
        assert [b"last", b"bb", b"cc"] == [found.get(found.key(name)) for name in (b"a", b"b", b"c")]
    assert asked(path, b"a") == b"last"


def test_what_is_made_again_stays(path: Path) -> None:
    """To keep is to ask for; to look whether something is there is not."""
    with Memory.opened(path, b"words", b"places") as found:
        assert found.key(b"other") in found
        assert found.key(b"neither") not in found
        found.keep(found.key(b"one"), b"again")
    with Memory.opened(path, b"words", b"places") as found:
        assert found.key(b"other") not in found
        assert found.get(found.key(b"one")) == b"again"


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_damaged_file_is_begun_anew(path: Path, damage: bytes) -> None:
    """It costs time and nothing else."""
    path.write_bytes(damage)

    assert asked(path, b"one", b"words", b"places") is None


def test_a_fingerprint_is_of_names_and_contents(tmp_path: Path) -> None:
    """The order in which files are listed plays no part; each name and each byte does."""
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    one.write_bytes(b"x")
    other.write_bytes(b"y")
    found = fingerprint([one, other, tmp_path / "none.csv"])

    assert found == fingerprint([other, one])
    assert found != fingerprint([one, other.rename(tmp_path / "c.csv")])
    assert found != fingerprint([one])
