"""Labels at the command line."""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from cis_graph import cli
from cis_graph.commands import labelling
from cis_graph.commands.labelling import Labelling
from cis_graph.model.findings import Finding
from cis_graph.model.records import Label
from cis_graph.release.information import write_findings, write_information
from cis_graph.release.labelling import LabelDesk
from cis_graph.release.shelf import Shelf
from cis_graph.resolution.notices import unknown_label
from cis_graph.settings import Settings
from tests.support.making import record
from tests.support.small_release import FINDINGS, INFORMATION

DONE, DATA_SAY_NO, WRONG_USAGE = 0, 1, 2
WHO = ["--by", "Alix", "--why", "read on the page"]
Said = pytest.CaptureFixture[str]


def finding(key: str, text: str, contributor: str = "la-fonda") -> Finding:
    """What a report says of a theme that nobody knows."""
    return unknown_label(record(contributor, key), "source", Label(text=text, scheme="theme"))


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose published release does not know three labels, and no sense of meaning."""
    shelf = Shelf(tmp_path)
    number, place = shelf.new()
    write_information(place, replace(INFORMATION, number=number))
    known = (finding("1", "Santé"), replace(FINDINGS[0], contributor="la-fonda"))
    unknown = (finding("1", "Énergie verte"), finding("1", "Marchons"), finding("2", "MARCHONS"))
    write_findings(place, (*known, *unknown, finding("3", "Gîte", "eig")))
    shelf.finish(number, place)
    shelf.publish(number)
    monkeypatch.setenv("CIS_DATA", str(tmp_path))
    monkeypatch.setattr(labelling, "by_meaning", lambda: None)
    return tmp_path


@dataclass
class Table:
    """A terminal: what was said, and the desk."""

    data: Path
    said: list[str] = field(default_factory=list)

    def ask(self, *answers: str) -> int:
        """Answers given one after the other."""
        desk = LabelDesk(Settings(data=self.data))
        return Labelling(desk=desk, contributors=("la-fonda",), say=self.said.append).ask(
            answers, by="Alix", why="seen"
        )


def listed(capsys: Said, *arguments: str) -> list[str]:
    """The labels that the command lists."""
    capsys.readouterr()
    assert cli.main(["label", *arguments, "--json"]) == DONE
    return [json.loads(line)["label"] for line in capsys.readouterr().out.splitlines()]


def test_labels_that_nobody_knows_are_listed_with_suggestions(capsys: Said) -> None:
    """That of most records first, each spelling once, with at most three concepts; what a name tells is not asked."""
    assert cli.main(["label", "la-fonda", "--json"]) == DONE
    first, second = map(json.loads, capsys.readouterr().out.splitlines())

    assert (first["label"], first["records"], first["contributor"]) == ("Marchons", 2, "la-fonda")
    assert (second["label"], second["records"], second["scheme"]) == ("Énergie verte", 1, "theme")
    assert second["suggestions"][0]["concept"] == "theme/energies"
    assert 1 <= len(second["suggestions"]) <= 3


def test_the_list_for_people_has_a_line_a_label(capsys: Said) -> None:
    """Without a contributor, those of all; where nothing waits, it says so."""
    assert cli.main(["label"]) == DONE
    assert ["Marchons", "Gîte", "Énergie verte"] == [
        line.split("  ")[-2] for line in capsys.readouterr().out.splitlines()
    ]

    assert cli.main(["label", "rtes"]) == DONE
    assert "every label" in capsys.readouterr().out


def test_what_is_said_of_a_label_is_kept_and_not_asked_again(data: Path, capsys: Said) -> None:
    """In SSSOM, with who, when and why; saying it twice writes nothing more."""
    said = ["label", "la-fonda", "marchons", "theme/mobilite", "https://w3id.org/insoc/concept/theme/sante", *WHO]
    assert cli.main(said) == DONE
    assert '"marchons" of la-fonda means theme/mobilite: kept' in capsys.readouterr().out
    kept = (data / "curation" / "labels.sssom.tsv").read_bytes()

    assert cli.main(said) == DONE
    assert "already so" in capsys.readouterr().out
    assert kept == (data / "curation" / "labels.sssom.tsv").read_bytes()
    assert listed(capsys) == ["Gîte", "Énergie verte"]


def test_what_was_said_can_be_taken_back(capsys: Said) -> None:
    """The label waits again."""
    assert cli.main(["label", "la-fonda", "Marchons", "theme/mobilite", *WHO]) == DONE
    assert cli.main(["label", "la-fonda", "Marchons", "theme/mobilite", "--not", *WHO]) == DONE
    assert "no longer means theme/mobilite" in capsys.readouterr().out
    assert "Marchons" in listed(capsys, "la-fonda")


def test_a_label_that_no_record_has_is_kept_and_said(capsys: Said) -> None:
    """It may come with the next harvest, or be a typing error."""
    assert cli.main(["label", "la-fonda", "Marchon", "theme/mobilite", *WHO]) == DONE
    assert "no published record has this label" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nobody"], WRONG_USAGE, "no contributor nobody; there are"),
        (["nobody", "Marchons", "theme/mobilite", *WHO], WRONG_USAGE, "no contributor nobody"),
        (["la-fonda", "Marchons", *WHO], DATA_SAY_NO, 'Say what "Marchons" means'),
        (["la-fonda", "Marchons", "theme/mobilité", *WHO], DATA_SAY_NO, "no concept of scheme theme; perhaps theme/mobil"),
        (["la-fonda", "Marchons", "topic/mobilite", *WHO], DATA_SAY_NO, "where SCHEME is one of theme, audience"),
        (["la-fonda", "Marchons", "mobilite", *WHO], DATA_SAY_NO, '"mobilite" names no concept'),
        (["la-fonda", "Marchons", "theme/mobilite", "--by", "Alix"], DATA_SAY_NO, "Say why"),
        (["la-fonda", "Marchons", "theme/mobilite", "--who", " ", "--why", "x"], DATA_SAY_NO, "Say who"),
        (["la-fonda", "", "theme/mobilite", *WHO], DATA_SAY_NO, "a letter or a figure"),
        (["la-fonda", "!!!", "theme/mobilite", *WHO], DATA_SAY_NO, "a letter or a figure"),
        (["la-fonda", "x" * 501, "theme/mobilite", *WHO], DATA_SAY_NO, "1 to 500 characters"),
        (["la-fonda", "a\udcff", "theme/mobilite", *WHO], DATA_SAY_NO, "is no text"),
        (["la-fonda", "Marchons", "theme/mobilite", "--not", *WHO], DATA_SAY_NO, "No table says"),
        (["la-france-s-engage", "Egalité des chances", "theme/egalite-des-chances", "--not", *WHO], DATA_SAY_NO, "is a name"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told(data: Path, capsys: Said, arguments: list[str], code: int, message: str) -> None:
    """Which word is wrong and what it may be; nothing is written."""
    assert cli.main(["label", *arguments]) == code
    assert message in capsys.readouterr().err
    assert not (data / "curation" / "labels.sssom.tsv").exists()


def test_without_a_release_there_is_nothing_to_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    """What a label means can be said all the same, before the first build."""
    monkeypatch.setenv("CIS_DATA", str(tmp_path / "new"))

    assert cli.main(["label"]) == DATA_SAY_NO
    assert "Nothing is published yet" in capsys.readouterr().err
    assert cli.main(["label", "la-fonda", "Marchons", "theme/mobilite", *WHO]) == DONE


def test_a_number_or_a_key_answers(data: Path) -> None:
    """Numbers are those of the suggestions, several are kept together, and an answer that names nothing asks again."""
    table = Table(data)

    assert table.ask("9", "blip", "", "mobilite theme/sante", "1") == 2
    kept = LabelDesk(Settings(data=data))
    assert kept.unknown(("la-fonda",)) == ()
    assert any('"9" is no concept' in line for line in table.said)
    assert any("means theme/energies" in line for line in table.said)


@pytest.mark.parametrize(("answers", "kept"), [(["s", "1"], 1), (["q", "1"], 0), ([], 0), (["S", "Q"], 0)])
def test_skipping_and_leaving_keep_nothing(data: Path, answers: list[str], kept: int) -> None:
    """The end of the answers leaves too."""
    assert Table(data).ask(*answers) == kept
