import asyncio
import itertools
from collections.abc import Coroutine
from typing import Any

import pytest

from cis_graph.errors import QueryOverload
from cis_graph.store.lanes import Lane, Usage


def lane(places: int = 1, each: int = 1) -> Lane:
    """A lane whose clients have used nothing yet."""
    return Lane(places, each=each, usage=Usage(lambda: 0.0))


def in_loop(story: Coroutine[Any, Any, None]) -> None:
    """Runs a story."""
    asyncio.run(asyncio.wait_for(story, 10))


def queue(places: Lane, *clients: str) -> tuple[list[asyncio.Task[None]], list[str]]:
    """Clients who wait, and who of them has had a place, in that order."""
    served: list[str] = []

    async def wait(client: str) -> None:
        await places.take(client)
        served.append(client)

    return [asyncio.create_task(wait(client)) for client in clients], served


def test_use_is_forgotten_by_half_in_ten_seconds() -> None:
    """What a client used counts less and less."""
    moments = iter([0.0, 0.0, 10.0, 20.0])
    usage = Usage(lambda: next(moments))
    usage.add("a", 8.0)

    assert [usage.of("b"), round(usage.of("a"), 6), round(usage.of("a"), 6)] == [0.0, 8.0, 4.0]


def test_clients_of_long_ago_are_forgotten() -> None:
    """A stream of new addresses does not fill the memory."""
    seconds = itertools.count()
    usage = Usage(lambda: float(next(seconds)))
    for number in range(5000):
        usage.add(f"client {number}", 0.01)

    assert len(usage._used) <= 1001


def test_who_used_least_comes_first() -> None:
    """One query of a newcomer passes a queue of somebody who has had much."""

    async def story() -> None:
        places = lane()
        await places.take("heavy")
        tasks, served = queue(places, "heavy", "heavy", "newcomer")
        await asyncio.sleep(0)
        places.leave("heavy", 5.0)
        for _ in range(3):
            await asyncio.sleep(0.01)
            places.leave(served[-1], 0.1)
        await asyncio.gather(*tasks)
        assert served == ["newcomer", "heavy", "heavy"]

    in_loop(story())


def test_nobody_holds_more_than_their_share() -> None:
    """A second place of the same client stays free for another."""

    async def story() -> None:
        places = lane(places=2, each=1)
        tasks, served = queue(places, "a", "a", "b")
        await asyncio.sleep(0.01)
        assert served == ["a", "b"]
        places.leave("a", 1.0)
        await asyncio.gather(*tasks)
        assert served == ["a", "b", "a"]

    in_loop(story())


def test_a_place_given_to_one_who_left_goes_to_the_next() -> None:
    """Whoever stops waiting, even in the moment of their turn, loses nobody a place."""

    async def story() -> None:
        places = lane()
        await places.take("a")
        (first, second), served = queue(places, "b", "c")
        await asyncio.sleep(0)
        places.leave("a", 0.0)  # b's turn
        first.cancel()
        await asyncio.wait_for(second, 1)
        assert served == ["c"]

    in_loop(story())


def test_a_lane_says_when_it_is_wanted() -> None:
    """Those inside learn that somebody waits, and no longer when nobody does."""

    async def story() -> None:
        places = lane()
        await places.take("a")
        (waiting,), _ = queue(places, "b")
        await asyncio.wait_for(places.wanted(60), 1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(places.wanted(60), 0.05)

    in_loop(story())


def test_a_closed_lane_turns_everybody_away() -> None:
    """Whoever waits is told that the server stops."""

    async def story() -> None:
        places = lane()
        await places.take("a")
        tasks, _ = queue(places, "b", "c")
        await asyncio.sleep(0)
        places.close()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(fault) for fault in found] == [QueryOverload, QueryOverload]

    in_loop(story())
