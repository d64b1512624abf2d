"""A hash of what is said that follows changes: the sum of a hash for each subject, so that order plays no part."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.rdf.sorted_lines import SortedLines
from cis_graph.rdf.windows import by_subject, windows

_BYTES = 256  # a sum of short hashes could be met on purpose
_MODULUS = 1 << (8 * _BYTES)


@dataclass(slots=True)
class Sum:
    """The sum over all subjects of the hash of their lines; equal statements give equal sums."""

    value: int = 0
    quads: int = 0

    def add(self, lines: Iterable[bytes], sign: int = 1) -> None:
        """Adds all that is said about one subject; -1 takes it away."""
        said = sorted(lines)
        if said:
            digest = hashlib.shake_128(b"".join(said)).digest(_BYTES)
            self.value = (self.value + sign * int.from_bytes(digest, "little")) % _MODULUS
            self.quads += sign * len(said)

    @property
    def hash(self) -> str:
        """The sha256 of the sum."""
        return hashlib.sha256(self.value.to_bytes(_BYTES, "little")).hexdigest()


def summed(files: Iterable[SortedLines]) -> Sum:
    """The sum of all distinct lines of sorted files."""
    found = Sum()
    for (said,) in windows(files):
        for _, lines in by_subject(said):
            found.add(lines)
    return found
