"""Sets of the reference generator, read as the matcher sees them: projects, and every actor that a record names."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from benchmarks.reference.reading import records, truth_of
from cis_graph.model.nodes import NodeId, things
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.reading import Reader, Told
from tools.generated_records import told_often


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The projects and all that is told in a set, and which thing each truly is."""

    told: Told
    projects: Mapping[NodeId, Features]
    true_projects: Mapping[NodeId, str]
    true_actors: Mapping[NodeId, str]

    def actors_knowing(self, found: Mapping[NodeId, NodeId]) -> dict[NodeId, Features]:
        """The actors, each leader with projects that several records tell of; ``found`` names each cluster."""
        every = self.told.actors_knowing(told_often(found))
        return {node: actor for node, actor in every.items() if node in self.true_actors}


def read_reference(folder: Path, reader: Reader) -> Reference:
    """Everything that a folder of ``python -m benchmarks.reference`` holds."""
    told = reader.told(dict(things(record)) for record in records(folder))
    truth = truth_of(folder, chain(told.projects, told.actors))
    projects = {node: one for node, one in told.projects.items() if node in truth.projects}
    return Reference(told=told, projects=projects, true_projects=truth.projects, true_actors=truth.actors)
