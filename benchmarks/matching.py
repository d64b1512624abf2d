"""How well and how fast matching works on generated records whose truth is known.

usage: python -m benchmarks.matching FOLDER...

Weights and thresholds are those of ``curation/weights``, fixed beforehand; the folders must come from seeds and
profiles that no weight was learned from. Prints a line for projects and one for actors: pairwise precision,
recall and F1, B-cubed F1, pairs left to review, CPU seconds of matching and of reading, and the peak memory so far.
"""

import argparse
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.records import Actor, Project
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.clusters import united
from cis_graph.reconciliation.compared import judge
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.links import Link, Marks
from cis_graph.reconciliation.matching import actor_marks, differing, project_marks
from cis_graph.reconciliation.reading import Geography, Reader
from cis_graph.reconciliation.rules import by_identifier, by_site
from cis_graph.reconciliation.scale import ACTORS, PROJECTS
from cis_graph.reconciliation.weights import Weights
from cis_graph.resources import CURATION
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.resolver import Resolver
from tools.generated_records import read_generated

Key = TypeVar("Key")
Grouped = tuple[dict[NodeId, NodeId], int]  # the first member of each thing's cluster; pairs left to review


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How two groupings of the same things agree: by pair, and by thing (B-cubed)."""

    precision: float
    recall: float
    b_precision: float
    b_recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean by pair."""
        return _f1(self.precision, self.recall)

    @property
    def b_f1(self) -> float:
        """The harmonic mean by thing."""
        return _f1(self.b_precision, self.b_recall)

    def figures(self, what: str) -> dict[str, float]:
        """The figures of one kind of thing by name."""
        shares = {"precision": self.precision, "recall": self.recall, "F1": self.f1, "B3 F1": self.b_f1}
        return {f"{what}: {name}, %": 100 * share for name, share in shares.items()}

    def __str__(self) -> str:
        return f"precision {self.precision:.4f}  recall {self.recall:.4f}  F1 {self.f1:.4f}  B3 {self.b_f1:.4f}"


def score(found: Mapping[Key, object], truth: Mapping[Key, object]) -> Score:
    """The score of a grouping against the truth."""
    mine, true = Counter(found[node] for node in truth), Counter(truth.values())
    both = Counter((found[node], truth[node]) for node in truth)
    right = _pairs(both.values())
    return Score(
        precision=right / max(_pairs(mine.values()), 1),
        recall=right / max(_pairs(true.values()), 1),
        b_precision=sum(n * n / mine[one] for (one, _), n in both.items()) / len(truth),
        b_recall=sum(n * n / true[one] for (_, one), n in both.items()) / len(truth),
    )


def _pairs(counts: Iterable[int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def grouping(
    things: Iterable[NodeId], kind: type[Thing], links: Iterable[Link], marks: Callable[[NodeId], Marks]
) -> dict[NodeId, NodeId]:
    """The first member of each thing's cluster."""
    found = united(dict.fromkeys(things, kind), links, (), marks)
    return {node: members[0] for members, _ in found for node in members}


def match_projects(things: Mapping[NodeId, Features], weights: Weights) -> Grouped:
    """Projects as a build groups them."""
    judged = judge(things, PROJECTS, weights)
    links = (*by_site(things), *judged.same)
    return grouping(things, Project, links, lambda node: project_marks(node, things[node].editions)), len(judged.unsure)


def match_actors(things: Mapping[NodeId, Features], weights: Weights) -> Grouped:
    """Actors as a build groups them."""
    judged = judge(things, ACTORS, weights)
    links, against = (*by_identifier(things, {}), *judged.same), differing(weights)
    return grouping(things, Actor, links, lambda node: actor_marks(things[node], against)), len(judged.unsure)


def main() -> None:
    """Prints two lines for each folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    gazetteer = Gazetteer.load()
    resolver = Resolver(gazetteer)
    reader = Reader(Geography.of(gazetteer), Aliases.load(CURATION / "aliases.csv"))
    projects = Weights.load(CURATION / "weights" / "project.yaml", PROJECTS.questions)
    actors = Weights.load(CURATION / "weights" / "actor.yaml", ACTORS.questions)
    for folder in parser.parse_args().folders:
        started = time.process_time()
        told = read_generated(folder, reader, resolver)
        reading = time.process_time() - started

        started = time.process_time()
        found, unsure = match_projects(told.projects, projects)
        _tell(folder, "projects", score(found, told.true_projects), unsure, started, reading)

        started = time.process_time()
        found, unsure = match_actors(told.actors_knowing(found), actors)
        _tell(folder, "actors", score(found, told.true_actors), unsure, started, reading)


def _tell(folder: Path, what: str, result: Score, unsure: int, started: float, reading: float) -> None:
    cpu, memory = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{folder.name} {what:8} {result}  review {unsure}  cpu {cpu:.0f} s (+{reading:.0f} read)  {memory} MB")


if __name__ == "__main__":
    main()
