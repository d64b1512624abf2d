"""What two releases say differently: found from what their parts have added and removed, else by reading both once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from cis_graph.rdf.sorted_lines import SortedLines
from cis_graph.rdf.windows import by_subject, subject_of, windows
from cis_graph.release.parts import NAMES, Parts

_SMALL = 1 << 22  # bytes of a part that is read whole rather than looked into

Change = tuple[bytes, set[bytes], set[bytes]]  # a subject in N-Quads syntax, its lines now, its lines before


def changed(now: Parts, before: Parts, names: Sequence[str] = NAMES) -> Iterator[Change]:
    """Each subject of which these parts say something else than they did, in order, in flat memory."""
    touched = _touched(now, before, names)
    if touched is None:
        yield from _compared(now, before, names)
        return
    with now.lookup(names) as lookup, before.lookup(names) as earlier:
        for subject in touched:
            said, was = lookup.about(subject), earlier.about(subject)
            if said != was:
                yield subject, said, was


def changes(now: Parts, before: Parts) -> Iterator[tuple[bool, bytes]]:
    """(whether it was added, N-Quads line) for each line that only one of the two says."""
    for _, said, was in changed(now, before):
        yield from ((True, line) for line in sorted(said - was))
        yield from ((False, line) for line in sorted(was - said))


def _compared(now: Parts, before: Parts, names: Sequence[str]) -> Iterator[Change]:
    for said, was in windows(now.files(names), before.files(names)):
        differ = {subject_of(line) for line in set(said).symmetric_difference(was)}
        news, olds = (
            {subject: set(lines) for subject, lines in by_subject([line for line in one if subject_of(line) in differ])}
            for one in (said, was)
        )
        for subject in sorted(one[:-1] for one in differ):
            yield subject, news.get(subject, set()), olds.get(subject, set())


def _touched(now: Parts, before: Parts, names: Sequence[str]) -> list[bytes] | None:
    """The subjects that may have changed, in order; None where a large part was written anew."""
    subjects: set[bytes] = set()
    for name in names:
        found = _touched_in(now.part(name), before.part(name))
        if found is None:
            return None
        subjects |= found
    return sorted(subject[:-1] for subject in subjects)


def _touched_in(now: SortedLines, before: SortedLines) -> set[bytes] | None:
    if now.exists() and before.exists() and now.path.samefile(before.path):
        pairs = ((now.added, before.added), (now.removed, before.removed))
    elif all(not one.exists() or one.path.stat().st_size < _SMALL for one in (now, before)):
        return _subjects(windows([now], [before]))
    else:
        return None
    return _subjects(chain.from_iterable(windows([SortedLines(one)], [SortedLines(other)]) for one, other in pairs))


def _subjects(found: Iterable[tuple[list[bytes], ...]]) -> set[bytes]:
    """The subjects of lines that one of two says and the other does not, in windows of both."""
    return {subject_of(line) for said, was in found for line in set(said).symmetric_difference(was)}
