from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.release.parts import NAMES, Parts, changed_subjects

LINES = [f'<urn:s{subject}> <urn:p> "{value}" .' for subject in range(4) for value in ("x", "y\u2028z", "a b")]
SAID = st.sets(st.sampled_from(LINES))


def parts(folder: Path, said: set[str], name: str = "entities") -> Parts:
    """Parts of which one holds some lines."""
    one = Parts(folder)
    for each in NAMES:
        one.write(each, said if each == name else ())
    return one


def said_of_changed(now: Parts, before: Parts, names: list[str]) -> dict[str, list[str]]:
    """The changed subjects with their lines, as text."""
    found = changed_subjects(now, before, names)
    return {subject.decode(): [line.decode().removesuffix("\n") for line in lines] for subject, lines in found}


@given(SAID)
def test_a_part_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, said: set[str]) -> None:
    """Line separators inside literals end no line."""
    assert said == parts(tmp_path_factory.mktemp("parts"), said).lines("entities")


@given(SAID, SAID)
def test_only_subjects_that_changed_are_shown_and_with_all_they_say(
    tmp_path_factory: pytest.TempPathFactory, before: set[str], now: set[str]
) -> None:
    """A subject with a statement more or less comes with every statement it has now; the others do not come."""
    folder = tmp_path_factory.mktemp("parts")
    found = said_of_changed(parts(folder / "now", now), parts(folder / "before", before), ["entities"])
    about = {f"<urn:s{number}>": ({each for each in before if each.startswith(f"<urn:s{number}>")},
             {each for each in now if each.startswith(f"<urn:s{number}>")}) for number in range(4)}  # fmt: skip

    assert found == {key: sorted(new) for key, (old, new) in about.items() if new and old != new}


def test_against_nothing_everything_has_changed(tmp_path: Path) -> None:
    """The first release is checked whole."""
    now = parts(tmp_path / "now", set(LINES))

    assert sum(map(len, said_of_changed(now, Parts(tmp_path / "none"), ["entities"]).values())) == len(LINES)


def test_a_statement_that_moves_between_parts_has_not_changed(tmp_path: Path) -> None:
    """What is said counts, and not in which file."""
    said = {LINES[0]}
    now, before = parts(tmp_path / "now", said, "links"), parts(tmp_path / "before", said, "derived")

    assert said_of_changed(now, before, ["links", "derived"]) == {}
    assert list(said_of_changed(now, before, ["links"])) == ["<urn:s0>"]


def test_the_hash_is_that_of_what_is_said(tmp_path: Path) -> None:
    """Two releases that say the same in other parts have one hash."""
    hashes = {parts(tmp_path / name, set(LINES), name).canonical_hash() for name in NAMES}

    assert len(hashes) == 1
    assert parts(tmp_path / "less", set(LINES[1:])).canonical_hash() not in hashes


@pytest.mark.parametrize("name", ["other", "../entities", ""])
def test_an_unknown_part_is_a_programming_error(tmp_path: Path, name: str) -> None:
    """Nothing is written outside the parts there are."""
    with pytest.raises(ValueError, match="is no part"):
        Parts(tmp_path).write(name, ())
