import asyncio
import json
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyoxigraph as ox
import pytest

from cis_graph.store.frames import DATA, END, KIND, frame
from cis_graph.store.process import Worker

ROWS = 500  # of the store; a query gives the square of it


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of some statements."""
    made = ox.Store(str(tmp_path))
    made.extend(ox.Quad(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), ox.Literal("word " * 5)) for n in range(ROWS))
    made.flush()
    return tmp_path


def reader() -> tuple[asyncio.StreamReader, Worker]:
    """The pipe of a worker that is none, and what reads it."""

    async def exited() -> int:
        return 0

    pipe = asyncio.StreamReader()
    process: Any = SimpleNamespace(stdout=pipe, wait=exited, send_signal=lambda _: None)
    return pipe, Worker(process)


def test_a_worker_ends_although_somebody_waits_for_its_next_frame() -> None:
    """Who ends it at the moment in which a reader is woken waits no longer than its pipe stays open."""

    async def story() -> None:
        pipe, worker = reader()
        reading = asyncio.ensure_future(worker.frame())
        await asyncio.sleep(0)  # it waits for a header
        pipe.feed_data(b"D")  # and is woken by less than one
        asyncio.get_running_loop().call_later(0.05, pipe.feed_eof)
        await worker.end()
        assert isinstance((await asyncio.gather(reading, return_exceptions=True))[0], asyncio.IncompleteReadError)

    asyncio.run(asyncio.wait_for(story(), 5))


def test_what_is_no_frame_is_not_waited_for() -> None:
    """Bytes that begin no frame break the answer; to take their length at its word would wait for ever."""

    async def story() -> None:
        pipe, worker = reader()
        pipe.feed_data(frame(KIND, b"graph") + b"communes")
        assert await worker.frame() == (KIND, b"graph")
        with pytest.raises(ConnectionError):
            await worker.frame()

    asyncio.run(asyncio.wait_for(story(), 5))


def test_a_worker_that_is_stopped_in_the_middle_of_a_write_loses_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped and resumed all the time, where the environment has Python write without buffers, every byte comes."""
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    request = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }", "default_graphs": [], "named_graphs": [],
               "store": str(store), "results": "csv", "graph": "nt"}  # fmt: skip

    async def shaken(worker: Worker) -> None:
        while True:
            worker.pause()
            worker.resume()
            await asyncio.sleep(0.001)

    async def story() -> bytes:
        worker = await Worker.start(store, 1024)
        shaking = asyncio.ensure_future(shaken(worker))
        try:
            await worker.ask(json.dumps(request).encode())
            found = [await worker.frame()]
            while found[-1][0] in {KIND, DATA}:
                found.append(await worker.frame())
            assert found[-1][0] == END
            return b"".join(data for letter, data in found if letter == DATA)
        finally:
            shaking.cancel()
            with suppress(asyncio.CancelledError):
                await shaking
            await worker.end()

    answer = asyncio.run(asyncio.wait_for(story(), 60))
    assert answer.count(b"\r\n") == ROWS * ROWS + 1
