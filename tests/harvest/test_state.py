from pathlib import Path

import pytest

from cis_graph.errors import SourceFault
from cis_graph.harvest.snapshots import Snapshots
from cis_graph.harvest.state import SourceState, source_state
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import CsvFile
from cis_graph.model.findings import Fate
from cis_graph.model.records import Record
from tests.support.making import LICENCE, project

SOURCE = Source(
    slug="clairiere-projets",
    contributor="clairiere",
    title="Clairière",
    homepage="https://clairiere.example/",
    licence=LICENCE,
    data=(CsvFile(name="a.csv"),),
    at_least=2,
)
GOOD = {"a.csv": b"key,title\n1,Jardin\n2,Verger\n"}
BETTER = {"a.csv": b"key,title\n1,Jardin\n2,Verger\n3,Potager\n"}
SHRUNK = {"a.csv": b"key,title\n1,Jardin\n"}
RENAMED = {"a.csv": b"key,name\n1,Jardin\n2,Verger\n"}
BROKEN = {"a.csv": b'key,title\n1,"Jardin\n'}
ELSEWHERE = {"b.csv": b""}
AT = "2026-01-01T00:00:00Z"


class Row(SourceRow):
    """One row of the invented source."""

    key: str = column("key")
    title: str = column("title")


def to_record(row: Row) -> Record:
    """The project of a row."""
    return SOURCE.record(row.key, projects=(project(row.title),))


MAPPER = Mapper(SOURCE, (Row,), to_record)


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    """Where harvests are kept."""
    return Snapshots(tmp_path)


def keys(state: SourceState) -> list[str]:
    """The keys of a state's records."""
    return [record.key for record in state.records]


def test_a_good_harvest_is_the_state(snapshots: Snapshots) -> None:
    """Its records, and which snapshot they come from."""
    kept, _ = snapshots.keep(SOURCE.slug, GOOD, AT)
    state = source_state(MAPPER, snapshots, None)

    assert (keys(state), state.findings) == (["1", "2"], ())
    assert (state.sha256, state.at, state.source) == (kept.sha256, AT, SOURCE)


def test_a_newer_harvest_replaces_the_last_good_one(snapshots: Snapshots) -> None:
    """The last good state is a net and not the truth."""
    good, _ = snapshots.keep(SOURCE.slug, GOOD, AT)
    snapshots.keep(SOURCE.slug, BETTER, AT)

    assert keys(source_state(MAPPER, snapshots, good.sha256)) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (SHRUNK, "1 fiches lues, au moins 2 sont attendues"),
        (RENAMED, "colonne déclarée disparue : title"),
        (BROKEN, "a.csv, ligne 2 : CSV illisible"),
        (ELSEWHERE, "fichier manquant : a.csv"),
    ],
    ids=["shrunk", "renamed", "broken", "elsewhere"],
)
def test_a_failing_source_keeps_its_last_good_state(snapshots: Snapshots, files: dict[str, bytes], why: str) -> None:
    """A new harvest that cannot be read destroys nothing, and the contributor is told why in French."""
    good, _ = snapshots.keep(SOURCE.slug, GOOD, AT)
    snapshots.keep(SOURCE.slug, files, "2026-02-01T00:00:00Z")
    state = source_state(MAPPER, snapshots, good.sha256)
    (finding,) = state.findings

    assert (keys(state), state.sha256, state.at) == (["1", "2"], good.sha256, AT)
    assert (finding.fate, finding.rule, finding.contributor) == (Fate.SOURCE_FAILED, "source-illisible", "clairiere")
    assert why in finding.message_fr
    assert finding.message_fr.endswith("Son dernier bon état reste publié.")
    assert (finding.remedy_fr, finding.remedy_en) != ("", "")


def test_a_failing_source_without_a_good_state_has_no_records(snapshots: Snapshots) -> None:
    """A first harvest that fails gives an alarm and nothing else."""
    snapshots.keep(SOURCE.slug, SHRUNK, AT)
    state = source_state(MAPPER, snapshots, None)

    assert (keys(state), state.sha256, state.at) == ([], None, None)
    assert [finding.fate for finding in state.findings] == [Fate.SOURCE_FAILED]
    assert state.findings[0].message_fr.endswith("Aucun bon état n'en est connu : rien n'en est publié.")
    assert "last good state" not in state.findings[0].message_en


def test_a_source_that_was_never_harvested_says_so(snapshots: Snapshots) -> None:
    """Forgetting to harvest is told from an empty source."""
    state = source_state(MAPPER, snapshots, None)

    assert (keys(state), state.sha256) == ([], None)
    assert ["n'a jamais été moissonnée" in finding.message_fr for finding in state.findings] == [True]


def test_a_damaged_snapshot_falls_back_to_the_last_good_one(tmp_path: Path, snapshots: Snapshots) -> None:
    """A disk that loses the latest harvest does not take the source off the map."""
    good, _ = snapshots.keep(SOURCE.slug, GOOD, AT)
    latest, _ = snapshots.keep(SOURCE.slug, BETTER, AT)
    (tmp_path / SOURCE.slug / latest.sha256[:16] / "files" / "a.csv").write_bytes(b"")
    state = source_state(MAPPER, snapshots, good.sha256)

    assert keys(state) == ["1", "2"]
    assert ["abîmée" in finding.message_fr for finding in state.findings] == [True]


def test_a_last_good_snapshot_that_is_gone_is_said_too(snapshots: Snapshots) -> None:
    """When neither can be read, both reasons are told."""
    snapshots.keep(SOURCE.slug, SHRUNK, AT)
    state = source_state(MAPPER, snapshots, "0" * 64)

    assert keys(state) == []
    assert len(state.findings) == 2


def test_one_damage_is_told_once(tmp_path: Path, snapshots: Snapshots) -> None:
    """The latest harvest may be the last good one."""
    good, _ = snapshots.keep(SOURCE.slug, GOOD, AT)
    (tmp_path / SOURCE.slug / good.sha256[:16] / "files" / "a.csv").unlink()

    assert len(source_state(MAPPER, snapshots, good.sha256).findings) == 1


def test_a_failed_harvest_is_told_beside_the_last_good_state(snapshots: Snapshots) -> None:
    """Nobody takes old records for news: the contributor reads that the last harvest brought nothing, and why."""
    snapshots.keep(SOURCE.slug, GOOD, AT)
    snapshots.fail(SOURCE.slug, SourceFault("clairiere: no answer", french="pas de réponse"), AT)
    state = source_state(MAPPER, snapshots, None)

    assert keys(state) == ["1", "2"]
    (finding,) = state.findings
    assert finding.fate is Fate.SOURCE_FAILED
    assert "pas de réponse" in finding.message_fr
    assert "clairiere: no answer" in finding.message_en
