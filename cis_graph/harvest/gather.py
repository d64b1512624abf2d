"""One source harvested: from the inbox, from its addresses, or from what the project brings along."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from cis_graph.errors import SourceFault
from cis_graph.harvest.bundled import harvest_bundled, is_bundled
from cis_graph.harvest.client import Client
from cis_graph.harvest.collect import collected, looks_like_a_page
from cis_graph.harvest.reading import LARGEST_FILE
from cis_graph.harvest.snapshots import Snapshot, Snapshots
from cis_graph.mapping.source import Source
from cis_graph.mapping.tables import DataFile, PagesFile, TextPage


def gathered(
    source: Source, snapshots: Snapshots, *, inbox: Path, bundle: Path, client: Callable[[], Client]
) -> tuple[Snapshot, bool]:
    """The snapshot of what the source hands over now, and whether it is new.

    A folder of the source's name in ``inbox`` comes first: files that people handed over. ``client`` is only called
    where there is an address to ask.

    Raises:
        SourceFault: nothing can be had, or not all of it; the failure is noted beside the snapshots.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        if (inbox / source.slug).is_dir():
            return snapshots.keep(source.slug, _handed_over(source, inbox), now)
        if any(file.at for file in source.data):
            return snapshots.keep(source.slug, {file.name: _asked(source, file, client()) for file in source.data}, now)
        if is_bundled(source, bundle):
            return harvest_bundled(source, bundle, snapshots)
        _refuse(source, inbox)
    except SourceFault as fault:
        snapshots.fail(source.slug, fault, now)
        raise


def awaits_files(source: Source, inbox: Path, bundle: Path) -> bool:
    """Whether there is nothing to harvest until people hand the source's files over."""
    has_address = any(file.at for file in source.data)
    return not (has_address or (inbox / source.slug).is_dir() or is_bundled(source, bundle))


def _refuse(source: Source, inbox: Path) -> NoReturn:
    raise SourceFault(
        f"{source.slug}: it has no address; put {_names(source)} into {inbox / source.slug}",
        french=f"la source n'a pas d'adresse : déposez {_names(source)} dans {inbox / source.slug}",
    )


def _names(source: Source) -> str:
    return ", ".join(file.name for file in source.data)


def _handed_over(source: Source, inbox: Path) -> dict[str, bytes]:
    try:
        return {file.name: _bytes(inbox / source.slug / file.name) for file in source.data}
    except OSError as error:
        raise SourceFault(
            f"{source.slug}: {inbox / source.slug} lacks {error.filename}; it must hold {_names(source)}",
            french=f"il manque un fichier dans le dossier de dépôt : {_names(source)} sont attendus",
        ) from error


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        raise SourceFault(
            f"{path}: more than {LARGEST_FILE} bytes; cut it in parts",
            french=f"{path.name} est trop grand (plus de {LARGEST_FILE} octets) : découpez-le",
        )
    return path.read_bytes()


def _asked(source: Source, file: DataFile, client: Client) -> bytes:
    if file.at is None:
        raise SourceFault(f"{source.slug}: {file.name} has no address, though others of its files have one")
    data = collected(file.at, client)
    if not isinstance(file, PagesFile | TextPage) and looks_like_a_page(data):
        raise SourceFault(
            f"{source.slug}: {file.at.url} gives a web page instead of {file.name}; see it in a browser",
            french=f"{file.at.url} donne une page web au lieu des données",
        )
    return data
