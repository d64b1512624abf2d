"""How matching does on real names of organisations, their register numbers hidden.

usage: python -m benchmarks.gold_matching PAIRS.csv

The file has columns label (``match`` or ``distinct``), then for each of two sides source, id, name, cp and commune. All
records of the file are matched together; a pair counts as found where both end in one cluster. Prints recall over the
matches, precision over the pairs, and each false merge.
"""

import argparse
import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.matching import match_actors
from cis_graph.model.nodes import NodeId
from cis_graph.model.places import Place
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.reading import Geography, Reader
from cis_graph.reconciliation.scale import ACTORS
from cis_graph.reconciliation.weights import Weights
from cis_graph.resources import CURATION
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.resolver import Resolver

Row = Mapping[str, str]


def side(row: Row, which: str, reader: Reader, resolver: Resolver) -> tuple[NodeId, Features] | None:
    """One record of a pair: its name and its place."""
    name = reader.actor_name(row[f"name_{which}"])
    place = resolver.resolve(Place(text=f"{row[f'cp_{which}']} {row[f'commune_{which}']}".strip())).territory
    node = NodeId(row[f"source_{which}"], f"{row[f'id_{which}']} {row[f'name_{which}']}", "actor")
    told = Features(
        contributor=node.contributor,
        name=name,
        names=(name,),
        where=reader.where([place] if place else []),
        is_seated=True,
    )
    return (node, told) if name.glued else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of the pairs of a file; ``false`` are distinct pairs that were merged, ``unsure`` those to review."""

    records: int
    pairs: int
    matches: int
    right: int
    unsure: int
    false: tuple[tuple[str, str], ...]

    @property
    def recall(self) -> float:
        """The share of matches that were found."""
        return self.right / max(self.matches, 1)

    @property
    def precision(self) -> float:
        """The share of merged pairs that are matches."""
        return self.right / max(self.right + len(self.false), 1)


def judged(file: Path) -> Judged:
    """All records of a file matched together."""
    gazetteer = Gazetteer.load()
    reader = Reader(Geography.of(gazetteer), Aliases.load(CURATION / "aliases.csv"))
    resolver = Resolver(gazetteer)
    weights = Weights.load(CURATION / "weights" / "actor.yaml", ACTORS.questions)
    things: dict[NodeId, Features] = {}
    pairs: list[tuple[str, NodeId, NodeId]] = []
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            one, other = side(row, "a", reader, resolver), side(row, "b", reader, resolver)
            if one and other:
                things |= dict((one, other))
                pairs.append((row["label"], one[0], other[0]))
    found, unsure = match_actors(things, weights)
    merged = [(label, a, b) for label, a, b in pairs if found[a] == found[b]]
    return Judged(
        records=len(things),
        pairs=len(pairs),
        matches=sum(label == "match" for label, _, _ in pairs),
        right=sum(label == "match" for label, _, _ in merged),
        unsure=unsure,
        false=tuple((_named(a), _named(b)) for label, a, b in merged if label == "distinct"),
    )


def _named(node: NodeId) -> str:
    return f"{node.record.partition(' ')[2]} ({node.contributor})"


def main() -> None:
    """Prints two figures and the false merges."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    found = judged(parser.parse_args().pairs)
    print(f"{found.records} records, {found.pairs} pairs, {found.unsure} left to review")
    print(f"precision {found.precision:.3f}  recall {found.recall:.3f}")
    for one, other in found.false:
        print(f"  {one} = {other}")


if __name__ == "__main__":
    main()
