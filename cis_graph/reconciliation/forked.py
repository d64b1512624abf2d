"""The comparing of pairs in processes forked from this one: they share its memory and hand back only what they find."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from cis_graph.processes import forked, may_fork
from cis_graph.reconciliation.blocking import Pairs
from cis_graph.reconciliation.compared import Comparing, here
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.scale import Pair, Scale

_FEW = 5_000  # things that are compared sooner than processes start
_SHARES = 32  # of the things; their costs differ, and a process that has ended one takes the next


def in_processes(count: int) -> Comparing:
    """A way of comparing in ``count`` processes, or in this one where that is as fast or forking is not safe."""
    return partial(_compared, count)


def _compared(count: int, things: Sequence[Features], scale: Scale, paired: Callable[[], Pairs]) -> Iterator[Pair]:
    if count == 1 or len(things) < _FEW or not may_fork():
        yield from here(things, scale, paired)
        return
    work = partial(_share, things, scale, paired())
    with forked(count - 1, work) as ask:  # this one works too: each process more holds what it looks at once more
        asked = [ask(share) for share in range(_SHARES)]
        own = {share: work(share) for share in reversed(range(_SHARES)) if asked[share].cancel()}
        for share, found in enumerate(asked):
            yield from own[share] if share in own else found.result()


def _share(things: Sequence[Features], scale: Scale, pairs: Pairs, share: int) -> list[Pair]:
    """The telling pairs whose first thing is of one share."""
    places = range(share * len(things) // _SHARES, (share + 1) * len(things) // _SHARES)
    return list(scale.telling((a, b, things[a], things[b]) for a, b in pairs.pairs(places)))
