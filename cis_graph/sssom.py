"""Tables of mappings in SSSOM that only grow, whole or not at all, by one writer at a time."""

import csv
import fcntl
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cis_graph.errors import ReleaseFault
from cis_graph.whole import replace_whole

DECIDED = "semapv:ManualMappingCuration"
SAID = ("author_label", "mapping_date", "comment")  # who, when and why
NOT = "Not"  # the modifier of a line that takes back


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one file, its columns, and the lines that stand before them, each of which starts with ``#``."""

    path: Path
    columns: tuple[str, ...]
    header: str

    def rows(self) -> tuple[Mapping[str, str], ...]:
        """The rows in their order; none where there is no file.

        Raises:
            ReleaseFault: other columns, or a row that does not say who, when and why.
        """
        if not self.path.exists():
            return ()
        with self.path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
            if tuple(rows.fieldnames or ()) != self.columns:
                raise ReleaseFault(
                    f"{self.path.name}: columns are {rows.fieldnames}; they must be {list(self.columns)}"
                )
            return tuple(map(self._checked, rows))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Whoever else would write waits."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with (self.path.parent / f".{self.path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def replace(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Writes these rows instead of what is there, the blanks of each cell as one."""
        text = io.StringIO(self.header)
        text.seek(0, io.SEEK_END)
        table = csv.writer(text, delimiter="\t", lineterminator="\n")
        table.writerow(self.columns)
        table.writerows([" ".join(row[column].split()) for column in self.columns] for row in rows)
        replace_whole(self.path, text.getvalue())

    def _checked(self, row: Mapping[str, str | None]) -> Mapping[str, str]:
        told = {column: row[column] or "" for column in self.columns}
        if not all(told[name] for name in SAID):
            raise ReleaseFault(f"{self.path.name}: {' '.join(told.values())}: say who, when and why")
        return told
