from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.release import parts as module
from cis_graph.release.changes import changed
from cis_graph.release.parts import NAMES, Parts

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
    found = changed(now, before, names)
    return {subject.decode(): sorted(line.decode().removesuffix("\n") for line in said) for subject, said, _ in found}


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

    assert found == {key: sorted(new) for key, (old, new) in about.items() if old != new}


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
    hashes = {parts(tmp_path / name, set(LINES), name).sum().hash for name in NAMES}

    assert len(hashes) == 1
    assert parts(tmp_path / "less", set(LINES[1:])).sum().hash not in hashes


@given(st.lists(st.tuples(SAID, SAID), min_size=1, max_size=5), st.sampled_from([0.0, 0.5, 100.0]))
def test_a_history_of_changes_says_what_is_written_anew(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[set[str], set[str]]], largest: float
) -> None:
    """Whether a part is kept with its changes or written anew, each release reads as one made from nothing."""
    folder, before = tmp_path_factory.mktemp("parts"), Parts(tmp_path_factory.mktemp("none"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_LARGEST_CHANGE", largest)
        for number, (entities, links) in enumerate(history):
            now = Parts(folder / f"{number}")
            now.begin(before)
            now.write("entities", entities)
            now.write("links", links)
            anew = parts(folder / f"anew-{number}", entities)
            anew.write("links", links)

            assert [*now.merged()] == [*anew.merged()]
            assert now.sum() == anew.sum()
            assert {one: (said, was) for one, said, was in changed(now, before)} == {
                one: (said, was) for one, said, was in changed(anew, before)
            }
            before = now


@given(SAID, SAID, SAID, SAID)
def test_statements_are_taken_from_the_part_that_holds_them(
    tmp_path_factory: pytest.TempPathFactory, entities: set[str], links: set[str], added: set[str], removed: set[str]
) -> None:
    """A patch takes a statement out wherever it stands, and what it adds is a part of its own; other files stay."""
    folder = tmp_path_factory.mktemp("parts")
    before = parts(folder / "before", entities)
    before.write("links", links)
    now = Parts(folder / "now")
    now.begin(before)
    now.change(added - entities - links - removed, removed)

    assert now.lines("entities") == entities - removed
    assert now.lines("links") == links - removed
    assert now.lines("patches") == added - entities - links - removed
    assert before.lines("entities") == entities


def test_a_small_change_writes_little(tmp_path: Path) -> None:
    """The file of a part is shared by the releases that follow, until a part of it has changed that is worth a new one."""
    many = {f'<urn:s{number}> <urn:p> "{number}" .' for number in range(1_000)}
    before, now, later = (Parts(tmp_path / name) for name in ("before", "now", "later"))
    before.write("entities", many)
    now.begin(before)
    now.write("entities", {*many, *LINES})
    later.begin(now)
    later.write("entities", sorted(many)[500:])

    assert now.part("entities").path.samefile(before.part("entities").path)
    assert now.part("entities").added.stat().st_size == sum(len(f"{line}\n".encode()) for line in LINES)
    assert later.part("entities").is_whole()


@pytest.mark.parametrize("name", ["other", "../entities", ""])
def test_an_unknown_part_is_a_programming_error(tmp_path: Path, name: str) -> None:
    """Nothing is written outside the parts there are."""
    with pytest.raises(ValueError, match="is no part"):
        Parts(tmp_path).write(name, ())
