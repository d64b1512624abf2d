"""The records of a generated set as the pipeline has them when it matches, and which things they truly tell of."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reference.mappers import mappers
from cis_graph.concepts.tables import LabelTables
from cis_graph.harvest.reading import read
from cis_graph.intake.ground import resolution_of
from cis_graph.mapping.run import run
from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Record
from cis_graph.pipeline import project_house


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Which thing each project, each actor, and each actor that leads a project truly is."""

    projects: Mapping[NodeId, str]
    actors: Mapping[NodeId, str]
    leads: Mapping[NodeId, str]


def records(folder: Path) -> Iterator[Record]:
    """The records of a set, with their territories and concepts."""
    resolution = resolution_of(project_house("https://example.org/"), LabelTables(folder / "curation"))
    for mapper in mappers(folder):
        bundle = folder / "bundle" / mapper.source.slug
        tables = tuple(read(file, (bundle / file.name).read_bytes()) for file in mapper.source.data)
        for record in run(mapper, tables).records:
            yield resolution.resolve(record, mapper.source.slug)[0]


def truth_of(folder: Path, nodes: Iterable[NodeId]) -> Truth:
    """The truth of the nodes that a set holds; what was set aside or left out has none."""
    there, projects, partners, leads = set(nodes), {}, {}, {}
    with (folder / "truth" / "records.jsonl").open(encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            contributor, _, number = told["record"].partition("/")
            projects[NodeId(contributor, number, "project")] = told["project"]
            leads[NodeId(contributor, number, "porteur")] = told["lead"]
            for place, one in enumerate(told["partners"], 1):
                partners[NodeId(contributor, number, f"acteur-{place}")] = one
    leads = {node: one for node, one in leads.items() if node in there}
    return Truth(
        projects={node: one for node, one in projects.items() if node in there},
        actors=leads | {node: one for node, one in partners.items() if node in there},
        leads=leads,
    )
