"""The store of a release, loaded with what changed since the last one."""

from collections import deque
from collections.abc import Iterable
from pathlib import Path

from cis_graph.release.changes import changes
from cis_graph.release.opened import STORE
from cis_graph.release.parts import NAMES, PARTS, Parts
from cis_graph.store.embedded import change_store, make_store


def make_changed_store(folder: Path, parts: Parts, before: Path | None, written: Iterable[str] = NAMES) -> None:
    """A store in ``folder`` that says what the parts say, copied from the release ``before`` where it can be.

    ``written`` names the parts, each as soon as it is there.
    """
    if before is None or not (before / STORE).exists():
        with parts.whole(written) as files:
            make_store(folder, files)
    else:
        deque(written, maxlen=0)  # what changed is known when all are there
        change_store(folder, before / STORE, changes(parts, Parts(before / PARTS)))
