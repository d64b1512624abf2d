"""Copies of the data folder: everything that cannot be made again, and the current release."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from cis_graph.errors import ReleaseFault
from cis_graph.release.citations import CITATIONS
from cis_graph.release.opened import Opened
from cis_graph.release.shelf import POINTER, Shelf
from cis_graph.release.writing import writing

LEDGER = "ledger.jsonl"
SNAPSHOTS = "snapshots"
CURATION = "curation"
_FOLDERS = (SNAPSHOTS, CURATION, CITATIONS)
_UNDER_WAY = shutil.ignore_patterns(".*", "harvests.log")


def back_up(data: Path, target: Path) -> None:
    """Copies the current release and what cannot be made again to a new folder, which appears whole or not at all.

    Others may build and publish meanwhile: the release stays while it is copied, and what is copied after it can
    only hold more.

    Raises:
        ReleaseFault: the target is there already, or nothing is published.
    """
    if target.exists():
        raise ReleaseFault(f"{target} is there already; name a new folder")
    if target.resolve().is_relative_to(data.resolve()):
        raise ReleaseFault(f"{target} lies in {data} and would be lost with it; name a folder elsewhere")
    release = Shelf(data).current()
    if release is None:
        raise ReleaseFault(f"Nothing is published yet in {data}; there is no release to keep")
    target.parent.mkdir(parents=True, exist_ok=True)
    under_way = Path(tempfile.mkdtemp(prefix=".", dir=target.parent))
    try:
        _copy_release(release, under_way)
        _copy(data, under_way)
        under_way.rename(target)
    except BaseException:
        shutil.rmtree(under_way, ignore_errors=True)
        raise


def restore(source: Path, data: Path) -> None:
    """Makes a new data folder from a backup; the pointer comes last, so a restore that died serves nothing.

    Raises:
        ReleaseFault: the folder holds releases already, or the backup is none.
        FolderBusy: another process writes to the data folder.
    """
    release = Shelf(source).current()
    if release is None or not (source / LEDGER).exists():
        raise ReleaseFault(f"{source} is no backup: it has no current release or no {LEDGER}")
    with writing(data, "restore"):
        shelf = Shelf(data)
        if shelf.numbers() or any((data / name).exists() for name in (LEDGER, CURATION, SNAPSHOTS)):
            raise ReleaseFault(f"{data} holds data already; restore into a new folder (CIS_DATA)")
        number, building = release.information.number, shelf.begin(release.information.number)
        try:
            _copy_folder(release.place, building)
            _copy(source, data)
        except BaseException:
            for name in (CURATION, SNAPSHOTS, building):
                shutil.rmtree(data / name, ignore_errors=True)
            (data / LEDGER).unlink(missing_ok=True)
            raise
        shelf.finish(number, building)
        shelf.publish(number)


def _copy_release(release: Opened, target: Path) -> None:
    _copy_folder(release.place, target / "releases" / release.place.name)
    (target / "releases" / POINTER).write_text(f"{release.place.name}\n", encoding="ascii")


def _copy(source: Path, target: Path) -> None:
    """Copies the ledger last: a folder without one is not finished."""
    for log in (source / SNAPSHOTS).glob("*/harvests.log"):  # before the snapshots it speaks of
        place = target / log.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(log, place)
    for name in _FOLDERS:
        if (source / name).is_dir():
            _copy_folder(source / name, target / name, ignore=_UNDER_WAY)
    if (source / LEDGER).exists():
        shutil.copy2(source / LEDGER, target / LEDGER)


def _copy_folder(source: Path, target: Path, ignore: Callable[[str, list[str]], set[str]] | None = None) -> None:
    try:
        shutil.copytree(source, target, ignore=ignore, dirs_exist_ok=True)
    except shutil.Error as error:  # a list of every file that failed
        failed = error.args[0]
        raise OSError(f"{len(failed)} files of {source} could not be copied; the first: {failed[0][2]}") from error
