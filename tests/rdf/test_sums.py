import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.rdf.quads import write_lines
from cis_graph.rdf.sorted_lines import SortedLines
from cis_graph.rdf.sums import Sum, summed

SUBJECTS = ("<urn:a>", "<urn:a#b>", "<urn:b>")
LINES = [f'{subject} <urn:p> "{value}" .' for subject in SUBJECTS for value in ("x", "y\u2028z")]


def sum_of(folder: Path, *files: list[str]) -> Sum:
    """The sum of what some files say."""
    for number, said in enumerate(files):
        write_lines(folder / str(number), said)
    return summed(SortedLines(folder / str(number)) for number in range(len(files)))


@given(st.lists(st.sampled_from(LINES)), st.lists(st.sampled_from(LINES)), st.randoms(use_true_random=False))
def test_the_hash_depends_on_what_is_said_alone(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], second: list[str], chance: random.Random
) -> None:
    """The order of files and lines, duplicates, and which file holds what play no part; each statement does."""
    folder = tmp_path_factory.mktemp("sums")
    everything = [*first, *second]
    shuffled = chance.sample(everything, len(everything))
    cut = chance.randint(0, len(shuffled))
    expected = sum_of(folder, first, second)

    assert expected == sum_of(folder, second, first) == sum_of(folder, shuffled[:cut], [*shuffled[cut:], *first])
    assert expected.quads == len(set(everything))
    for line in LINES:
        others = [one for one in everything if one != line]
        assert (sum_of(folder, others).hash == expected.hash) == (line not in everything)


@given(st.sets(st.sampled_from(LINES)), st.sets(st.sampled_from(LINES)))
def test_a_sum_follows_changes(tmp_path_factory: pytest.TempPathFactory, before: set[str], now: set[str]) -> None:
    """What subjects said is taken away and what they say is added: the sum is that of a reading of everything."""
    folder = tmp_path_factory.mktemp("sums")
    found = sum_of(folder, sorted(before))
    for subject in SUBJECTS:
        for said, sign in ((before, -1), (now, 1)):
            found.add((f"{line}\n".encode() for line in said if line.startswith(f"{subject} ")), sign)

    assert found == sum_of(folder, sorted(now))
