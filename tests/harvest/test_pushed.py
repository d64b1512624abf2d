"""What is pushed, as a snapshot keeps it: the same records as a harvest gives, and every row accounted for."""

from pathlib import Path

import pytest

from cis_graph.errors import SourceFault
from cis_graph.harvest.pushed import ROWS, TOLD, Files, as_pushed, is_pushed, mapped_push, merged
from cis_graph.harvest.snapshots import Snapshot
from cis_graph.harvest.state import mapped_snapshot
from cis_graph.intake.bodies import pushed_files
from cis_graph.mapping.source import Mapper
from cis_graph.model.gate import Handed
from cis_graph.rdf.iris import Iris
from tests.support.golden import folders, mapper_of

IRIS = Iris("https://carrefour.example/")


def sample(folder: Path) -> tuple[Mapper, Files]:
    """A mapper and its sample's files."""
    mapper = mapper_of(folder)
    return mapper, {file.name: (folder / "sample" / file.name).read_bytes() for file in mapper.source.data}


def snapshot(files: Files) -> Snapshot:
    """A snapshot of some files."""
    return Snapshot(source="s", sha256="0", at="2026-01-01T00:00:00Z", files=files)


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_rows_and_records_add_up_for_every_source_harvested_or_pushed(folder: Path) -> None:
    """Each source's sample gives the same records both ways, and each row is in a record, set aside, or blank."""
    mapper, files = sample(folder)
    harvested, pushed = (mapped_snapshot(mapper, snapshot(one)) for one in (files, as_pushed(mapper, files)))

    assert harvested.records == pushed.records
    assert harvested.account == pushed.account
    assert 0 == pushed.account.lost
    assert {(one.rule, one.rows) for one in harvested.findings} == {(one.rule, one.rows) for one in pushed.findings}


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_what_is_pushed_again_is_there_once(folder: Path) -> None:
    """Adding to a source what it already holds leaves every record as it was."""
    mapper, files = sample(folder)
    state = as_pushed(mapper, files)
    again = merged(mapper, state, state)

    assert mapped_push(mapper, state).records == mapped_push(mapper, again).records
    assert 0 == mapped_push(mapper, again).account.lost


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_golden_record_pushed_in_rdf_replaces_its_rows(folder: Path) -> None:
    """A record of a source can be put in its place in our own words, whatever shape the source has."""
    mapper, files = sample(folder)
    handed = Handed(source=mapper.source.slug, files={"": (folder / "expected.ttl").read_bytes()}, kind="ttl")
    state = merged(mapper, as_pushed(mapper, files), pushed_files(mapper, handed, IRIS))

    now = mapped_push(mapper, state)
    assert {one.key for one in mapped_snapshot(mapper, snapshot(files)).records} == {one.key for one in now.records}
    assert 0 == now.account.lost
    assert merged(mapper, state, state) == state


def test_a_push_is_known_by_the_names_of_its_files() -> None:
    """A harvest's files are never taken for a push."""
    assert is_pushed([f"a.csv{ROWS}"])
    assert is_pushed([TOLD])
    assert not is_pushed(["a.csv", "rows.json"])


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("json", b"["),
        ("json", b"[1]"),
        ("json", b"null"),
        ("csv", b""),
        ("ttl", b"<"),
        ("nt", b"\xff"),
        ("json", b"\xff"),
    ],
)
def test_what_cannot_be_read_names_its_place(kind: str, data: bytes) -> None:
    """A push of broken bytes is a fault of the source, whatever its kind."""
    (folder,) = (one for one in folders() if one.name == "aidants-connect")
    mapper, _ = sample(folder)

    with pytest.raises(SourceFault):
        mapped_push(mapper, pushed_files(mapper, Handed(source="", files={"": data}, kind=kind), IRIS))


def test_a_push_to_one_of_several_files_names_it() -> None:
    """Which file rows belong to is never guessed."""
    (folder,) = (one for one in folders() if one.name == "departement-de-la-sarthe")
    mapper, _ = sample(folder)

    with pytest.raises(SourceFault, match=r"\?file="):
        pushed_files(mapper, Handed(source="", files={"": b"a\n"}, kind="csv"), IRIS)
