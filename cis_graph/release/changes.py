"""What two releases say differently, found by reading their sorted parts once."""

from collections.abc import Iterator
from pathlib import Path

from cis_graph.rdf.windows import windows
from cis_graph.release.opened import STORE
from cis_graph.release.parts import PARTS, Parts
from cis_graph.store.embedded import change_store, make_store


def changes(now: Parts, before: Parts) -> Iterator[tuple[bool, bytes]]:
    """(whether it was added, N-Quads line) for each line that only one of the two says; memory stays flat."""
    for said, was in windows(now.paths(), before.paths()):
        yield from ((True, line) for line in sorted(said - was))
        yield from ((False, line) for line in sorted(was - said))


def make_changed_store(folder: Path, parts: Parts, before: Path | None) -> int:
    """A store in ``folder`` that says what the parts say, copied from the release ``before`` where it can be.

    Returns the number of its quads.
    """
    if before is None or not (before / STORE).exists():
        return make_store(folder, parts.paths())
    return change_store(folder, before / STORE, changes(parts, Parts(before / PARTS)))
