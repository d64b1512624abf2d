"""A replica: a data folder that holds what another server publishes, fetched over HTTP and served as it is."""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cis_graph.errors import CisGraphError, PullFault, ReleaseFault
from cis_graph.harvest.transfer import Gone, Transfer
from cis_graph.release.backup import LEDGER, SNAPSHOTS
from cis_graph.release.datasets import stage
from cis_graph.release.files import FileSums
from cis_graph.release.information import MANIFEST, read_information
from cis_graph.release.offers import LARGEST_LIST, Offer, Offered, read_offer
from cis_graph.release.opened import Opened
from cis_graph.release.shelf import Shelf
from cis_graph.release.writing import REPLICA, writing
from cis_graph.settings import Settings
from cis_graph.whole import replace_whole

_FETCHED = ".fetched"  # files that have come, by checksum, until their release is whole
_TRIES = 5  # releases that may go while they are fetched
_LEEWAY = 64 * 1024 * 1024  # bytes of disk that stay free


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """The release that is served now; the bytes that were fetched for it, and those that were here."""

    number: int
    fetched: int = 0
    kept: int = 0
    new: bool = True


def source_of(data: Path) -> str:
    """The address that a replica is fetched from; empty where the folder is no replica."""
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        return str(json.loads((data / REPLICA).read_text(encoding="utf-8"))["source"])
    return ""


def pull(settings: Settings, source: Transfer) -> Pulled:
    """Fetches what ``source`` serves and switches to it; files that are here are not fetched again.

    Raises:
        PullFault: the server offers nothing usable; the folder serves what it served.
        ReleaseFault: the folder holds data of its own.
        FolderBusy: another process writes to it.
    """
    data = settings.data
    shelf = Shelf(data, stage=partial(stage, settings))
    with writing(data, "pull"):
        _check_own(data)
        for _ in range(_TRIES):
            offer = read_offer(source.text("/releases/current/files", most=LARGEST_LIST))
            _check_base(offer, settings)
            with suppress(Gone):  # replaced meanwhile: there is a newer one
                pulled = _taken(shelf, data, source, offer, settings.keep_releases)
                _claim(data, source.address)
                return pulled
    raise PullFault(
        f"{source.address} replaces its releases faster than they can be fetched; let it keep more of them "
        "(CIS_KEEP_RELEASES)",
        french=f"{source.address} remplace ses versions plus vite qu'elles n'arrivent ; qu'il en garde davantage "
        "(CIS_KEEP_RELEASES)",
    )


def _check_own(data: Path) -> None:
    own = Shelf(data).numbers() or any((data / name).exists() for name in (LEDGER, SNAPSHOTS))
    if own and not source_of(data):
        raise ReleaseFault(f"{data} holds data of its own; pull into another folder (CIS_DATA)")


def _check_base(offer: Offer, settings: Settings) -> None:
    if offer.base != settings.base:
        raise PullFault(
            f"The server's addresses begin with {offer.base[:200]!r}; set CIS_BASE to that, here and for serving",
            french=f"Les adresses du serveur commencent par {offer.base[:200]!r} ; donnez cela à CIS_BASE, "
            "ici et pour servir",
        )


def _claim(data: Path, address: str) -> None:
    """From now on the folder is a replica of that address."""
    if source_of(data) != address:
        replace_whole(data / REPLICA, json.dumps({"source": address}) + "\n")


def _taken(shelf: Shelf, data: Path, source: Transfer, offer: Offer, keep: int) -> Pulled:
    sums = FileSums()
    if offer.number in shelf.numbers():
        if sums.of(shelf.place(offer.number) / MANIFEST) != offer.files[MANIFEST].sha256:
            raise _another(source.address, offer.number, data)
        new = shelf.current_number() != offer.number
        if new:
            shelf.publish(offer.number)
        return Pulled(number=offer.number, new=new)
    fetched = data / "releases" / _FETCHED
    fetched.mkdir(parents=True, exist_ok=True)
    here = _here(shelf, fetched, offer, sums)
    missing = {one.sha256: (name, one) for name, one in offer.files.items() if one.sha256 not in here}
    _check_room(data, (one for _, one in missing.values()))
    for name, one in missing.values():
        here[one.sha256] = fetched / one.sha256
        source.save(f"/releases/{offer.number}/files/{name}", here[one.sha256], size=one.size, sha256=one.sha256)
    place = shelf.begin(offer.number)
    try:
        _assemble(place, offer, here)
        _check(place, offer, source.address)
    except BaseException:
        shutil.rmtree(place)
        raise
    shelf.finish(offer.number, place)
    shelf.publish(offer.number)
    shelf.keep(keep)
    shutil.rmtree(fetched)
    size = sum(one.size for _, one in missing.values())
    return Pulled(number=offer.number, fetched=size, kept=sum(one.size for one in offer.files.values()) - size)


def _here(shelf: Shelf, fetched: Path, offer: Offer, sums: FileSums) -> dict[str, Path]:
    """What is offered and here already, by checksum: files of the release that is served, and of a pull cut short."""
    current, sizes = shelf.current_place(), {one.size for one in offer.files.values()}
    found = {path.name: path for path in fetched.iterdir() if path.suffix != ".part"}
    if current is not None and current.exists():
        found |= {sums.of(path): path for path in current.rglob("*") if path.is_file() and path.stat().st_size in sizes}
    wanted = {one.sha256 for one in offer.files.values()}
    return {sha256: path for sha256, path in found.items() if sha256 in wanted and sums.of(path) == sha256}


def _assemble(place: Path, offer: Offer, here: Mapping[str, Path]) -> None:
    for name, one in offer.files.items():
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if name == MANIFEST:
            shutil.copyfile(here[one.sha256], target)  # readers lock it: no two releases may share it
        else:
            _link(here[one.sha256], target)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)


def _check(place: Path, offer: Offer, address: str) -> None:
    """Opens what came: a release that cannot be served is never switched to."""
    try:
        told = read_information(place)
        release = Opened(place)
        release.rows("description/datasets")
        tables = release.network
    except (CisGraphError, OSError, ValueError, RuntimeError) as error:
        raise _unusable(address, offer.number, str(error)) from error
    if not tables or (told.number, told.canonical_hash, told.conforms) != (offer.number, offer.canonical_hash, True):
        raise _unusable(address, offer.number, f"{MANIFEST} says otherwise than the list of files")


def _check_room(data: Path, missing: Iterable[Offered]) -> None:
    needed, free = sum(one.size for one in missing) + _LEEWAY, shutil.disk_usage(data).free
    if needed > free:
        raise PullFault(
            f"{data} needs {needed >> 20} MiB for this release and has {free >> 20}; make room, then pull again",
            french=f"{data} a besoin de {needed >> 20} Mio pour cette version et en a {free >> 20} ; "
            "faites de la place, puis recommencez",
        )


def _unusable(address: str, number: int, why: str) -> PullFault:
    return PullFault(
        f"Release {number} of {address} cannot be served: {why}; what is served here stays as it was",
        french=f"La version {number} de {address} ne peut pas être servie : {why} ; ce qui est servi ici ne change pas",
    )


def _another(address: str, number: int, data: Path) -> PullFault:
    return PullFault(
        f"{address} publishes another release {number} than {data} holds; pull into a new folder (CIS_DATA)",
        french=f"{address} publie une autre version {number} que celle de {data} ; "
        "prenez-la dans un nouveau dossier (CIS_DATA)",
    )
