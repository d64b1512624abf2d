"""Other names of national actors, which no comparison of letters can guess."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cis_graph.errors import ReleaseFault
from cis_graph.reconciliation.names import name_of

COLUMNS = ("alias", "name", "source")


@dataclass(frozen=True, slots=True)
class Aliases:
    """The official name by the letters of each alias."""

    names: Mapping[str, str]

    @classmethod
    def load(cls, path: Path) -> Self:
        """The aliases of a CSV file; none where there is no file.

        Raises:
            ReleaseFault: other columns, a row without source, or an alias of two actors.
        """
        names: dict[str, str] = {}
        if not path.exists():
            return cls(names)
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise ReleaseFault(f"{path.name}: columns are {rows.fieldnames}; they must be {list(COLUMNS)}")
            for row in rows:
                letters = _letters(row["alias"] or "")
                if not (letters and row["name"] and row["source"]):
                    raise ReleaseFault(f"{path.name} line {rows.line_num}: give alias, name and source")
                if names.setdefault(letters, row["name"]) != row["name"]:
                    raise ReleaseFault(f'{path.name} line {rows.line_num}: "{row["alias"]}" is already another actor')
        return cls(names)

    def official(self, label: str) -> str:
        """The official name where a label is a known alias, else the label."""
        return self.names.get(_letters(label), label)


def _letters(label: str) -> str:
    name = name_of(label, of_actor=True)
    return name.glued if name else ""
