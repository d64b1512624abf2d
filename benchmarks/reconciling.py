"""How well names of somebody's list are recognised, where the truth is known.

usage: python -m benchmarks.reconciling FOLDER [--names N]

FOLDER is made by ``python -m benchmarks.reference``. Every other actor and project of its truth is indexed by official
name, places and numbers, beside all territories and concepts. Of each kind N names are looked up as records write them
(cut, misspelt, shortened, by acronym); about half of the actors and projects are not there and must not be matched.
Concepts are looked up by the labels of 2018, in their scheme; what has no code of 2018 counts neither as right nor as
wrong. Prints for each list precision and recall of what is matched without asking, how often a right one is first and
within five, and the CPU seconds.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.listed_names import Asked, Truth
from cis_graph.model.recognition import Candidate
from cis_graph.rdf.schemes import load_schemes
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.release.recognition import Recogniser
from cis_graph.resources import CURATION
from cis_graph.search.index import Index
from cis_graph.search.writing import write_index
from cis_graph.territories.gazetteer import Gazetteer

_SEED = 1
_WITHIN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list of one sort of things, and what it gives beside their names."""

    title: str
    kinds: frozenset[str]
    place: bool = False
    numbers: bool = False


_CONCEPTS = frozenset({"theme", "audience", "method"})
LISTS = (
    List(title="actors: name", kinds=frozenset({"actor"})),
    List(title="actors: name, place", kinds=frozenset({"actor"}), place=True),
    List(title="actors: name, place, number", kinds=frozenset({"actor"}), place=True, numbers=True),
    List(title="projects: name", kinds=frozenset({"project"})),
    List(title="projects: name, place", kinds=frozenset({"project"}), place=True),
    List(title="territories: text", kinds=frozenset({"territory"})),
    List(title="territories: text, département", kinds=frozenset({"territory"}), place=True),
    List(title="concepts: label", kinds=_CONCEPTS),
)


def line(names: Sequence[Asked], known: frozenset[tuple[str, str]], recogniser: Recogniser, which: List) -> str:
    """What the names of a list came to."""
    start = time.process_time()
    found = [recogniser.recognise(one.sought(place=which.place, numbers=which.numbers)) for one in names]
    seconds = time.process_time() - start
    pairs = list(zip(names, found, strict=True))
    matched = [got[0].key in one.truths for one, got in pairs if got and got[0].match and got[0].key not in one.doubted]
    there = [(one, got) for one, got in pairs if any((one.kind, key) in known for key in one.truths)]
    first, within = (sum(_is_right(one, got[:top]) for one, got in there) for top in (1, _WITHIN))
    most = max(1, len(there))
    shares = (sum(matched) / max(1, len(matched)), sum(matched) / most, first / most, within / most)
    told = "precision {:.3f}  recall {:.3f}  first {:.3f}  within five {:.3f}".format(*shares)
    return f"{which.title:32s} {told}  {seconds:.1f} s CPU, {len(there)} of {len(names)} there"


def _is_right(one: Asked, got: Sequence[Candidate]) -> bool:
    return any(it.key in one.truths for it in got)


def main() -> int:
    """Prints a line for each list."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--names", type=int, default=1000)
    given = parser.parse_args()
    truth = Truth(given.folder, Gazetteer.load(), load_schemes())
    every, indexed = list(truth.asked()), list(truth.named())
    known = frozenset((one.kind, one.key) for one in indexed)
    with tempfile.TemporaryDirectory() as place:
        write_index(Path(place), indexed)
        recogniser = Recogniser(Index(Path(place)), Aliases.load(CURATION / "aliases.csv"))
        for which in LISTS:
            mine = [one for one in every if one.kind in which.kinds]
            names = random.Random(_SEED).sample(mine, min(given.names, len(mine)))
            sys.stdout.write(f"{line(names, known, recogniser, which)}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
