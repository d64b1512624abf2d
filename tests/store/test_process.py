import asyncio
from types import SimpleNamespace
from typing import Any

from cis_graph.store.process import Worker


def test_a_worker_ends_although_somebody_waits_for_its_next_frame() -> None:
    """Who ends it at the moment in which a reader is woken waits no longer than its pipe stays open."""

    async def exited() -> int:
        return 0

    async def story() -> None:
        pipe = asyncio.StreamReader()
        process: Any = SimpleNamespace(stdout=pipe, wait=exited, send_signal=lambda _: None)
        worker = Worker(process)
        reading = asyncio.ensure_future(worker.frame())
        await asyncio.sleep(0)  # it waits for a header
        pipe.feed_data(b"D")  # and is woken by less than one
        asyncio.get_running_loop().call_later(0.05, pipe.feed_eof)
        await worker.end()
        assert isinstance((await asyncio.gather(reading, return_exceptions=True))[0], asyncio.IncompleteReadError)

    asyncio.run(asyncio.wait_for(story(), 5))
