"""The whole network in every form it is exported in, written once beside the dumps."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from cis_graph.model.network import NetworkFilter
from cis_graph.network.exports.columns import Told, told
from cis_graph.network.exports.plain import network_json, nodes_csv, ties_csv
from cis_graph.network.exports.rdf import triples
from cis_graph.network.exports.xml import gexf, graphml
from cis_graph.network.opened import Tables
from cis_graph.release.information import read_information
from cis_graph.release.network import NETWORK

_WRITERS: Mapping[str, Callable[[Told], bytes]] = {
    "network.csv": ties_csv,
    "network.gexf": gexf,
    "network.graphml": graphml,
    "network.json": network_json,
    "network.nt": triples,
    "network-nodes.csv": nodes_csv,
}


def network_dumps(release: Path) -> Iterator[tuple[str, bytes]]:
    """Each file's name and content, as the routes give it without a filter; none where there are no tables."""
    if not (release / NETWORK).exists():
        return
    shown = Tables(release / NETWORK).shown(NetworkFilter())
    information = read_information(release)
    whole = told(shown, information, f"{information.base}network")
    for name, write in _WRITERS.items():
        yield name, write(whole)
