"""Sets of the reference generator, read as the matcher sees them: projects, and every actor that a record names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reference.reading import records, truth_of
from cis_graph.model.nodes import NodeId, Thing, things
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.reading import Reader
from tools.generated_records import told_often


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The projects and the nodes of a set, and which thing each truly is."""

    reader: Reader
    nodes: Mapping[NodeId, Thing]
    projects: Mapping[NodeId, Features]
    true_projects: Mapping[NodeId, str]
    true_actors: Mapping[NodeId, str]

    def actors_knowing(self, found: Mapping[NodeId, NodeId]) -> dict[NodeId, Features]:
        """The actors, each leader with projects that several records tell of; ``found`` names each cluster."""
        every = self.reader.actors(self.nodes, told_often(found))
        return {node: actor for node, actor in every.items() if node in self.true_actors}


def read_reference(folder: Path, reader: Reader) -> Reference:
    """Everything that a folder of ``python -m benchmarks.reference`` holds."""
    nodes = {node: thing for record in records(folder) for node, thing in things(record)}
    truth = truth_of(folder, nodes)
    projects = {node: one for node, one in reader.projects(nodes).items() if node in truth.projects}
    return Reference(
        reader=reader, nodes=nodes, projects=projects, true_projects=truth.projects, true_actors=truth.actors
    )
