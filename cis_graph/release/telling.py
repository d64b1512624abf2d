"""What was read of records told: put where it stood, and remembered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cis_graph.concepts.meaning import extra_version
from cis_graph.concepts.tables import LabelTables
from cis_graph.harvest.state import SourceState
from cis_graph.memory import Memory, fingerprint
from cis_graph.model.findings import Finding
from cis_graph.rdf.told import Told, tell
from cis_graph.release.house import House
from cis_graph.release.reading import Batch
from cis_graph.release.remembered import Remembered, made_of
from cis_graph.resources import ONTOLOGY, TERRITORIES


@dataclass(frozen=True)
class Teller:
    """Tells records of all sources; ``earlier`` gives when a state of a record was first seen, by its IRI.

    ``hear`` is given all records too, some at a time and in their order, for
    :func:`~cis_graph.release.remembered.record_of` to make them of.
    """

    house: House
    memory: Memory
    earlier: Callable[[str], str | None]
    hear: Callable[[Sequence[bytes]], None] = lambda _: None

    def told(self, state: SourceState, batch: Batch, findings: list[Finding]) -> Iterator[Told]:
        """Some records of a source; what there is to say of their words is added to ``findings``.

        Raises:
            ReleaseFault: one was to be remembered, and is not.
        """
        for key, one in batch.made.items():
            self.memory.keep(key, one)
        values = [batch.made.get(key) or Remembered(self.memory, key).value for key in batch.keys]
        self.hear(values)
        at, iris = state.at or "", self.house.iris
        for (rows, files), key, (record, notices, said) in zip(
            batch.stood, batch.keys, map(made_of, values), strict=True
        ):
            findings += (replace(one, rows=rows, files=files) for one in notices)
            found = replace(record, rows=rows, files=files)
            yield tell(found, said, state.source, iris, at, made_of=key, earlier=self.earlier)


def from_memory(told: Told, memory: Memory) -> Told:
    """The same, read from where :class:`Teller` keeps it, not held."""
    return replace(told, body=Remembered(memory, told.made_of))


def ground(house: House, tables: LabelTables) -> Iterable[bytes]:
    """All that what is told of a record depends on, beside the record and the software."""
    yield house.iris.base.encode()
    yield house.gazetteer.fingerprint.encode()
    yield fingerprint([*ONTOLOGY.iterdir(), *TERRITORIES.rglob("*")])
    yield extra_version().encode()
    yield fingerprint(tables.files())
