"""Copies of the data folder: everything that cannot be made again, and the current release."""

import shutil
import tempfile
from pathlib import Path

from cis_graph.errors import ReleaseFault
from cis_graph.release.shelf import POINTER, Shelf

LEDGER = "ledger.jsonl"
_KEPT = (LEDGER, "snapshots")


def back_up(data: Path, target: Path) -> None:
    """Copies the ledger, the snapshots and the current release to a new folder, which appears whole or not at all.

    Raises:
        ReleaseFault: the target is there already, or nothing is published.
    """
    if target.exists():
        raise ReleaseFault(f"{target} is there already; name a new folder")
    place = Shelf(data).current_place()
    if place is None:
        raise ReleaseFault("Nothing is published yet; there is no release to keep")
    target.parent.mkdir(parents=True, exist_ok=True)
    under_way = Path(tempfile.mkdtemp(prefix=".", dir=target.parent))
    _copy(data, under_way)
    shutil.copytree(place, under_way / "releases" / place.name)
    (under_way / "releases" / POINTER).write_text(f"{place.name}\n", encoding="ascii")
    under_way.rename(target)


def restore(source: Path, data: Path) -> None:
    """Makes a new data folder from a backup.

    Raises:
        ReleaseFault: the folder holds releases already, or the backup is none.
    """
    if Shelf(data).numbers() or (data / LEDGER).exists():
        raise ReleaseFault(f"{data} holds releases already; restore into a new folder (CIS_DATA)")
    if Shelf(source).current_place() is None or not (source / LEDGER).exists():
        raise ReleaseFault(f"{source} is no backup: it has no current release or no {LEDGER}")
    data.mkdir(parents=True, exist_ok=True)
    _copy(source, data)
    shutil.copytree(source / "releases", data / "releases", dirs_exist_ok=True)


def _copy(source: Path, target: Path) -> None:
    for name in _KEPT:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        elif (source / name).exists():
            shutil.copy2(source / name, target / name)
