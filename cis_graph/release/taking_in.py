"""Records of all sources taken in: told, judged, heard, and let go."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from cis_graph.harvest.state import SourceState
from cis_graph.model.findings import Finding
from cis_graph.model.nodes import of_record
from cis_graph.model.records import Record
from cis_graph.processes import processors
from cis_graph.rdf.told import Told
from cis_graph.reconciliation.apart import Apart
from cis_graph.reconciliation.hearing import Heard
from cis_graph.reconciliation.matching import Matched
from cis_graph.release.telling import Teller, from_memory
from cis_graph.validation.records import sort_out
from cis_graph.validation.verdicts import Verdicts


class TakenIn(NamedTuple):
    """The state of each source without its records, those that may be published, and all findings.

    Records are not held: they are read from the memory of the teller. ``heard`` is what their nodes are, and
    ``matched`` waits for which of them are the same.
    """

    states: Sequence[SourceState]
    told: Sequence[Told]
    findings: Sequence[Finding]
    heard: Heard
    matched: Callable[[], Matched]


def take_in(
    read: Iterable[SourceState],
    teller: Teller,
    stubs: bytes,
    verdicts: Verdicts,
    matching: Apart,
) -> TakenIn:
    """Takes records in as they are read; when all are, the memory of the teller is settled, and matching begins.

    The matching is what hears the teller.
    """
    states, notices, heard = list[SourceState](), list[Finding](), Heard()

    def told() -> Iterator[Told]:
        for state in read:
            passing = replace(state, records=_let_go(state.records))
            states.append(replace(state, records=()))
            notices.extend(state.findings)
            del state
            for one in teller.told(passing, notices):
                heard.hear(zip(one.nodes, of_record(one.body.record), strict=True))
                yield one

    checked = sort_out(told(), stubs, processors(), verdicts, partial(from_memory, memory=teller.memory))
    teller.memory.settle()
    gone = {node for one in checked.rejected for node in one.nodes}
    matched = matching.begin(heard.kinds, gone)
    heard.forget(gone)
    return TakenIn(states, checked.accepted, (*notices, *checked.findings), heard, matched)


def _let_go(records: Iterable[Record]) -> Iterator[Record]:
    """Records of which none is held once the next is asked for."""
    waiting = deque(records)
    del records
    while waiting:
        yield waiting.popleft()
