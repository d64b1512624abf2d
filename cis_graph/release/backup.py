"""Copies of the data folder: everything that cannot be made again, and the current release."""

import shutil
import tempfile
from pathlib import Path

from cis_graph.errors import ReleaseFault
from cis_graph.release.opened import Opened
from cis_graph.release.shelf import POINTER, Shelf
from cis_graph.release.writing import writing

LEDGER = "ledger.jsonl"
SNAPSHOTS = "snapshots"
CURATION = "curation"
_FOLDERS = (SNAPSHOTS, CURATION)
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
        if shelf.numbers() or any((data / name).exists() for name in (LEDGER, CURATION)):
            raise ReleaseFault(f"{data} holds releases already; restore into a new folder (CIS_DATA)")
        number, building = release.information.number, shelf.begin(release.information.number)
        shutil.copytree(release.place, building, dirs_exist_ok=True)
        _copy(source, data)
        shelf.finish(number, building)
        shelf.publish(number)


def _copy_release(release: Opened, target: Path) -> None:
    shutil.copytree(release.place, target / "releases" / release.place.name)
    (target / "releases" / POINTER).write_text(f"{release.place.name}\n", encoding="ascii")


def _copy(source: Path, target: Path) -> None:
    """Copies the ledger last: a folder without one is not finished."""
    for log in (source / SNAPSHOTS).glob("*/harvests.log"):  # before the snapshots it speaks of
        place = target / log.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(log, place)
    for name in _FOLDERS:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, ignore=_UNDER_WAY, dirs_exist_ok=True)
    if (source / LEDGER).exists():
        shutil.copy2(source / LEDGER, target / LEDGER)
