import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cis_graph import cli, pipeline
from cis_graph.errors import FolderBusy
from cis_graph.release.backup import restore
from cis_graph.release.shelf import Shelf
from cis_graph.release.writing import LOCK, writing
from cis_graph.settings import Settings
from tests.release.test_shelf import build

HOLDER = """
import sys, time
from pathlib import Path
from cis_graph.release.writing import writing
with writing(Path(sys.argv[1]), "build"):
    print("ready", flush=True)
    time.sleep(60)
"""


@contextmanager
def holder(data: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that writes to the folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(data)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_two_processes_never_write_to_one_folder(tmp_path: Path) -> None:
    """Each way of writing is refused while another process writes, and the error says who that is."""
    settings, shelf = Settings(data=tmp_path), Shelf(tmp_path)
    shelf.publish(build(shelf))
    build(shelf)
    before = sorted(tmp_path.rglob("*"))

    with holder(tmp_path) as other:
        for write in (
            lambda: pipeline.harvest(settings, (), lambda _: None),
            lambda: pipeline.build(settings, (), lambda _: None),
            lambda: pipeline.publish(settings),
            lambda: pipeline.rollback(settings),
        ):
            with pytest.raises(FolderBusy, match=rf"by build \(process {other.pid}, since 20") as busy:
                write()
            assert f"processus {other.pid}, depuis" in busy.value.french
        assert [path for path in sorted(tmp_path.rglob("*")) if path.name != LOCK] == before
    assert shelf.current_number() == 1


def test_nothing_is_restored_over_what_another_process_writes(tmp_path: Path) -> None:
    """A restore waits for nobody and overwrites nobody."""
    source = Shelf(tmp_path / "backup")
    source.publish(build(source))
    (tmp_path / "backup" / "ledger.jsonl").touch()

    with holder(tmp_path / "data"), pytest.raises(FolderBusy, match="by build"):
        restore(tmp_path / "backup", tmp_path / "data")
    assert [path.name for path in (tmp_path / "data").iterdir()] == [LOCK]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_died_holds_nothing(tmp_path: Path, end: signal.Signals) -> None:
    """The lock goes with its process, whatever ended it, and nobody is asked to remove a file."""
    with holder(tmp_path) as other:
        os.kill(other.pid, end)
        other.wait()
        with writing(tmp_path, "publish"):
            assert f'"process": {os.getpid()}' in (tmp_path / LOCK).read_text(encoding="ascii")
    assert (tmp_path / LOCK).read_text(encoding="ascii") == ""


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "\x00", '{"what": 1}'])
def test_a_holder_that_does_not_say_who_it_is_still_holds(tmp_path: Path, text: str) -> None:
    """The lock is the system's; what the file says is only for people."""
    with writing(tmp_path, "build"):
        (tmp_path / LOCK).write_text(text, encoding="ascii")
        with pytest.raises(FolderBusy, match="is being written to"), writing(tmp_path, "publish"):
            pass


def test_a_writer_that_fails_lets_go(tmp_path: Path) -> None:
    """After an error the next one writes."""
    with pytest.raises(KeyError), writing(tmp_path, "build"):
        raise KeyError
    with writing(tmp_path, "publish"):
        pass


def test_the_command_says_who_writes_in_two_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends with 3: nothing is wrong with the data or the command."""
    monkeypatch.setenv("CIS_DATA", str(tmp_path))
    with holder(tmp_path):
        assert cli.main(["publish"]) == 3

    said = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0].strip() for line in said] == ["cis-graph", "cis-graph"]
    assert "is being written to by build" in said[0]
    assert "est en cours d'écriture par build" in said[1]
