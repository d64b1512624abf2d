"""Make ``curation/weights/actor.yaml`` and ``project.yaml`` anew from generated sets whose truth is known.

usage: python -m tools.learn_weights FOLDER...

A folder is that of ``python -m benchmarks.reference``, or holds what ``tools/generated_records.py`` reads.

Weights are those of a logistic regression over levels, with a ridge, fitted by coordinate descent. Pairs that agree at
the same levels count together, which makes 400,000 pairs a few ten thousand rows. The bounds are stated here, and were
chosen on sets that took no part in the learning.
"""

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Project
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.clusters import united
from cis_graph.reconciliation.compared import judge, patterns
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.matching import project_marks
from cis_graph.reconciliation.reading import Geography, Reader
from cis_graph.reconciliation.scale import ACTORS, PROJECTS, Manner
from cis_graph.reconciliation.weights import Weights
from cis_graph.resources import CURATION
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.resolver import Resolver
from tools.generated_records import Generated, read_generated
from tools.reference_records import Reference, read_reference

Counts = dict[tuple[str, ...], tuple[int, int]]  # levels: pairs, true pairs

BOUNDS: Mapping[str, Mapping[str, float]] = {
    "actor": {"same": 1.0, "unsure": -0.5, "size": 30_000, "rise": 0.35},
    "project": {"same": 2.5, "unsure": -0.5, "size": 30_000, "rise": 0.35},
}
BY_RULE: Mapping[tuple[str, str], float] = {  # never learned: what generated records do not know
    ("homonyms", "bare"): -20.0,  # two names that say only what kind of actor it is, in no common commune
    ("spread", "which-seat"): -6.0,  # one of two actors has a place, and others of its name have other places
    ("place", "seats-apart"): -6.0,  # two actors each with a place of its own, and not the same
}
_SWEEPS = 60
_RIDGE = 1.0
_LARGEST_STEP = 1.5
_STILL = 0.02


def counted(things: Mapping[NodeId, Features], truth: Mapping[NodeId, str], manner: Manner) -> Counts:
    """How many compared pairs agree at each combination of levels, and how many of them are one thing."""
    nodes = sorted(things)
    pairs: Counter[tuple[str, ...]] = Counter()
    true: Counter[tuple[str, ...]] = Counter()
    for a, b, levels in patterns([things[node] for node in nodes], manner):
        pairs[levels] += 1
        true[levels] += truth[nodes[a]] == truth[nodes[b]]
    return {levels: (count, true[levels]) for levels, count in pairs.items()}


def learned(sets: Iterable[Counts], questions: Sequence[str]) -> tuple[float, dict[str, dict[str, float]]]:
    """The prior and the weight of each level."""
    merged: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    for counts in sets:
        for levels, (pairs, true) in counts.items():
            merged[levels][0] += pairs
            merged[levels][1] += true
    rows = sorted(merged)
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, levels in enumerate(rows):
        for answer in zip(questions, levels, strict=True):
            places[answer].append(place)
    weights = _fitted([merged[row][0] for row in rows], [merged[row][1] for row in rows], places)
    found: dict[str, dict[str, float]] = {question: {} for question in questions}
    for (question, level), weight in sorted(weights[1].items()):
        found[question][level] = round(weight, 2)
    return round(weights[0], 2), found


def _fitted(
    pairs: Sequence[int], true: Sequence[int], places: Mapping[tuple[str, str], Sequence[int]]
) -> tuple[float, dict[tuple[str, str], float]]:
    share = sum(true) / sum(pairs)
    prior = math.log(share / (1 - share))
    odds = [prior] * len(pairs)
    weights = dict.fromkeys(sorted(places), 0.0)
    for _ in range(_SWEEPS):
        step = _step(range(len(pairs)), pairs, true, odds)
        prior, largest = prior + step, abs(step)
        for answer in weights:
            step = _step(places[answer], pairs, true, odds, weights[answer])
            weights[answer] += step
            largest = max(largest, abs(step))
        if largest < _STILL:
            break
    return prior, weights


def _step(
    places: Sequence[int], pairs: Sequence[int], true: Sequence[int], odds: list[float], weight: float | None = None
) -> float:
    """One Newton step on one weight, taken in ``odds``; no ridge holds the prior."""
    slope, bend = (0.0, 1e-9) if weight is None else (-_RIDGE * weight, _RIDGE)
    for place in places:
        chance = 1 / (1 + math.exp(-max(odds[place], -30.0)))
        slope += true[place] - pairs[place] * chance
        bend += pairs[place] * chance * (1 - chance)
    step = max(-_LARGEST_STEP, min(_LARGEST_STEP, slope / bend))
    for place in places:
        odds[place] += step
    return step


def written(kind: str, prior: float, levels: Mapping[str, Mapping[str, float]], folders: Sequence[Path]) -> Path:
    """The weights as a file."""
    place = CURATION / "weights" / f"{kind}.yaml"
    place.parent.mkdir(exist_ok=True)
    head = (
        f"# What each answer weighs when two {kind}s are compared: log odds in nats, positive for one thing.\n"
        "# Made by tools/learn_weights.py from generated records; correct it by learning anew, not by hand.\n"
        f"# Learned from {len(folders)} sets: {', '.join(folder.name for folder in folders)}.\n"
    )
    bounds = {name: int(value) if name == "size" else value for name, value in BOUNDS[kind].items()}
    told = {"prior": prior, "bounds": bounds, "questions": {question: dict(levels[question]) for question in levels}}
    place.write_text(head + yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return place


def _clustered(one: Generated | Reference, weights: Weights) -> dict[NodeId, NodeId]:
    links = judge(one.projects, PROJECTS, weights).same
    found = united(
        dict.fromkeys(one.projects, Project), links, (), lambda node: project_marks(node, one.projects[node].editions)
    )
    return {node: members[0] for members, _ in found for node in members}


def _read(folder: Path, reader: Reader, resolver: Resolver) -> Generated | Reference:
    is_reference = (folder / "bundle").is_dir()
    return read_reference(folder, reader) if is_reference else read_generated(folder, reader, resolver)


def main() -> None:
    """Learns projects first: whether two actors share one is a question about actors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    folders = parser.parse_args().folders
    gazetteer = Gazetteer.load()
    reader, resolver = Reader(Geography.of(gazetteer), Aliases.load(CURATION / "aliases.csv")), Resolver(gazetteer)
    sets = [_read(folder, reader, resolver) for folder in folders]
    prior, levels = learned((counted(one.projects, one.true_projects, PROJECTS) for one in sets), PROJECTS.questions)
    place = written("project", prior, levels, folders)
    weights = Weights.load(place, PROJECTS.questions)
    actors = (counted(one.actors_knowing(_clustered(one, weights)), one.true_actors, ACTORS) for one in sets)
    prior, levels = learned(actors, ACTORS.questions)
    for (question, level), weight in BY_RULE.items():
        levels[question][level] = weight
    written("actor", prior, levels, folders)


if __name__ == "__main__":
    main()
