import json
from pathlib import Path

import pytest

from cis_graph.errors import SourceFault
from cis_graph.harvest.bundled import harvest_bundled
from cis_graph.harvest.snapshots import Snapshots
from cis_graph.mapping.source import Source
from cis_graph.mapping.tables import CsvFile, TextPage
from cis_graph.resources import DEMONSTRATION
from tests.conftest import bundled_mappers
from tests.support.making import LICENCE

RETRIEVED = "2026-01-01T00:00:00Z"
SOURCE = Source(
    slug="clairiere-projets",
    contributor="clairiere",
    title="Clairière",
    homepage="https://clairiere.example/",
    licence=LICENCE,
    data=(CsvFile(name="a.csv"), TextPage(name="page.txt")),
    at_least=1,
)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle of one source."""
    place = tmp_path / "bundle" / SOURCE.slug
    place.mkdir(parents=True)
    (place / "a.csv").write_bytes(b"x\n1\n")
    (place / "page.txt").write_bytes(b"page")
    (place / "snapshot.json").write_text(json.dumps({"retrieved": RETRIEVED}), encoding="utf-8")
    return place.parent


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    """Where harvests are kept."""
    return Snapshots(tmp_path / "snapshots")


def test_bundled_files_are_a_harvest_of_when_they_were_retrieved(bundle: Path, snapshots: Snapshots) -> None:
    """The time is that of the retrieval and not of the build; a second harvest changes nothing."""
    snapshot, new = harvest_bundled(SOURCE, bundle, snapshots)

    assert (snapshot.at, new) == (RETRIEVED, True)
    assert dict(snapshot.files) == {"a.csv": b"x\n1\n", "page.txt": b"page"}
    assert harvest_bundled(SOURCE, bundle, snapshots) == (snapshot, False)


def test_files_that_nobody_declared_are_left_alone(bundle: Path, snapshots: Snapshots) -> None:
    """A note beside the data is no data."""
    (bundle / SOURCE.slug / "README.md").write_text("note", encoding="utf-8")

    assert set(harvest_bundled(SOURCE, bundle, snapshots)[0].files) == {"a.csv", "page.txt"}


@pytest.mark.parametrize("missing", ["a.csv", "page.txt", "snapshot.json"])
def test_a_missing_file_fails_the_source_and_keeps_nothing(bundle: Path, snapshots: Snapshots, missing: str) -> None:
    """Half a harvest is none."""
    (bundle / SOURCE.slug / missing).unlink()

    with pytest.raises(SourceFault, match=rf"clairiere-projets: .*{missing}"):
        harvest_bundled(SOURCE, bundle, snapshots)
    assert snapshots.latest(SOURCE.slug) is None


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", "null", '"2026"', "\xff"])
def test_a_bundle_that_does_not_say_when_fails(bundle: Path, snapshots: Snapshots, text: str) -> None:
    """Without a time of retrieval there is no provenance."""
    (bundle / SOURCE.slug / "snapshot.json").write_bytes(text.encode("latin-1"))

    with pytest.raises(SourceFault, match="see demonstration/"):
        harvest_bundled(SOURCE, bundle, snapshots)


def test_the_projects_sources_are_bundled(snapshots: Snapshots) -> None:
    """Every folder of the demonstration is a mapper's source, with all its files and a time in UTC."""
    kept = [harvest_bundled(mapper.source, DEMONSTRATION, snapshots)[0] for mapper in bundled_mappers()]

    folders = {place.parent.name for place in DEMONSTRATION.glob("*/snapshot.json")}
    assert folders == {snapshot.source for snapshot in kept}
    assert [snapshot.source for snapshot in kept if not snapshot.at.endswith(("Z", "+00:00"))] == []
