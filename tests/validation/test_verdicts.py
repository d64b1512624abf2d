from pathlib import Path

import pytest

from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.shapes import load_shapes
from cis_graph.validation.verdicts import Verdicts

RULE = load_shapes("records").rules["label-missing"]
FOUND = (ShapeResult.of(RULE, focus="https://a.example/é#x", path="https://a.example/p", value=None),)
STUBS = b"<a:t> <a:p> <a:C> ."


def asked(path: Path, record: bytes, stubs: bytes = STUBS) -> tuple[ShapeResult, ...] | None:
    """What a build finds known of a record."""
    with Verdicts.opened(path, stubs) as verdicts:
        return verdicts.get(verdicts.key(record))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that knows what was found of one record, and that nothing was found of another."""
    path = tmp_path / "cache" / "verdicts.db"
    with Verdicts.opened(path, STUBS) as verdicts:
        for record, found in ((b"bad", FOUND), (b"good", ())):
            assert verdicts.get(verdicts.key(record)) is None
            verdicts.keep(verdicts.key(record), found)
    return path


def test_a_verdict_is_remembered_word_for_word(path: Path) -> None:
    """What was found comes back as it was; that nothing was found is a verdict too."""
    with Verdicts.opened(path, STUBS) as verdicts:
        assert verdicts.get(verdicts.key(b"bad")) == FOUND
        assert verdicts.get(verdicts.key(b"good")) == ()


def test_another_record_or_other_stubs_are_judged_anew(path: Path) -> None:
    """A verdict holds for the same words under the same concepts, territories and contributors only."""
    assert asked(path, b"bad", STUBS + b"\n<a:u> <a:p> <a:C> .") is None
    assert asked(path, b"worse") is None


def test_what_no_record_asks_for_is_forgotten(path: Path) -> None:
    """The file does not grow with records that are gone."""
    assert asked(path, b"bad") == FOUND
    assert asked(path, b"good") is None


def test_a_build_that_fails_forgets_nothing(path: Path) -> None:
    """What was known stays known, and what it found is not kept."""

    def build_that_fails() -> None:
        with Verdicts.opened(path, STUBS) as verdicts:
            verdicts.keep(verdicts.key(b"fresh"), FOUND)
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        build_that_fails()
    with Verdicts.opened(path, STUBS) as verdicts:
        assert verdicts.get(verdicts.key(b"bad")) == FOUND
        assert verdicts.get(verdicts.key(b"fresh")) is None


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_file_is_begun_anew(path: Path, damage: bytes) -> None:
    """Whatever stands there, the records are judged again and nothing fails."""
    path.write_bytes(damage)

    assert asked(path, b"bad") is None
