import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cis_graph import __version__, cli, pipeline
from cis_graph.errors import ReleaseFault, SettingsError, SourceFault
from cis_graph.harvest.snapshots import Snapshots
from cis_graph.mappers import la_fonda
from cis_graph.model.releases import ReleaseInformation
from cis_graph.release.information import write_information
from cis_graph.release.shelf import Shelf

DONE, DATA_SAY_NO, WRONG_USAGE, OUTSIDE_FAILED = 0, 1, 2, 3
INFORMATION = ReleaseInformation(
    number=1,
    created="2026-11-21T20:00:00+00:00",
    software="0.1.0",
    ontology="0.1.0",
    canonical_hash="5f" * 32,
    base="https://carrefour.example/",
    inputs={},
    counts={"quads": 42},
)

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of this test's own, and one contributor."""
    monkeypatch.setenv("CIS_DATA", str(tmp_path))
    monkeypatch.setattr(cli, "discovered", lambda: (la_fonda.MAPPER,))
    return tmp_path


def shelve(data: Path, *, conforms: bool = True) -> int:
    """A release of which only what it says of itself is there."""
    shelf = Shelf(data)
    number, place = shelf.new()
    write_information(place, replace(INFORMATION, number=number, conforms=conforms))
    shelf.finish(number, place)
    return number


def usage(arguments: list[str]) -> int:
    """The exit code with which the parser itself ends."""
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    return int(end.value.code or 0)


@pytest.mark.parametrize("arguments", [[], ["fly"], ["publish", "two"], ["place"], ["serve", "--port", "x"], ["--no"]])
def test_wrong_usage_is_told_and_ends_with_2(arguments: list[str], capsys: Said) -> None:
    """A command that does not exist or lacks something shows how it is used."""
    assert usage(arguments) == WRONG_USAGE
    assert "usage: cis-graph" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "word"), [(["--version"], __version__), (["--help"], "harvest")])
def test_help_and_version_end_with_0(arguments: list[str], word: str, capsys: Said) -> None:
    """Asking what there is is no mistake."""
    assert usage(arguments) == DONE
    assert word in capsys.readouterr().out


def test_a_setting_that_cannot_be_used_ends_with_2(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    """The setting is named on standard error, without a traceback."""
    monkeypatch.setenv("CIS_BASE", "nowhere")

    assert cli.main(["status"]) == WRONG_USAGE
    assert capsys.readouterr().err.startswith('cis-graph: CIS_BASE is "nowhere"')


def test_an_unknown_contributor_ends_with_2(capsys: Said) -> None:
    """Nothing is harvested, and those there are are listed."""
    assert cli.main(["harvest", "la-fonda", "nobody"]) == WRONG_USAGE

    said = capsys.readouterr()
    assert said.out == ""
    assert "no contributor nobody; there are" in said.err
    assert "la-fonda" in said.err


def test_a_known_contributor_is_harvested_once(data: Path, capsys: Said) -> None:
    """The first harvest is new, the second finds nothing changed."""
    assert [cli.main(["harvest", "la-fonda"]) for _ in range(2)] == [DONE, DONE]

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= 2
    assert "new, snapshot" in lines[0]
    assert "unchanged, snapshot" in lines[-1]
    assert (data / "snapshots").is_dir()


def test_a_source_that_cannot_be_harvested_ends_with_3(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    """What failed is said, and the others are harvested all the same."""

    def fail(*_: Any, **__: Any) -> None:
        raise SourceFault("clairiere: no answer")

    monkeypatch.setattr(pipeline, "gathered", fail)

    assert cli.main(["harvest"]) == OUTSIDE_FAILED
    assert "clairiere: no answer" in capsys.readouterr().out


def test_a_source_without_files_waits_unless_it_is_asked_for(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    """Of all sources, one that nobody handed over yet is said to wait; asked for by name, it fails."""
    waiting = replace(la_fonda.MAPPER, source=replace(la_fonda.SOURCE, slug="clairiere", contributor="clairiere"))
    monkeypatch.setattr(cli, "discovered", lambda: (la_fonda.MAPPER, waiting))

    assert cli.main(["harvest"]) == DONE
    assert f"clairiere: waits for its files in {data / 'inbox' / 'clairiere'}" in capsys.readouterr().out
    assert cli.main(["harvest", "clairiere"]) == OUTSIDE_FAILED


def test_status_without_a_release_ends_with_1(capsys: Said) -> None:
    """Nothing published is an answer that says what to do."""
    assert cli.main(["status"]) == DATA_SAY_NO
    assert capsys.readouterr().err == "cis-graph: nothing is published yet; build and publish a release first\n"


def test_status_marks_the_current_release(data: Path, capsys: Said) -> None:
    """Newest first, each with its hash."""
    shelve(data)
    shelve(data)
    assert cli.main(["publish", "1"]) == DONE
    capsys.readouterr()

    assert cli.main(["status"]) == DONE
    lines = capsys.readouterr().out.splitlines()
    assert [line[:11] for line in lines[::2]] == ["  release 2", "* release 1"]
    assert lines[1].strip() == f"canonical hash {'5f' * 32}"


def test_publishing_takes_the_newest_where_none_is_named(data: Path, capsys: Said) -> None:
    """And says which it was."""
    shelve(data)
    shelve(data)

    assert cli.main(["publish"]) == DONE
    assert capsys.readouterr().out == "release 2 is published\n"
    assert Shelf(data).current_number() == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["publish"], "There is no release to publish"), (["publish", "9"], "There is no release 9")],
)
def test_publishing_what_is_not_there_ends_with_1(arguments: list[str], message: str, capsys: Said) -> None:
    """The shelf is empty, and that is said."""
    assert cli.main(arguments) == DATA_SAY_NO
    assert message in capsys.readouterr().err


