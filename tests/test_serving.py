import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from cis_graph.errors import ReleaseFault
from cis_graph.model.releases import Query, QueryAnswer
from cis_graph.release.shelf import Shelf
from cis_graph.serving import Queries, Visited
from cis_graph.settings import Settings
from tests.release.test_shelf import build

ALL = Query(text="SELECT ?s ?p ?o { ?s ?p ?o }")
Story = Callable[[Shelf, Visited, Queries], Coroutine[None, None, None]]


def told(folder: Path, story: Story) -> None:
    """Runs a story over a shelf with two releases of which the first is current."""
    shelf, releases = Shelf(folder), Visited(Shelf(folder))
    for _ in range(2):
        build(shelf)
    shelf.publish(1)

    async def run() -> None:
        queries = Queries(releases, Settings(data=folder, query_workers=1, query_memory=1024))
        try:
            await story(shelf, releases, queries)
        finally:
            await queries.close()

    asyncio.run(asyncio.wait_for(run(), 30))


async def requested(queries: Queries) -> QueryAnswer:
    """The answer to a query in a request of its own."""
    return await asyncio.create_task(queries.run(ALL, results="csv", graph="nt"))


async def number(queries: Queries) -> int:
    """The release that a query is answered by."""
    answer = await queries.run(ALL, results="csv", graph="nt")
    assert [piece async for piece in answer.body]
    return answer.release


def test_an_answer_keeps_its_release_until_it_ends(tmp_path: Path) -> None:
    """A release that is replaced while an answer streams is removed after it, not under it."""

    async def story(shelf: Shelf, _: Visited, queries: Queries) -> None:
        answer = await requested(queries)
        shelf.publish(2)
        assert shelf.keep(1) == ()
        assert answer.release == 1
        assert b"".join([piece async for piece in answer.body]).strip() == b"s,p,o"
        del answer
        other = await requested(queries)
        assert other.release == 2
        await other.body.aclose()  # type: ignore[attr-defined]  # a body that is dropped is closed
        assert shelf.keep(1) == (1,)

    told(tmp_path, story)


def test_a_request_is_answered_by_one_release(tmp_path: Path) -> None:
    """What a request asks after a publication, the release it was given before answers."""

    async def story(shelf: Shelf, releases: Visited, queries: Queries) -> None:
        given = releases.current()
        shelf.publish(2)
        assert given is not None
        assert (given.information.number, await number(queries)) == (1, 1)
        assert await asyncio.create_task(number(queries)) == 1, "a task of the request is part of it"
        current = releases.current()
        assert current is not None
        assert (current.information.number, await number(queries)) == (2, 2)

    told(tmp_path, story)


def test_without_a_release_a_query_is_refused(tmp_path: Path) -> None:
    """Nothing is published yet, and that is said."""

    async def story() -> None:
        queries = Queries(Visited(Shelf(tmp_path)), Settings(data=tmp_path))
        with pytest.raises(ReleaseFault, match="Nothing is published"):
            await queries.run(ALL, results="csv", graph="nt")

    asyncio.run(story())
