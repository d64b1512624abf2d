"""The demonstration's sources: facts bundled with the project, in the shape their source had."""

import json
from pathlib import Path

from cis_graph.errors import SourceFault
from cis_graph.harvest.snapshots import Snapshot, Snapshots
from cis_graph.mapping.source import Source


def is_bundled(source: Source, folder: Path) -> bool:
    """Whether the project brings this source's files along."""
    return (folder / source.slug).is_dir()


def harvest_bundled(source: Source, folder: Path, snapshots: Snapshots) -> tuple[Snapshot, bool]:
    """The source's bundled files as a snapshot with the time they were retrieved, and whether it is new.

    Raises:
        SourceFault: a file is missing, or its ``snapshot.json`` does not say when it was retrieved.
    """
    place = folder / source.slug
    try:
        about = json.loads((place / "snapshot.json").read_text(encoding="utf-8"))
        files = {file.name: (place / file.name).read_bytes() for file in source.data}
        retrieved = about["retrieved"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceFault(f"{source.slug}: the bundled files cannot be read ({error}); see demonstration/") from error
    return snapshots.keep(source.slug, files, retrieved)
