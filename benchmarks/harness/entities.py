"""Which things of a release are asked for."""

from pathlib import Path

import pyoxigraph as ox

from benchmarks.harness.servers import store
from cis_graph.rdf.iris import INSOC, RDF


def projects(data: Path, count: int) -> tuple[str, ...]:
    """The IRIs of so many projects of the published release, spread evenly over all."""
    opened = ox.Store.read_only(str(store(data)))
    found = opened.quads_for_pattern(
        None, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{INSOC}Project"), ox.DefaultGraph()
    )
    iris = sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))
    return tuple(iris[:: max(1, len(iris) // count)][:count])
