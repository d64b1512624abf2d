"""What was read of records told: put where it stood, and remembered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from sys import intern

from cis_graph.concepts.meaning import extra_version
from cis_graph.concepts.tables import LabelTables
from cis_graph.harvest.state import SourceState
from cis_graph.memory import Memory, fingerprint
from cis_graph.model.findings import Finding
from cis_graph.model.nodes import NodeId
from cis_graph.rdf.told import Told, seen
from cis_graph.reconciliation.hearing import Heard
from cis_graph.release.house import House
from cis_graph.release.reading import Batch, Stood
from cis_graph.release.remembered import Outline, Remembered, outline_of, reading_in
from cis_graph.resources import CURATION, ONTOLOGY, TERRITORIES


@dataclass(frozen=True)
class Teller:
    """Tells records of all sources; ``earlier`` gives when a state of a record was first seen, by its IRI.

    ``hear`` is given what all of them tell the matcher, some at a time and in their order; ``heard`` is what else
    reconciliation keeps of them.
    """

    house: House
    memory: Memory
    earlier: Callable[[str], str | None]
    hear: Callable[[Sequence[bytes]], None] = lambda _: None
    heard: Heard = field(default_factory=Heard)

    def told(self, state: SourceState, batch: Batch, findings: list[Finding]) -> Iterator[Told]:
        """Some records of a source, read from memory whenever they are asked for, not held.

        What there is to say of their words is added to ``findings``.

        Raises:
            ReleaseFault: one was to be remembered, and is not.
        """
        for key, one in batch.made.items():
            self.memory.keep(key, one)
        values = [batch.made.get(key) or Remembered(self.memory, key).value for key in batch.keys]
        self.hear(list(map(reading_in, values)))
        for stood, key, outline in zip(batch.stood, batch.keys, map(outline_of, values), strict=True):
            rows, files = stood
            findings += (replace(one, rows=rows, files=files) for one in outline.findings)
            yield self._told(state, stood, key, outline)

    def _told(self, state: SourceState, stood: Stood, key: bytes, outline: Outline) -> Told:
        contributor, nodes = intern(outline.contributor), list[NodeId]()
        for name, kind, joined in outline.things():
            nodes.append(NodeId(contributor, outline.key, name))
            self.heard.hear(nodes[-1], kind, joined)
        iri = self.house.iris.record(contributor, outline.key)
        rows, files = stood
        return Told(
            iri=iri,
            contributor=contributor,
            key=outline.key,
            rows=rows,
            files=files,
            nodes=tuple(nodes),
            source=state.source,
            seen=seen(iri, outline.state, state.at or "", self.earlier),
            size=outline.size,
            body=Remembered(self.memory, key),
            made_of=key,
            quality=tuple((intern(node), alone, with_others) for node, alone, with_others in outline.quality),
        )


def ground(house: House, tables: LabelTables) -> Iterable[bytes]:
    """All that what is told of a record depends on, beside the record and the software."""
    yield house.iris.base.encode()
    yield house.gazetteer.fingerprint.encode()
    yield fingerprint([*ONTOLOGY.iterdir(), *TERRITORIES.rglob("*")])
    yield extra_version().encode()
    yield fingerprint([*tables.files(), CURATION / "aliases.csv"])
