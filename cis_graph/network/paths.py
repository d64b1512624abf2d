"""By way of whom one actor comes to another."""

from collections.abc import Callable, Sequence

from cis_graph.model.network import NetworkTie

_FURTHEST = 8  # steps; beyond, nobody introduces anybody


def shortest(
    source: str, target: str, around: Callable[[tuple[str, ...]], Sequence[NetworkTie]]
) -> tuple[NetworkTie, ...] | None:
    """The ties of a shortest way, in order; among equals the heaviest last step, then the smaller key.

    ``around`` gives the ties of some actors. None where there is no way within eight steps.
    """
    if source == target:
        return ()
    came: dict[str, NetworkTie | None] = {source: None}
    reached: tuple[str, ...] = (source,)
    for _ in range(_FURTHEST):
        found = _next(reached, came, around(reached))
        came |= found
        if target in found:
            return _traced(target, came)
        reached = tuple(sorted(found))
        if not reached:
            return None
    return None


def _next(
    reached: Sequence[str], came: dict[str, NetworkTie | None], ties: Sequence[NetworkTie]
) -> dict[str, NetworkTie | None]:
    """The actors one step further, each with the heaviest tie that leads there."""
    inside = set(reached)
    found: dict[str, NetworkTie | None] = {}
    for tie in sorted(ties, key=lambda tie: (-tie.weight, tie.source, tie.target)):
        for here, there in ((tie.source, tie.target), (tie.target, tie.source)):
            if here in inside and there not in came:
                found.setdefault(there, tie)
    return found


def _traced(target: str, came: dict[str, NetworkTie | None]) -> tuple[NetworkTie, ...]:
    way: list[NetworkTie] = []
    here = target
    while (tie := came[here]) is not None:
        way.append(tie)
        here = tie.source if tie.target == here else tie.target
    return tuple(reversed(way))
