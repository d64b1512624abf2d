from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.release.counting import counted
from cis_graph.release.parts import Parts

BASE = "https://carrefour.example/"
SUBJECTS = (
    "id/record/clairiere/1",
    "id/record/clairiere/1#p",
    "id/record/clairiere-2/1",
    "id/record/clairiere0/1",
    "id/record/clairieres/1",
    "id/record/clairière/1",
    "id/record/clairiere",
    "id/record/",
    "id/records/1",
    "id/aucun",
)


def line(subject: str, number: int) -> str:
    """One of several lines about a subject."""
    return f'<{BASE}{subject}> <urn:p> "{number}" <urn:g> .'


@given(st.sets(st.tuples(st.sampled_from(SUBJECTS), st.integers(0, 3))))
def test_every_line_counts_for_the_contributor_that_its_subject_names(
    tmp_path_factory: pytest.TempPathFactory, said: set[tuple[str, int]]
) -> None:
    """Contributors whose names begin alike are told apart, and what is in no record is nobody's."""
    parts = Parts(tmp_path_factory.mktemp("parts"))
    parts.write("records", [line(*one) for one in sorted(said)])
    found = counted(parts, Parts(parts.folder / "none"), None, BASE)
    slugs = Counter(
        f"{BASE}{subject}>".removeprefix(f"{BASE}id/record/").split("/")[0] if "id/record/" in subject else ""
        for subject, _ in said
    )
    assert found.told == slugs