def test_publishing_what_did_not_conform_ends_with_1(data: Path, capsys: Said) -> None:
    """A release that broke its shapes stays unpublished."""
    shelve(data, conforms=False)

    assert cli.main(["publish"]) == DATA_SAY_NO
    assert "did not pass its checks" in capsys.readouterr().err


@pytest.mark.parametrize(("conforms", "code"), [(True, DONE), (False, DATA_SAY_NO)])
def test_a_build_ends_with_what_the_data_say(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, *, conforms: bool, code: int
) -> None:
    """A release that does not conform is built, said to be so, and ends with 1."""
    monkeypatch.setattr(pipeline, "build", lambda *_: replace(INFORMATION, conforms=conforms))

    assert cli.main(["build"]) == code
    said = capsys.readouterr().out
    assert "release 1 is built: 42 quads" in said
    assert ("did not pass its checks" in said) == (not conforms)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SettingsError("no"), WRONG_USAGE),
        (ReleaseFault("no"), DATA_SAY_NO),
        (OSError("no"), OUTSIDE_FAILED),
        (PermissionError("no"), OUTSIDE_FAILED),
    ],
)
def test_each_error_has_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, error: Exception, code: int
) -> None:
    """What is told is told on standard error in one line."""

    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(pipeline, "publish", fail)

    assert cli.main(["publish"]) == code
    assert capsys.readouterr().err == "cis-graph: no\n"


def test_an_error_of_programming_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody expected keeps its traceback."""

    def fail(*_: Any) -> None:
        raise KeyError

    monkeypatch.setattr(pipeline, "publish", fail)

    with pytest.raises(KeyError):
        cli.main(["publish"])


def answers(capsys: Said) -> list[dict[str, Any]]:
    """The JSON lines on standard output."""
    return [json.loads(line) for line in capsys.readouterr().out.split("\n")[:-1]]


def test_places_on_arguments_and_on_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    """One line out for each text or line in, in order, whatever it holds; it works without a release."""
    texts = ["69007 Lyon", "Rhône-Alpes", "Nowhere at all", "", "{broken", "\u2028", '{"text": "Ain"}', "<b>\x00"]

    assert cli.main(["place", *texts]) == DONE
    given = answers(capsys)
    assert [one["code"] for one in given[:3]] == ["69387", "82", None]
    assert len(given) == len(texts)
    assert "error" in given[4]

    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{text}\n" for text in texts)))
    assert cli.main(["place", "-"]) == DONE
    assert given == answers(capsys)


def test_a_source_that_is_pushed_is_not_harvested_with_the_others(data: Path, capsys: Said) -> None:
    """What its contributor pushed is not lost to a harvest of all; by name it is harvested again."""
    snapshots = Snapshots(data / "snapshots")
    pushed, _ = snapshots.keep("la-fonda", {"page.txt.rows.json": b"[]"}, "2026-01-01T00:00:00Z")

    assert cli.main(["harvest"]) == DONE
    assert "la-fonda: its contributor pushes it" in capsys.readouterr().out
    assert snapshots.latest("la-fonda") == pushed
    assert cli.main(["harvest", "la-fonda"]) == DONE
    assert snapshots.latest("la-fonda") != pushed
