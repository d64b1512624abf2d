"""Expected answers of the example queries: one CSV table a query, readable without a machine.

``python -m tests.sparql.expected`` writes them anew; read the difference.
"""

import csv
import tempfile
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from cis_graph.rdf.iris import CONCEPT, PREFIXES
from cis_graph.resources import SPARQL
from tests.conftest import Demonstration, make_demonstration

FOLDER = Path(__file__).parent / "examples"
EXAMPLES = {path.stem: path for path in sorted((SPARQL / "examples").glob("*.rq"))}
LONG = frozenset({"labels-of-a-programme"})  # told in test_examples.py by its count and a few of its rows
BETWEEN = " | "  # separates the values of a GROUP_CONCAT, whose order SPARQL leaves open
SHORT = PREFIXES | {name: f"{CONCEPT}{name}/" for name in ("theme", "audience", "method", "role", "actor-type")}

Table = list[list[str]]


class Asked:
    """The store of a demonstration's release, to be asked; IRIs are told by prefix, or without the base."""

    def __init__(self, demonstration: Demonstration) -> None:
        self._store = Store.read_only(str(demonstration.release.place / "store"))
        self._base = demonstration.settings.base

    def table(self, query: str) -> Table:
        """The answer of a SELECT, its header first."""
        found = self._store.query(query)
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [names, *([self._told(row[name]) for name in names] for row in found)]

    def rows(self, pattern: str) -> list[tuple[str, ...]]:
        """The distinct solutions of a pattern, sorted: what follows SELECT, with every prefix of :data:`SHORT` known."""
        prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in SHORT.items())
        _, *rows = self.table(f"{prefixes}SELECT DISTINCT {pattern}")
        return sorted(map(tuple, rows))

    def _told(self, term: object) -> str:
        if isinstance(term, Literal):
            return BETWEEN.join(sorted(term.value.split(BETWEEN)))
        return self._short(term.value) if isinstance(term, NamedNode) else ""

    def _short(self, iri: str) -> str:
        prefix = next((name for name, space in SHORT.items() if iri.startswith(space)), None)
        return f"{prefix}:{iri.removeprefix(SHORT[prefix])}" if prefix else iri.removeprefix(self._base)


def place(slug: str) -> Path:
    """Where the expected answer of an example stands."""
    return FOLDER / f"{slug}.csv"


def tables() -> set[str]:
    """The examples with an expected answer."""
    return {path.stem for path in FOLDER.glob("*.csv")}


def read(slug: str) -> Table:
    """The expected answer of an example."""
    with place(slug).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def main() -> None:
    """Writes every expected answer."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Asked(make_demonstration(Path(folder)))
        for slug, path in EXAMPLES.items():
            if slug not in LONG:
                with place(slug).open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerows(asked.table(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
