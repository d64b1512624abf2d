"""What it takes to look up a node among as many as L has, beside M's and S's: what memory alone adds to linear work.

Nodes are asked for in no order, as merging and the ledger come upon them, and a field of what stands there is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.stage import Stage
from benchmarks.harness.timing import timed
from benchmarks.reference.dice import Dice
from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.ledger import Entry, mint

_RECORDS = {"L": 510_560, "M": 50_837, "S": 1_677}
_NODES = 6  # of a record, its participations included
_LOOKUPS = 500_000


def look_up(entries: Mapping[NodeId, Entry], asked: Sequence[NodeId]) -> Figures:
    """Processor time of a lookup."""
    spent = timed(lambda: [entries[node].key for node in asked])
    return {"a lookup, CPU ns": spent["CPU, s"] / len(asked) * 1e9}


@contextmanager
def prepare(_: Stage) -> Iterator[Sequence[Peer]]:
    """A ledger of each size, and what is asked of it."""
    yield tuple(_peer(name, records) for name, records in _RECORDS.items())


def _peer(name: str, records: int) -> Peer:
    nodes = [
        NodeId("clairiere", f"fiche-{number // _NODES}", f"n{number % _NODES}") for number in range(records * _NODES)
    ]
    entries = {node: Entry(mint(node), "actor", 1) for node in nodes}
    dice = Dice("lookups", name)
    return Peer(f"{len(nodes):,} nodes", partial(look_up, entries, [dice.pick(nodes) for _ in range(_LOOKUPS)]))


BENCHMARK = Benchmark(prepare=prepare, usual=9)
