"""``cis-graph validate``: the dry run of a file."""

import json
from pathlib import Path

import pytest

from cis_graph import cli
from tests.support.golden import FOLDER

Said = pytest.CaptureFixture[str]
SAMPLE = FOLDER / "rtes" / "sample"


def one_file() -> Path:
    """The sample's single file."""
    (path,) = SAMPLE.iterdir()
    return path


def test_a_sample_that_keeps_the_rules_ends_with_0(capsys: Said) -> None:
    """The report counts rows and records and says that nothing is set aside."""
    assert cli.main(["validate", str(one_file()), "--mapper", "rtes"]) == 0
    assert "Conforme" in capsys.readouterr().out


def test_a_file_that_is_none_ends_with_1(tmp_path: Path, capsys: Said) -> None:
    """What cannot be read is told as the contributor would be told."""
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(b"\x00")

    assert cli.main(["validate", str(wrong), "--mapper", "aidants-connect", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["conforms"] is False
    assert "source-failed" == told["findings"][0]["fate"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["validate", "x", "--mapper", "nobody"], 2),
        (["validate", "missing.csv", "--mapper", "rtes"], 3),
        (["validate", "missing.csv", "--mapper", "departement-de-la-sarthe"], 2),
    ],
)
def test_what_cannot_be_tried_says_so(arguments: list[str], code: int, capsys: Said) -> None:
    """An unknown mapper, a file that is not there, and files of another source each have their exit code."""
    assert cli.main(arguments) == code
    assert capsys.readouterr().err.startswith("cis-graph: ")


def test_the_report_can_be_taken_away_as_shacl(capsys: Said) -> None:
    """The same findings as a SHACL validation report."""
    cli.main(["validate", str(SAMPLE), "--mapper", "rtes", "--format", "ttl"])

    assert "sh:ValidationReport" in capsys.readouterr().out
