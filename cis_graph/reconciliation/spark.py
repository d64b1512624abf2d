"""The comparing of pairs on a Spark cluster: the functions that run here run there, on partitions of Arrow rows.

Things are shuffled by block, so that a block lies whole in one partition; a pair that shares several blocks is compared
in the first of them. The driver keeps the things and joins the clusters. Workers need this package with its extra.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession

from cis_graph.reconciliation.blocking import Pairs, word_counts
from cis_graph.reconciliation.compared import Comparing
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.scale import Pair, Scale

_Row = tuple[Any, ...]

_BATCH = 2_000  # rows
_THINGS = pa.schema([("place", pa.int64()), ("thing", pa.binary())])
_BLOCKS = pa.schema([("block", pa.string()), ("place", pa.int64()), ("thing", pa.binary())])
_PAIRS = pa.schema([("a", pa.int64()), ("b", pa.int64()), ("levels", pa.list_(pa.string()))])


def on_spark(master: str) -> Comparing:
    """A way of comparing that hands the pairs to a Spark cluster (``spark://host:7077``, ``yarn``, ``local[2]``)."""
    return partial(_compared, master)


def stop() -> None:
    """Lets the cluster go, which else happens when this process ends."""
    if session := SparkSession.getActiveSession():
        session.stop()


@dataclass(frozen=True, slots=True)
class _Work:
    """What every worker is handed: the scale, how many things bear each word, the blocks that are too large."""

    scale: Scale
    counts: Mapping[str, int]
    large: frozenset[str] = frozenset()

    def blocks(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Each thing once for every block that it is in."""
        rows = (
            (key, place, thing)
            for batch in batches
            for place, thing in _rows(batch)
            for key in self._keys(_read(thing))
        )
        yield from _batched(rows, _BLOCKS)

    def pairs(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The telling pairs of the blocks of a partition, each block's rows following each other."""
        known: dict[int, tuple[Features, set[str]]] = {}
        rows = (row for batch in batches for row in _rows(batch))
        found = (
            pair
            for block, members in groupby(rows, key=itemgetter(0))
            for pair in self._first_met(block, {place: thing for _, place, thing in members}, known)
        )
        yield from _batched(self.scale.telling(found), _PAIRS)

    def _first_met(
        self, block: str, members: Mapping[int, bytes], known: dict[int, tuple[Features, set[str]]]
    ) -> Iterator[tuple[int, int, Features, Features]]:
        """The pairs of a block that no block before it holds."""
        for place, thing in members.items() if len(members) > 1 else ():
            if place not in known:
                found = _read(thing)
                known[place] = found, self._keys(found)
        for a, b in combinations(sorted(members), 2):
            (one, keys), (other, others) = known[a], known[b]
            if block == min(keys & others):
                yield a, b, one, other

    def _keys(self, thing: Features) -> set[str]:
        return self.scale.manner.keys(thing, self.counts) - self.large


def _compared(master: str, things: Sequence[Features], scale: Scale, _: Callable[[], Pairs]) -> Iterable[Pair]:
    session = SparkSession.builder.master(master).appName("cis-graph").getOrCreate()
    work = _Work(scale, word_counts(things))
    table = pa.table([range(len(things)), [pickle.dumps(thing) for thing in things]], schema=_THINGS)
    rows = session.createDataFrame(table)
    large = rows.mapInArrow(work.blocks, _sql(_BLOCKS)).groupBy("block").count().where(f"count > {scale.manner.cap:d}")
    work = replace(work, large=frozenset(block for block, _ in large.collect()))
    blocks = rows.mapInArrow(work.blocks, _sql(_BLOCKS)).repartition("block").sortWithinPartitions("block")
    told = blocks.mapInArrow(work.pairs, _sql(_PAIRS)).toArrow()
    return sorted((a, b, tuple(levels)) for a, b, levels in _rows(told))


def _rows(batch: pa.RecordBatch | pa.Table) -> Iterator[_Row]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _read(thing: bytes) -> Features:
    found: Features = pickle.loads(thing)  # noqa: S301 - written by the driver of this very job
    return found


def _batched(rows: Iterable[_Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    held: list[_Row] = []
    for row in rows:
        held.append(row)
        if len(held) == _BATCH:
            yield _batch(held, schema)
            held = []
    if held:
        yield _batch(held, schema)


def _batch(rows: Sequence[_Row], schema: pa.Schema) -> pa.RecordBatch:
    columns = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
    return pa.record_batch(columns, schema=schema)


def _sql(schema: pa.Schema) -> str:
    kinds = {pa.int64(): "bigint", pa.string(): "string", pa.binary(): "binary", pa.list_(pa.string()): "array<string>"}
    return ", ".join(f"{field.name} {kinds[field.type]}" for field in schema)
