"""A contributor's labels to concepts, by the table that people keep in ``curation/labels``."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self, get_args

from cis_graph.errors import SourceFault
from cis_graph.mapping.names import slug
from cis_graph.model.records import Label, Scheme

_COLUMNS = ["label", "scheme", "concept", "by", "date", "why"]


@dataclass(frozen=True, slots=True)
class Labels:
    """What each (contributor, scheme, label) means: one or more concept keys, in the table's order."""

    known: Mapping[tuple[str, str, str], tuple[str, ...]]

    @classmethod
    def load(cls, folder: Path, concepts: Mapping[str, frozenset[str]]) -> Self:
        """The tables of ``folder``, one file a contributor; ``concepts`` gives the keys of each scheme.

        Raises:
            SourceFault: a table has other columns, names no scheme or no concept of it.
        """
        known: dict[tuple[str, str, str], tuple[str, ...]] = {}
        for path in sorted(folder.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                reader = csv.DictReader(file)
                if reader.fieldnames != _COLUMNS:
                    raise SourceFault(f"{path.name}: columns are {reader.fieldnames}; they must be {_COLUMNS}")
                for row in reader:
                    _check(path, reader.line_num, row, concepts)
                    place = (path.stem, row["scheme"], slug(row["label"]))
                    known[place] = (*known.get(place, ()), row["concept"])
        return cls(known)

    def resolve(self, contributor: str, label: Label) -> tuple[Label, ...]:
        """The label with each concept it means; empty where the table does not know it."""
        if label.concept is not None:
            return (label,)
        concepts = self.known.get((contributor, label.scheme, slug(label.text)), ())
        return tuple(Label(text=label.text, scheme=label.scheme, concept=concept) for concept in concepts)


def _check(path: Path, line: int, row: Mapping[str, str], concepts: Mapping[str, frozenset[str]]) -> None:
    if row["scheme"] not in get_args(Scheme):
        raise SourceFault(f'{path.name} line {line}: "{row["scheme"]}" is no scheme; take one of {get_args(Scheme)}')
    if row["concept"] not in concepts.get(row["scheme"], frozenset()):
        raise SourceFault(f'{path.name} line {line}: "{row["concept"]}" is no concept of scheme {row["scheme"]}')
