import gzip
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.model.findings import Fate, Finding
from cis_graph.model.releases import ReleaseInformation
from cis_graph.release.information import (
    packed,
    read_findings,
    read_information,
    write_findings,
    write_information,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FINDINGS = st.builds(
    Finding,
    contributor=st.sampled_from(["clairiere", "verger", "la-fonda"]),
    source=TEXTS,
    fate=st.sampled_from(Fate),
    rule=TEXTS,
    message_fr=TEXTS,
    message_en=TEXTS,
    remedy_fr=TEXTS,
    remedy_en=TEXTS,
    record=st.none() | TEXTS,
    rows=st.lists(st.integers(1, 9)).map(tuple),
    files=st.lists(TEXTS).map(tuple),
    field=st.none() | TEXTS,
    value=st.none() | st.sampled_from(["<b>", 'a"b', "a\nb\r\nc", "\u2028", "\x85", "\x00", "\u202e", "é"]),
)


@given(st.lists(FINDINGS, max_size=12))
def test_findings_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, findings: list[Finding]
) -> None:
    """Each contributor's report holds its own findings, in order, whatever characters they show."""
    place = tmp_path_factory.mktemp("release")
    write_findings(place, findings)

    for contributor in ("clairiere", "verger", "la-fonda"):
        expected = tuple(one for one in findings if one.contributor == contributor)
        assert expected == read_findings(place, contributor)


@pytest.mark.parametrize(
    "contributor", ["nobody", "", "../report/clairiere", "*", "clairiere.jsonl", "/etc/passwd", "\x00"]
)
def test_a_report_is_asked_for_by_name_alone(tmp_path: Path, contributor: str) -> None:
    """A name that is none leads nowhere, and to no other file."""
    one = Finding(
        contributor="clairiere",
        source="s",
        fate=Fate.WARNING,
        rule="r",
        message_fr="m",
        message_en="m",
        remedy_fr="r",
        remedy_en="r",
    )
    write_findings(tmp_path, [one])

    assert read_findings(tmp_path, contributor) == ()
    assert read_findings(tmp_path, "clairiere") == (one,)


def test_what_a_release_says_of_itself_is_read_back(tmp_path: Path) -> None:
    """Numbers, hashes and counts, and whether it passed its checks."""
    one = ReleaseInformation(
        number=3,
        created="2026-11-21T20:00:00+00:00",
        software="0.1.0",
        ontology="0.1.0",
        canonical_hash="0" * 64,
        base="https://é.example/",
        inputs={"clairiere-projets": "f" * 64},
        counts={"project": 1},
        conforms=False,
    )
    write_information(tmp_path, one)

    assert one == read_information(tmp_path)


def test_a_report_is_packed_as_it_comes() -> None:
    """Ten megabytes of lines are never held together, and none is lost."""
    line = "é" * 500
    tracemalloc.start()
    try:
        told = packed({"number": number, "line": line} for number in range(10_000))
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    lines = gzip.decompress(told).decode().splitlines()
    assert held < 2_000_000
    assert (len(lines), lines[-1]) == (10_000, f'{{"number": 9999, "line": "{line}"}}')
