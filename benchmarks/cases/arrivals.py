"""What 500 new records cost that are held against all that stand, and how near that comes to matching all at once.

The set is that of ``matching``; the new records are drawn from all of it, and actors are compared without the projects
that they share. ``agreement`` counts pairs of which one thing at least is new and that either way puts together: the
share that both do. Blocks of what stands are made once, and counted apart. Cycles are looked for as in a build.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, combinations

from benchmarks.cases.matching import PROJECTS, SCORED, of_size
from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.stage import Stage
from benchmarks.reference.generate import Arguments
from benchmarks.reference.reading import records
from cis_graph.model.nodes import NodeId, Thing, things
from cis_graph.model.records import Actor, Project
from cis_graph.processes import looking_at_the_young
from cis_graph.reconciliation.clusters import united
from cis_graph.reconciliation.compared import judge
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.links import Marks
from cis_graph.reconciliation.matching import Matcher, actor_marks, differing, project_marks
from cis_graph.reconciliation.reading import Geography
from cis_graph.reconciliation.scale import ACTORS, Manner
from cis_graph.reconciliation.scale import PROJECTS as AS_PROJECTS
from cis_graph.reconciliation.standing import Settled, Standing
from cis_graph.reconciliation.weights import Weights
from cis_graph.resources import CURATION
from cis_graph.territories.gazetteer import Gazetteer

NEW = 500  # records
_SEED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of thing with all that a set tells of it."""

    name: str
    type: type[Thing]
    manner: Manner
    weights: Weights
    things: Mapping[NodeId, Features]

    def marks(self) -> Callable[[NodeId], Marks]:
        """What tells a thing from another of its name."""
        if self.type is Project:
            return lambda node: project_marks(node, self.things[node].editions)
        against = differing(self.weights)
        return lambda node: actor_marks(self.things[node], against)


def figures(kind: Kind, new: set[tuple[str, str]]) -> Iterator[tuple[str, float]]:
    """What the arrival of some records costs, and its agreement with all at once."""
    arrived = {node: thing for node, thing in kind.things.items() if (node.contributor, node.record) in new}
    old = {node: thing for node, thing in kind.things.items() if node not in arrived}
    marks = kind.marks()
    started = time.process_time()
    standing = Standing.of(old, kind.manner, kind.weights)
    blocked = time.process_time()
    settled = Settled(judge(old, kind.manner, kind.weights).same)
    judged = time.process_time()
    links = standing.against(arrived).same
    found = settled.regrouped(kind.type, arrived, links, marks)
    done = time.process_time()
    every = judge(kind.things, kind.manner, kind.weights).same
    whole = united(dict.fromkeys(kind.things, kind.type), every, (), marks)
    ours, theirs = (_pairs((members for members, _ in some), set(arrived)) for some in (found, whole))
    yield f"{kind.name}: new", len(arrived)
    yield f"{kind.name}: standing", len(old)
    yield f"{kind.name}: agreement, %", 100 * len(ours & theirs) / max(len(ours | theirs), 1)
    yield f"{kind.name}: arrival, CPU s", done - judged
    yield f"{kind.name}: blocks of what stands, CPU s", blocked - started


def _pairs(groups: Iterable[Sequence[NodeId]], new: set[NodeId]) -> set[frozenset[NodeId]]:
    touched = (sorted(group) for group in groups if not new.isdisjoint(group))
    return {frozenset(pair) for group in touched for pair in combinations(group, 2) if not new.isdisjoint(pair)}


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """The set, read once."""
    folder = of_size(stage, Arguments(projects=PROJECTS[stage.set.name], **SCORED))
    geography = Geography.of(Gazetteer.load())
    matcher = Matcher.load(CURATION, geography)
    told = matcher.reader().told(dict(things(record)) for record in records(folder))
    kinds = (
        Kind(name="projects", type=Project, manner=AS_PROJECTS, weights=matcher.projects, things=told.projects),
        Kind(name="actors", type=Actor, manner=ACTORS, weights=matcher.actors, things=told.actors),
    )
    every = sorted({(node.contributor, node.record) for node in chain(told.projects, told.actors)})
    new = set(random.Random(_SEED).sample(every, NEW))
    yield (Peer("cis-graph", partial(_run, kinds, new)),)


@looking_at_the_young()
def _run(kinds: Iterable[Kind], new: set[tuple[str, str]]) -> Figures:
    return dict(figure for kind in kinds for figure in figures(kind, new))


BENCHMARK = Benchmark(prepare=prepare, usual=1, warm=0)
