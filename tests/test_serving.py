import asyncio
from pathlib import Path

import pytest

from cis_graph.errors import ReleaseFault
from cis_graph.model.releases import Query
from cis_graph.release.shelf import Shelf
from cis_graph.serving import Queries
from cis_graph.settings import Settings
from tests.release.test_shelf import build

ALL = Query(text="SELECT ?s ?p ?o { ?s ?p ?o }")


def test_an_answer_keeps_its_release_until_it_ends(tmp_path: Path) -> None:
    """A release that is replaced while an answer streams is removed after it, not under it."""

    async def story() -> None:
        shelf = Shelf(tmp_path)
        for _ in range(2):
            build(shelf)
        shelf.publish(1)
        queries = Queries(Shelf(tmp_path), Settings(data=tmp_path, query_workers=1, query_memory=1024))
        try:
            answer = await queries.run(ALL, results="csv", graph="nt")
            shelf.publish(2)
            assert shelf.keep(1) == ()
            assert answer.release == 1
            assert b"".join([piece async for piece in answer.body]).strip() == b"s,p,o"
            del answer
            other = await queries.run(ALL, results="csv", graph="nt")
            assert other.release == 2
            await other.body.aclose()  # type: ignore[attr-defined]  # a body that is dropped is closed
            assert shelf.keep(1) == (1,)
        finally:
            await queries.close()

    asyncio.run(asyncio.wait_for(story(), 30))


def test_without_a_release_a_query_is_refused(tmp_path: Path) -> None:
    """Nothing is published yet, and that is said."""

    async def story() -> None:
        queries = Queries(Shelf(tmp_path), Settings(data=tmp_path))
        with pytest.raises(ReleaseFault, match="Nothing is published"):
            await queries.run(ALL, results="csv", graph="nt")

    asyncio.run(story())
