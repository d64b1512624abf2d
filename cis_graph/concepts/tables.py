"""Where it is written what contributors mean by their labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cis_graph.concepts.accepted import AcceptedLog, replayed
from cis_graph.concepts.labels import Labels
from cis_graph.concepts.words import Meanings, WordsByConcept
from cis_graph.errors import ReleaseFault

ACCEPTED = "labels.sssom.tsv"
_LABELS, _KNOWN_LABELS = "labels", "known-labels.csv"


@dataclass(frozen=True, slots=True)
class LabelTables:
    """The tables of the project's ``curation`` folder, and what curators accepted in that of a data folder."""

    curation: Path
    kept: Path | None = None

    def files(self) -> tuple[Path, ...]:
        """Every file, those included that are not there."""
        kept = (self.kept / ACCEPTED,) if self.kept else ()
        return (*(self.curation / _LABELS).glob("*.csv"), self.curation / _KNOWN_LABELS, *kept)

    def written(self, concepts: Mapping[str, frozenset[str]]) -> Meanings:
        """What the project's tables say; ``concepts`` gives the keys of each scheme.

        Raises:
            SourceFault: a table has other columns, names no scheme or no concept of it.
        """
        return Labels.load(self.curation / _LABELS, concepts, elsewhere=self.curation / _KNOWN_LABELS).known

    def labels(self, concepts: Mapping[str, frozenset[str]], words: WordsByConcept) -> Labels:
        """What labels mean by all of it, and by the names of concepts.

        Raises:
            SourceFault: a table of the project is wrong.
            ReleaseFault: what was accepted cannot be read, or means a concept that there is no longer.
        """
        known = self.written(concepts)
        if self.kept:
            known = replayed(known, AcceptedLog(self.kept / ACCEPTED).read())
            _check(known, concepts)
        return Labels.of(known, words)


def _check(known: Meanings, concepts: Mapping[str, frozenset[str]]) -> None:
    for (contributor, scheme, text), keys in known.items():
        if gone := [key for key in keys if key not in concepts.get(scheme, frozenset())]:
            name = f"{scheme}/{gone[0]}"
            raise ReleaseFault(
                f'{ACCEPTED}: "{text}" of {contributor} means {name}, which is no concept: take it back with '
                f'cis-graph label {contributor} "{text}" {name} --not'
            )
