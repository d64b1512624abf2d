import random
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.rdf import sorted_lines
from cis_graph.rdf.quads import write_lines
from cis_graph.rdf.sorted_lines import Lookup, SortedLines
from cis_graph.rdf.windows import windows

SUBJECTS = ("<urn:a>", "<urn:a#b>", "<urn:a/>", "<urn:é>", "<urn:b>", "<urn:zz>")
LINES = [f'{subject} <urn:p> "{value}" .' for subject in SUBJECTS for value in ("x", "y\u2028z", "a b", "")]
SAID = st.sets(st.sampled_from(LINES))


def layered(folder: Path, base: set[str], now: set[str]) -> SortedLines:
    """A file that says ``base``, with what makes it say ``now`` beside it."""
    lines = SortedLines(folder / "part.nq")
    for path, said in zip(lines.files, (base, now - base, base - now), strict=True):
        write_lines(path, said)
    return lines


def ended(said: set[str]) -> set[bytes]:
    """Lines as files hold them."""
    return {f"{line}\n".encode() for line in said}


@given(SAID, SAID)
def test_what_was_added_counts_and_what_was_removed_does_not(
    tmp_path_factory: pytest.TempPathFactory, base: set[str], now: set[str]
) -> None:
    """A file with its changes is read as one that was written anew, window by window."""
    lines = layered(tmp_path_factory.mktemp("lines"), base, now)

    assert ended(now) == {line for (said,) in windows([lines]) for line in said}


@given(SAID, SAID, SAID)
def test_a_subject_is_found_with_all_its_lines(
    tmp_path_factory: pytest.TempPathFactory, base: set[str], now: set[str], other: set[str]
) -> None:
    """Bisection finds what reading would, in one file or several; a subject is never taken for its beginning."""
    folder = tmp_path_factory.mktemp("lines")
    (folder / "other").mkdir()
    with Lookup.over([layered(folder, base, now), layered(folder / "other", other, other)]) as lookup:
        found = {subject: lookup.about(subject.encode()) for subject in (*SUBJECTS, "<urn:", "<urn:none>", "")}

    assert found == {
        subject: {line for line in ended(now | other) if line.startswith(f"{subject} ".encode())} for subject in found
    }


@pytest.mark.parametrize("step", [1, 50, 4_000, 1 << 20])
def test_subjects_are_found_in_whatever_order_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """In theirs, against it, at random, some again and some that are not there; lines are long and short."""
    dice = random.Random(step)
    said = {f'<urn:{dice.randrange(500)}> <urn:p> "{"x" * dice.choice((1, 40, 700))}{n}" .' for n in range(900)}
    monkeypatch.setattr(sorted_lines, "_STEP", step)
    wanted = sorted(f"<urn:{number}>".encode() for number in range(-5, 510))
    orders = (wanted, wanted[::-1], dice.choices(wanted, k=900))
    about = {subject: {line for line in ended(said) if line.startswith(subject + b" ")} for subject in wanted}
    with Lookup.over([layered(tmp_path, said, said)]) as lookup:
        assert all(lookup.about(subject) == about[subject] for subject in chain.from_iterable(orders))


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    """The first release has none before it."""
    with Lookup.over([SortedLines(tmp_path / "none.nq")]) as lookup:
        assert lookup.about(b"<urn:a>") == set()
