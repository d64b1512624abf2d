"""Small records for tests, with invented names."""

from cis_graph.mapping.source import Source
from cis_graph.mapping.tables import CsvFile
from cis_graph.model.identifiers import Rna, Siren
from cis_graph.model.nodes import NodeId, Thing, things
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Label, Participation, Project, Record
from cis_graph.reconciliation.matching import Matcher
from cis_graph.reconciliation.reading import Geography
from cis_graph.resources import CURATION

LICENCE = "https://spdx.org/licenses/etalab-2.0"
SOURCE = Source(
    slug="a",
    contributor="a",
    title="A",
    homepage="https://a.example/",
    licence=LICENCE,
    data=(CsvFile(name="a.csv"),),
    at_least=1,
)

INSIDE = {
    ("pays-fr", "region-84"), ("pays-fr", "region-82"), ("pays-fr", "commune-69123"), ("pays-fr", "commune-59350"),
    ("region-84", "region-82"), ("region-84", "commune-69123"), ("region-82", "commune-69123"),
    ("region-84", "departement-69"), ("region-82", "departement-69"), ("departement-69", "commune-69123"),
    ("pays-fr", "departement-69"), ("pays-fr", "departement-59"), ("departement-59", "commune-59350"),
}  # fmt: skip


def _containers(key: str) -> frozenset[str]:
    return frozenset({key, *(outer for outer, inner in INSIDE if inner == key)})


def _within(key: str) -> frozenset[str]:
    return frozenset({key, *(inner for outer, inner in INSIDE if outer == key)})


GEOGRAPHY = Geography(containers=_containers, within=_within, name=lambda key: key)
MATCHER = Matcher.load(CURATION, GEOGRAPHY)


def place(territory: str) -> Place:
    """A place that is resolved."""
    return Place(text=territory, territory=territory)


def actor(name: str, *territories: str, node: str = "actor", siren: str | None = None, rna: str | None = None) -> Actor:
    """An actor of some places."""
    return Actor(
        node=node,
        label=name,
        places=tuple(map(place, territories)),
        siren=Siren.parse(siren) if siren else None,
        rna=Rna.parse(rna) if rna else None,
    )


def project(name: str, *territories: str, node: str = "project") -> Project:
    """A project of some places."""
    return Project(node=node, label=name, places=tuple(map(place, territories)))


def part(actor_node: str, project_node: str, role: str = "partenaire") -> Participation:
    """A participation with a resolved role."""
    return Participation(actor=actor_node, project=project_node, role=Label(text=role, scheme="role", concept=role))


def record(contributor: str, key: str = "1", *nodes: Thing) -> Record:
    """A record of one contributor."""
    return Record(
        contributor=contributor,
        key=key,
        rows=(1,),
        licence=LICENCE,
        projects=tuple(node for node in nodes if isinstance(node, Project)),
        actors=tuple(node for node in nodes if isinstance(node, Actor)),
        participations=tuple(node for node in nodes if isinstance(node, Participation)),
    )


def nodes_of(*records: Record) -> dict[NodeId, Thing]:
    """The nodes of records by their ids."""
    return {node: thing for one in records for node, thing in things(one)}
