"""Match a set of the reference generator: ``python -m benchmarks.matched_set FOLDER FIGURES.json [--rows DIR]``.

Everything from the files that contributors hand over to clusters, by the project's own stations. Writes precision,
recall and F1 by pair, B-cubed F1, pairs left to review, and what it cost; ``--rows`` also writes what was compared,
with its truth, for another engine.
"""

import argparse
import csv
import json
import resource
import time
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from benchmarks.harness.processes import KIB, MIB
from benchmarks.matching import score
from benchmarks.reference.reading import records, truth_of
from cis_graph.model.nodes import NodeId, Thing, things
from cis_graph.model.records import Actor, Project
from cis_graph.reconciliation.clusters import united
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.matching import Matched, Matcher
from cis_graph.reconciliation.reading import Geography
from cis_graph.resources import CURATION
from cis_graph.territories.gazetteer import Gazetteer

COLUMNS = (
    "unique_id", "truth", "name", "glued", "leads", "commune", "departement", "siren", "rna", "host", "page", "year",
    "editions", "words",
)  # fmt: skip


def clusters(projects: Iterable[NodeId], actors: Iterable[NodeId], matched: Matched) -> dict[NodeId, NodeId]:
    """The first member of the cluster of each project and actor."""
    kinds: dict[NodeId, type[Thing]] = {**dict.fromkeys(projects, Project), **dict.fromkeys(actors, Actor)}
    found = united(kinds, matched.links, (), matched.mark)
    return {node: members[0] for members, _ in found for node in members}


def measured(folder: Path, rows: Path | None = None) -> dict[str, float]:
    """What the matching of a set amounts to and costs: processor seconds without those of imports and tables."""
    geography = Geography.of(Gazetteer.load())
    matcher = Matcher.load(CURATION, geography)
    started = time.process_time()
    told = matcher.reader().told(dict(things(record)) for record in records(folder))
    read_in = time.process_time()
    projects, actors = (dict(each) if rows else dict.fromkeys(each) for each in (told.projects, told.actors))
    matched = matcher.matched(told)
    found = clusters(projects, actors, matched)
    done, peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    truth = truth_of(folder, chain(projects, actors))
    unsure = sum(link.first in projects for link in matched.unsure)
    if rows:
        write_rows(rows / "project.csv", projects, truth.projects)
        write_rows(rows / "actor.csv", actors, truth.actors)
    return {
        "projects": len(truth.projects),
        "actors": len(truth.actors),
        **score(found, truth.projects).figures("projects"),
        "projects: left to review, pairs": unsure,
        **score(found, truth.actors).figures("actors"),
        **score(found, truth.leads).figures("leaders"),
        "actors: left to review, pairs": len(matched.unsure) - unsure,
        "reading, CPU s": read_in - started,
        "matching, CPU s": done - read_in,
        "peak, MiB": peak * KIB / MIB,
    }


def write_rows(place: Path, things: Mapping[NodeId, Features | None], truth: Mapping[NodeId, str]) -> None:
    """What is compared of each thing as CSV, beside its truth."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w", encoding="utf-8", newline="") as file:
        told = csv.writer(file)
        told.writerow(COLUMNS)
        told.writerows((node, truth[node], *_row(one)) for node, one in things.items() if one and node in truth)


def _row(one: Features) -> tuple[object, ...]:
    return (
        one.name.text,
        one.name.glued,
        one.leads.text if one.leads else None,
        min(one.where.communes, default=None),
        one.where.departement,
        one.siren,
        one.rna,
        one.host,
        one.page,
        one.year,
        " ".join(sorted(one.editions)),
        " ".join(sorted(one.telling)),
    )


def main() -> None:
    """Writes the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("figures", type=Path)
    parser.add_argument("--rows", type=Path, help="a folder for what was compared")
    given = parser.parse_args()
    given.figures.write_text(json.dumps(measured(given.folder, given.rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
