"""The quality of contributors' projects in a release: measured, told in RDF, kept over releases."""

from pathlib import Path

from cis_graph.model.quality import QualityProfile
from cis_graph.rdf.iris import DQV, Iris
from cis_graph.rdf.told import Said, tell
from cis_graph.release.quality import measured, quality_lines, read_quality, write_quality
from tests.support.making import SOURCE, actor, record

IRIS = Iris("https://carrefour.example/")
DIMENSIONS = {"findability": 20.0, "territory": 10.0, "actors": 15.0, "time_and_source": 10.0, "reuse": 5.0}
PROFILE = QualityProfile(projects=1, dimensions=DIMENSIONS, tiers={"A": 1}, lacking={"territory": 1})


def test_a_measurement_says_of_whom_and_of_what() -> None:
    """Score, tier and each dimension are DQV measurements of the contributor, each of a metric that is declared."""
    lines = set(quality_lines({"ruches": PROFILE}, IRIS))
    score = "<https://carrefour.example/id/contributor/ruches#quality-score>"

    assert f'{score} <{DQV}value> "60"^^<http://www.w3.org/2001/XMLSchema#decimal> .' in lines
    metrics = {line.split(" ")[2] for line in lines if f"<{DQV}isMeasurementOf>" in line}
    assert len(metrics) == 7
    assert all(any(line.startswith(f"{metric} ") and "Metric>" in line for line in lines) for metric in metrics)


def test_history_grows_only_when_something_changes(tmp_path: Path) -> None:
    """Three releases of which two say the same have two states."""
    better = QualityProfile(projects=1, dimensions=DIMENSIONS | {"actors": 25.0}, tiers={"B": 1}, lacking={})
    before = None
    for number, one in enumerate((PROFILE, PROFILE, better), 1):
        place = tmp_path / str(number)
        (place / "report").mkdir(parents=True)
        write_quality(place, number, "2026-01-01T00:00:00+00:00", {"ruches": one}, before)
        before = place

    states = read_quality(tmp_path / "3")["ruches"]
    assert [(1, 60.0), (3, 70.0)] == [(one.release, one.profile.score) for one in states]
    assert {} == read_quality(tmp_path)


def test_whoever_tells_of_no_project_is_not_measured() -> None:
    """There is nothing to be complete about."""
    said = Said(packed=b"", size=0, state="")
    told = tell(record("a", "1", actor("Le Centsept")), said, SOURCE, IRIS, "2026-01-01T00:00:00Z")
    assert {} == measured([told], ())
