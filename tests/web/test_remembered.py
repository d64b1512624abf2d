import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cis_graph.errors import QueryFault
from cis_graph.model.releases import Query, QueryAnswer, RdfFormat, ResultFormat
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from cis_graph.web.remembered import Remembered
from tests.support.client import Client
from tests.support.small_release import INFORMATION, SmallRelease, SmallRunner, SmallShelf

ANY = "SELECT ?o { <urn:a> <urn:b> ?o }"


def release(number: int, word: str) -> SmallRelease:
    """A release that says one word."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(word)))
    return SmallRelease(store, replace(INFORMATION, number=number, canonical_hash=f"{number:02}{word:_<62}"))


@dataclass(slots=True)
class Counting:
    """A runner that counts its runs and tells their number; ``cut`` ends an answer in error."""

    number: int = 7
    runs: int = 0
    cut: bool = False

    async def run(self, query: Query, *, results: ResultFormat, graph: RdfFormat) -> QueryAnswer:  # noqa: ARG002
        """The number of this run, in two pieces."""
        self.runs += 1
        return QueryAnswer(media_type="text/csv", release=self.number, body=self._pieces(str(self.runs).encode()))

    async def close(self) -> None:
        """Nothing to end."""

    async def _pieces(self, body: bytes) -> AsyncIterator[bytes]:
        yield body
        if self.cut:
            raise QueryFault("cut")
        yield b"."


def told(runner: Remembered, text: str = ANY, form: ResultFormat = "csv") -> bytes:
    """The whole answer of a query."""

    async def read() -> bytes:
        found = await runner.run(Query(text=text), results=form, graph="ttl")
        return b"".join([piece async for piece in found.body])

    return asyncio.run(read())


def test_an_answer_is_remembered_for_what_asks_the_same() -> None:
    """The same query in other lines and comments is answered without a run; another form or query is not."""
    counting = Counting()
    runner = Remembered(counting, SmallShelf(release(7, "x")), slow=0)
    assert told(runner) == told(runner, f"# said again\n  {ANY}") == b"1."
    assert told(runner, form="tsv") == b"2."
    assert told(runner, f"{ANY} LIMIT 1") == b"3."


def test_a_remembered_answer_comes_in_the_same_pieces() -> None:
    """What is packed piece by piece has the same bytes again, as its tag says."""

    async def pieces(runner: Remembered) -> list[bytes]:
        found = await runner.run(Query(text=ANY), results="csv", graph="ttl")
        return [piece async for piece in found.body]

    runner = Remembered(Counting(), SmallShelf(release(7, "x")), slow=0)
    assert [asyncio.run(pieces(runner)) for _ in range(2)] == [[b"1", b"."]] * 2


def test_what_changes_by_itself_is_run_each_time() -> None:
    """Time and chance are asked again."""
    runner = Remembered(Counting(), SmallShelf(release(7, "x")), slow=0)
    assert [told(runner, "SELECT (NOW() AS ?t) {}") for _ in range(2)] == [b"1.", b"2."]


def test_what_is_quick_is_not_kept() -> None:
    """Memory goes to what the store needs long for."""
    runner = Remembered(Counting(), SmallShelf(release(7, "x")), slow=60)
    assert [told(runner) for _ in range(2)] == [b"1.", b"2."]


def test_another_release_answers_anew() -> None:
    """Neither another release nor one that answers while it is published is taken for the one that was asked."""
    shelf, counting = SmallShelf(release(7, "x")), Counting()
    runner = Remembered(counting, shelf, slow=0)
    assert told(runner) == b"1."
    shelf.release = release(8, "y")
    assert told(runner) == b"2."  # the runner still answers from 7: not kept
    counting.number = 8
    assert [told(runner) for _ in range(2)] == [b"3.", b"3."]


def test_a_cut_answer_is_not_kept() -> None:
    """Only what has passed whole is remembered."""
    counting = Counting(cut=True)
    runner = Remembered(counting, SmallShelf(release(7, "x")), slow=0)
    with pytest.raises(QueryFault):
        told(runner)
    counting.cut = False
    assert told(runner) == b"2."


def test_memory_is_bounded() -> None:
    """An answer that is too large is not kept, and the longest unused goes first."""
    small = Remembered(Counting(), SmallShelf(release(7, "x")), slow=0, largest=1)
    assert [told(small) for _ in range(2)] == [b"1.", b"2."]
    two = Remembered(Counting(), SmallShelf(release(7, "x")), slow=0, most=4)
    first, second, third = ANY, f"{ANY} LIMIT 1", f"{ANY} LIMIT 2"
    assert [told(two, text) for text in (first, second, first, third, first, second)] == [b"1.", b"2.", b"1.", b"3.", b"1.", b"4."]  # fmt: skip


@given(history=st.lists(st.sampled_from(["x", "y", "z", "ask", "ask"]), min_size=2, max_size=12))
@settings(max_examples=25)
def test_no_history_gives_a_stale_answer_or_a_false_304(history: list[str]) -> None:
    """Whatever is published between two looks, 304 is told if and only if the release is the one last seen."""
    shelf, runner = SmallShelf(release(1, "x")), SmallRunner(release(1, "x"))
    client = Client(create_app(Settings(), shelf, runner))
    number, word, seen, tag = 1, "x", 0, ""
    for step in history:
        if step != "ask":
            number, word = number + 1, step
            shelf.release = runner.release = release(number, word)
            continue
        answer = client.get(f"/sparql?query={ANY.replace(' ', '%20')}&format=csv", if_none_match=tag)
        assert (answer.status_code == 304) == (seen == number)
        if answer.status_code == 200:
            assert answer.text.split() == ["o", word]
            seen, tag = number, answer.headers["etag"]
