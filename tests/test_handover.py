"""One thread takes what another makes."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from cis_graph.handover import handing_over


def test_things_are_taken_in_the_order_they_were_made() -> None:
    """The one that takes ends when the one that makes does."""
    with ThreadPoolExecutor(1) as thread:
        with handing_over(int) as (give, taken):
            found = thread.submit(list, taken)
            for number in range(5):
                give(number)

        assert found.result() == [0, 1, 2, 3, 4]


def test_what_is_taken_before_the_end_need_not_wait() -> None:
    """The first thing is there while the second is still being made."""
    with ThreadPoolExecutor(1) as thread, handing_over(str) as (give, taken):
        give("first")

        assert thread.submit(next, taken).result(timeout=10) == "first"


def test_a_fault_is_met_by_both() -> None:
    """Whoever takes is not left waiting, and does not believe that it has all."""

    def broken(thread: ThreadPoolExecutor, found: list[Future[list[int]]]) -> None:
        with handing_over(int) as (give, taken):
            found.append(thread.submit(list, taken))
            give(1)
            raise ValueError("broken")

    found: list[Future[list[int]]] = []
    with ThreadPoolExecutor(1) as thread:
        with pytest.raises(ValueError, match="broken"):
            broken(thread, found)

        with pytest.raises(ValueError, match="broken"):
            found[0].result(timeout=10)
