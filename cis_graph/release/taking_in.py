"""Records of all sources taken in: told, judged, heard, and let go."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cis_graph.harvest.state import SourceState
from cis_graph.model.findings import Finding
from cis_graph.processes import processors
from cis_graph.rdf.told import Told
from cis_graph.reconciliation.apart import Apart
from cis_graph.reconciliation.hearing import Heard
from cis_graph.reconciliation.matching import Matched
from cis_graph.release.reading import Read
from cis_graph.release.telling import Teller
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
    read: Iterable[Read],
    teller: Teller,
    stubs: bytes,
    verdicts: Verdicts,
    matching: Apart,
) -> TakenIn:
    """Takes records in as they are read; when all are, matching begins, and the memory of the teller is settled.

    The matching is what hears the teller.
    """
    states, notices, heard = list[SourceState](), list[Finding](), teller.heard

    def told() -> Iterator[Told]:
        for some in read:
            if isinstance(some, SourceState):
                states.append(some)
                notices.extend(some.findings)
                continue
            yield from teller.told(states[-1], some, notices)

    checked = sort_out(told(), stubs, processors(), verdicts)
    gone = {node for one in checked.rejected for node in one.nodes}
    matched = matching.begin(heard.kinds, gone)
    teller.memory.settle()
    heard.forget(gone)
    return TakenIn(states, checked.accepted, (*notices, *checked.findings), heard, matched)
