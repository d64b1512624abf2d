import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.rdf import windows as module
from cis_graph.rdf.quads import write_lines
from cis_graph.rdf.sorted_lines import SortedLines
from cis_graph.rdf.windows import subject_of, windows

SUBJECTS = ("<urn:a>", "<urn:a#b>", "<urn:a/>", "<urn:é>", "<urn:b>")
LINES = [f'{subject} <urn:p> "{value}" .' for subject in SUBJECTS for value in ("x", "y\u2028z", "a b", "")]
FILES = st.lists(st.sets(st.sampled_from(LINES)), max_size=4)


def written(folder: Path, files: list[set[str]]) -> list[SortedLines]:
    """Sorted files of these lines."""
    paths = [folder / str(number) for number in range(len(files))]
    for path, said in zip(paths, files, strict=True):
        write_lines(path, said)
    return [SortedLines(path) for path in paths]


@pytest.fixture(params=[1, 40, 1 << 20])
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """The bytes read at a time: less than a line, a few lines, or everything."""
    size: int = request.param
    monkeypatch.setattr(module, "_BLOCK", size)
    monkeypatch.setattr(module, "_FEW", 1)
    return size


@pytest.mark.usefixtures("block")
@given(FILES, FILES)
def test_every_line_comes_once_and_no_subject_is_cut(
    tmp_path_factory: pytest.TempPathFactory, one: list[set[str]], other: list[set[str]]
) -> None:
    """However little is read at a time, each group's lines come in order of subjects, those of a subject together."""
    folder = tmp_path_factory.mktemp("sorted")
    (folder / "other").mkdir()
    found = list(windows(written(folder, one), [*written(folder / "other", other), SortedLines(folder / "missing")]))

    for group, files in zip(zip(*found, strict=True), (one, other), strict=False):
        ended = {f"{line}\n".encode() for said in files for line in said}
        assert sum(map(len, group)) == len(ended)
        assert set().union(*group) == ended
    seen = [{subject_of(line) for group in window for line in group} for window in found]
    assert all(max(earlier) < min(later) for earlier, later in itertools.pairwise(seen))


def test_nothing_to_read_gives_no_window(tmp_path: Path) -> None:
    """Files that are missing or empty are no fault."""
    (tmp_path / "empty").touch()

    assert list(windows([SortedLines(tmp_path / "none")], [SortedLines(tmp_path / "empty")], [])) == []
