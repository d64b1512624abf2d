import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox
import pytest

from cis_graph.errors import (
    QueryCrowd,
    QueryFault,
    QueryForbidden,
    QueryOverload,
    QuerySyntaxFault,
    QueryTimeout,
    QueryTooLarge,
    ReleaseFault,
)
from cis_graph.model.releases import Query, QueryAnswer
from cis_graph.store.answering import Limits, QueryCut
from cis_graph.store.frames import PIECE
from cis_graph.store.workers import Served, Workers

SECONDS = 1.5
MEMORY = 1024  # MiB
FEW = "SELECT ?o { <urn:s0> <urn:p> ?o }"
WHOLE = "SELECT * { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"  # no first row
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"  # rows without end

Results = Literal["json", "xml", "csv", "tsv"]
Graph = Literal["ttl", "nt", "jsonld", "rdf", "trig"]


def make(folder: Path, word: str) -> Path:
    """A store of 300 statements that end in a word."""
    store = ox.Store(str(folder))
    predicate = ox.NamedNode("urn:p")
    store.extend(ox.Quad(ox.NamedNode(f"urn:s{n}"), predicate, ox.Literal(f"{word} {n}")) for n in range(300))
    graph = ox.NamedNode("urn:graph")
    store.add(ox.Quad(ox.NamedNode("urn:told"), predicate, ox.Literal(word), graph))
    store.flush()
    return folder


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The stores of two releases."""
    folder = tmp_path_factory.mktemp("stores")
    return make(folder / "1", "first"), make(folder / "2", "second")


@asynccontextmanager
async def running(store: Path, count: int = 1, seconds: float = 20, memory: int = MEMORY) -> AsyncIterator[Workers]:
    """Workers over one release, ended afterwards."""
    workers = Workers(lambda: Served(1, store), count=count, limits=Limits(seconds=seconds, memory=memory))
    try:
        yield workers
    finally:
        await workers.close()


async def ask(workers: Workers, text: str, results: Results = "csv", graph: Graph = "nt") -> QueryAnswer:
    """The answer to a query."""
    return await workers.run(Query(text=text), results=results, graph=graph)


async def read(workers: Workers, text: str, results: Results = "csv", graph: Graph = "nt") -> bytes:
    """The whole body of an answer."""
    return b"".join([piece async for piece in (await ask(workers, text, results, graph)).body])


def in_loop(story: Coroutine[Any, Any, None]) -> None:
    """Runs a story, which must end within a minute."""
    asyncio.run(asyncio.wait_for(story, 60))


def processes() -> set[int]:
    """The numbers of the processes this one has started and that are alive."""
    found = set()
    for place in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            state, parent = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                found.add(int(place.name))
    return found


def at_work(workers: Workers) -> set[int]:
    """The numbers of the processes that answer just now."""
    return {worker._process.pid for worker in workers._pool._busy}


def test_a_short_answer_is_whole_and_a_long_one_is_not(stores: tuple[Path, Path]) -> None:
    """What fits one piece needs nobody to wait for its end, empty or not; its worker is free although nobody reads."""

    async def story() -> None:
        async with running(stores[0], count=1) as workers:
            unread = [await ask(workers, FEW) for _ in range(20)]  # more than one client may have under way
            assert {answer.whole for answer in unread} == {b"o\r\nfirst 0\r\n"}
            assert (await ask(workers, "CONSTRUCT { ?s ?p 1 } { ?s ?p 1 }")).whole == b""
            long = await ask(workers, "SELECT * { ?s ?p ?o . ?t ?p ?q }")
            assert long.whole is None
            assert sum([len(piece) async for piece in long.body]) > PIECE

    in_loop(story())


@pytest.mark.parametrize(
    ("results", "media_type", "start"),
    [
        ("json", "application/sparql-results+json", b"{"),
        ("xml", "application/sparql-results+xml", b"<?xml"),
        ("csv", "text/csv", b"o\r\nfirst 0\r\n"),
        ("tsv", "text/tab-separated-values", b'?o\n"first 0"\n'),
    ],
)
def test_results_come_in_the_format_asked_for(
    stores: tuple[Path, Path], results: Results, media_type: str, start: bytes
) -> None:
    """SELECT and ASK answer in each of the four formats of SPARQL, under its media type."""

    async def story() -> None:
        async with running(stores[0]) as workers:
            answer = await ask(workers, FEW, results)
            body = b"".join([piece async for piece in answer.body])
            assert (media_type, 1) == (answer.media_type, answer.release)
            assert body.startswith(start)

    in_loop(story())


@pytest.mark.parametrize(
    ("graph", "media_type", "form"),
    [
        ("nt", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("ttl", "text/turtle", ox.RdfFormat.TURTLE),
        ("rdf", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("jsonld", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("trig", "application/trig", ox.RdfFormat.TRIG),
    ],
)
def test_graphs_come_in_the_format_asked_for(
    stores: tuple[Path, Path], graph: Graph, media_type: str, form: ox.RdfFormat
) -> None:
    """CONSTRUCT and DESCRIBE answer in each RDF format, and every format tells the same triples."""

    async def story() -> None:
        async with running(stores[0]) as workers:
            answer = await ask(workers, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", graph=graph)
            body = b"".join([piece async for piece in answer.body])
            assert media_type == answer.media_type
            assert len({quad.triple for quad in ox.parse(input=body, format=form)}) == 300

    in_loop(story())


def test_default_and_named_graphs_are_those_of_the_request(stores: tuple[Path, Path]) -> None:
    """The protocol's own dataset replaces that of the store."""

    async def story() -> None:
        async with running(stores[0]) as workers:
            query = Query(text="SELECT ?s ?o { ?s ?p ?o }", default_graphs=("urn:graph",))
            answer = await workers.run(query, results="csv", graph="nt")
            assert [b"s,o\r\nurn:told,first\r\n"] == [piece async for piece in answer.body]

    in_loop(story())


def test_a_syntax_error_says_where(stores: tuple[Path, Path]) -> None:
    """Line and column count from 1, and the next query is answered."""

    async def story() -> None:
        async with running(stores[0]) as workers:
            with pytest.raises(QuerySyntaxFault) as fault:
                await ask(workers, "SELECT * {\n  ?s ?p }")
            assert (2, 10) == (fault.value.line, fault.value.column)
            assert await read(workers, FEW) == b"o\r\nfirst 0\r\n"

    in_loop(story())


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        (Query(text="SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), QueryForbidden),
        (Query(text="{" * 200), QueryTooLarge),
        (Query(text="INSERT DATA { <urn:a> <urn:b> <urn:c> }"), QuerySyntaxFault),
        (Query(text="LOAD <http://127.0.0.1:9/>"), QuerySyntaxFault),
        (Query(text=""), QuerySyntaxFault),
        (Query(text="\x00"), QuerySyntaxFault),
        (Query(text="SELECT * { ?s ?p '\ud800' }"), QueryFault),
        (Query(text=WHOLE, default_graphs=("not an iri",)), QueryFault),
    ],
)
def test_hostile_queries_are_refused_and_harm_nobody(
    stores: tuple[Path, Path], query: Query, fault: type[QueryFault]
) -> None:
    """A query that cannot be answered is refused by its own fault, and the next one is answered."""

    async def story() -> None:
        async with running(stores[0]) as workers:
            with pytest.raises(fault):
                await workers.run(query, results="json", graph="ttl")
            assert await read(workers, FEW) == b"o\r\nfirst 0\r\n"

    in_loop(story())


def test_nothing_published_is_said_so() -> None:
    """Before the first release there is nothing to ask."""

    async def story() -> None:
        workers = Workers(lambda: None, count=1, limits=Limits(seconds=SECONDS, memory=MEMORY))
        with pytest.raises(ReleaseFault, match="Nothing is published"):
            await ask(workers, FEW)
        await workers.close()

    in_loop(story())


def test_a_query_without_a_first_row_in_time_is_a_timeout(stores: tuple[Path, Path]) -> None:
    """The deadline is kept, the fault tells the limit, and the next query has a fresh worker."""

    async def story() -> None:
        loop = asyncio.get_running_loop()
        async with running(stores[0], seconds=SECONDS) as workers:
            started = loop.time()
            with pytest.raises(QueryTimeout) as fault:
                await ask(workers, ENDLESS)
            assert fault.value.seconds == SECONDS
            assert SECONDS <= loop.time() - started < SECONDS + 0.5
            assert await read(workers, FEW) == b"o\r\nfirst 0\r\n"

    in_loop(story())


def test_a_cut_after_the_first_byte_never_looks_whole(stores: tuple[Path, Path]) -> None:
    """An answer over its deadline ends in an error, and stays one for whoever asks again."""

    async def story() -> None:
        async with running(stores[0], seconds=SECONDS) as workers:
            body = (await ask(workers, STREAM)).body
            with pytest.raises(QueryCut):
                [piece async for piece in body]
            with pytest.raises(QueryCut):
                await anext(body)

    in_loop(story())


def test_who_reads_slowly_is_cut_too(stores: tuple[Path, Path]) -> None:
    """A reader that comes back after the deadline finds an error and not an end."""

    async def story() -> None:
        async with running(stores[0], seconds=SECONDS) as workers:
            body = (await ask(workers, STREAM)).body
            assert (await anext(body)).startswith(b"a,b,c")
            await asyncio.sleep(SECONDS + 0.2)
            with pytest.raises(QueryCut):
                [piece async for piece in body]

    in_loop(story())


def test_a_query_over_its_memory_is_refused(stores: tuple[Path, Path]) -> None:
    """What does not fit into a worker ends that worker and no other."""
    hungry = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"

    async def story() -> None:
        async with running(stores[0], seconds=20, memory=300) as workers:
            with pytest.raises(QueryTooLarge, match="300 MiB"):
                await ask(workers, hungry)
            assert await read(workers, FEW) == b"o\r\nfirst 0\r\n"

    in_loop(story())


def test_a_crowd_is_turned_away(stores: tuple[Path, Path]) -> None:
    """Only so many queries wait; the others are told at once to come back, those that waited too long later."""

    async def story() -> None:
        async with running(stores[0], seconds=SECONDS) as workers:
            asked = [ask(workers, ENDLESS) for _ in range(12)]
            faults = await asyncio.gather(*asked, return_exceptions=True)
            kinds = [type(fault) for fault in faults]
            assert QueryTimeout in kinds
            assert kinds.count(QueryCrowd) == 4
            assert set(kinds) <= {QueryTimeout, QueryCrowd, QueryOverload}
            assert await read(workers, FEW) == b"o\r\nfirst 0\r\n"

    in_loop(story())


def test_a_short_query_passes_the_long_ones_of_others(stores: tuple[Path, Path]) -> None:
    """One place in the fast lane and eight endless queries: a ninth client is answered long before their deadline."""

    async def story() -> None:
        async with running(stores[0], seconds=20) as workers:
            asked = [
                asyncio.create_task(workers.run(Query(text=ENDLESS, client=f"{n % 4}"), results="csv", graph="nt"))
                for n in range(8)
            ]
            await asyncio.sleep(0.3)
            query = Query(text=FEW, client="other")
            answer = await asyncio.wait_for(workers.run(query, results="csv", graph="nt"), 15)
            assert b"".join([piece async for piece in answer.body]) == b"o\r\nfirst 0\r\n"
            assert not any(task.done() for task in asked)
        await asyncio.gather(*asked, return_exceptions=True)

    in_loop(story())


def test_one_client_too_many_is_told_apart_from_all_too_many(stores: tuple[Path, Path]) -> None:
    """Eight of one client, sixteen of all: the rest are turned away at once, each with its own reason."""

    async def story() -> None:
        async with running(stores[0], seconds=SECONDS) as workers:
            clients = ["greedy"] * 9 + [f"client {n}" for n in range(9)]
            queries = [Query(text=ENDLESS, client=client) for client in clients]
            asked = [workers.run(query, results="csv", graph="nt") for query in queries]
            faults = await asyncio.gather(*asked, return_exceptions=True)
            assert isinstance(faults[8], QueryCrowd)
            assert isinstance(faults[17], QueryOverload)
            assert sum(isinstance(fault, QueryCrowd) for fault in faults) == 1
            assert not workers._under_way
            assert not workers._admission._clients

    in_loop(story())


def test_addresses_set_aside_but_never_used_are_not_memory(stores: tuple[Path, Path]) -> None:
    """A worker starts within 192 MiB, though its threads reserve more addresses than that when they begin together."""

    async def story() -> None:
        for _ in range(5):
            async with running(stores[0], memory=192, seconds=5) as workers:
                assert await read(workers, FEW) == b"o\r\nfirst 0\r\n"

    in_loop(story())


def test_a_worker_killed_from_outside_is_replaced(stores: tuple[Path, Path]) -> None:
    """A kill in the middle of an answer is a cut, between two answers at most one refusal for each, and then all is well."""

    async def story() -> None:
        before = processes()
        async with running(stores[0]) as workers:
            body = (await ask(workers, STREAM)).body
            (worker,) = at_work(workers)
            os.kill(worker, signal.SIGKILL)
            with pytest.raises(QueryCut):
                [piece async for piece in body]
            assert await read(workers, FEW) == b"o\r\nfirst 0\r\n"
            for worker in processes() - before:
                os.kill(worker, signal.SIGKILL)
            for _ in range(len(workers._pool._idle)):
                with contextlib.suppress(QueryFault):
                    await read(workers, FEW)
            assert await read(workers, FEW) == b"o\r\nfirst 0\r\n"

    in_loop(story())


def test_an_answer_that_is_closed_early_gives_its_place_back(stores: tuple[Path, Path]) -> None:
    """Who leaves after the first piece frees the place at once; closing twice changes nothing."""

    async def story() -> None:
        async with running(stores[0], seconds=5) as workers:
            body: Any = (await ask(workers, STREAM)).body
            await anext(body)
            await body.aclose()
            await body.aclose()
            assert await asyncio.wait_for(read(workers, FEW), 2) == b"o\r\nfirst 0\r\n"
            with pytest.raises(StopAsyncIteration):
                await anext(body)

    in_loop(story())


def test_a_worker_that_ended_is_replaced_before_the_next_query(stores: tuple[Path, Path]) -> None:
    """A short query after a long one waits for no process to start, nor shares the processor with one that does."""

    async def story() -> None:
        async with running(stores[0]) as workers:
            pool = workers._pool
            body: Any = (await ask(workers, STREAM)).body
            await anext(body)
            await body.aclose()
            await asyncio.wait_for(asyncio.gather(*pool._tasks), 10)
            there = processes()
            assert await read(workers, FEW) == b"o\r\nfirst 0\r\n"
            assert not pool._starting
            assert processes() == there

    in_loop(story())


def test_an_answer_that_nobody_reads_gives_its_place_back(stores: tuple[Path, Path]) -> None:
    """A body that is forgotten holds its place until the deadline and not longer."""

    async def story() -> None:
        async with running(stores[0], seconds=SECONDS) as workers:
            forgotten = await ask(workers, STREAM)
            await asyncio.sleep(SECONDS + 0.1)
            assert await asyncio.wait_for(read(workers, FEW), 2) == b"o\r\nfirst 0\r\n"
            with pytest.raises(QueryCut):
                [piece async for piece in forgotten.body]

    in_loop(story())


def test_a_caller_who_gives_up_gives_the_place_back(stores: tuple[Path, Path]) -> None:
    """A cancelled request leaves no worker at work and no place taken."""

    async def story() -> None:
        async with running(stores[0], seconds=5) as workers:
            for _ in range(3):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(ask(workers, ENDLESS), 0.5)
            assert at_work(workers) == set()
            assert await read(workers, FEW) == b"o\r\nfirst 0\r\n"

    in_loop(story())


def test_no_process_is_left_after_the_end(stores: tuple[Path, Path]) -> None:
    """Idle, busy, waiting or just starting: when the workers are closed, none is alive and none is started."""

    async def story() -> None:
        before = processes()
        async with running(stores[0], count=2, seconds=5) as workers:
            await read(workers, FEW)
            streaming = await ask(workers, STREAM)
            asked = [asyncio.create_task(ask(workers, ENDLESS)) for _ in range(5)]
            await asyncio.sleep(0.15)
            asked.append(asyncio.create_task(ask(workers, ENDLESS)))
            await asyncio.sleep(0)
        with pytest.raises(QueryCut):
            [piece async for piece in streaming.body]
        faults = await asyncio.gather(*asked, return_exceptions=True)
        assert all(isinstance(fault, QueryFault) for fault in faults), faults
        assert before == processes()
        with pytest.raises(QueryOverload, match="stopping"):
            await ask(workers, FEW)
        assert before == processes()

    in_loop(story())


def test_a_worker_that_is_just_starting_is_ended_too(stores: tuple[Path, Path]) -> None:
    """Closing while the first process is being made leaves none behind."""

    async def story() -> None:
        before = processes()
        workers = Workers(lambda: Served(1, stores[0]), count=1, limits=Limits(seconds=5, memory=MEMORY))
        asked = asyncio.create_task(ask(workers, ENDLESS))
        await asyncio.sleep(0)
        await workers.close()
        with pytest.raises(QueryFault):
            await asked
        assert before == processes()

    in_loop(story())


def test_each_answer_is_of_one_release(stores: tuple[Path, Path]) -> None:
    """A release published between two queries answers the second; one under way is finished by the first."""

    async def story() -> None:
        served = [Served(1, stores[0])]
        workers = Workers(lambda: served[0], count=1, limits=Limits(seconds=5, memory=MEMORY))
        await read(workers, FEW)
        slow = await ask(workers, "SELECT ?o { ?s ?p ?o . ?t ?q ?r }")
        first = await anext(slow.body)
        served[0] = Served(2, stores[1])
        rest = b"".join([piece async for piece in slow.body])
        now = await ask(workers, FEW)
        assert (1, 2) == (slow.release, now.release)
        assert b"second" not in first + rest
        assert [b"o\r\nsecond 0\r\n"] == [piece async for piece in now.body]
        await workers.close()

    in_loop(story())


def test_a_store_that_is_gone_is_a_fault_and_no_end(tmp_path: Path) -> None:
    """A release whose store cannot be opened is said so, each time."""

    async def story() -> None:
        async with running(tmp_path / "nowhere", seconds=3) as workers:
            for _ in range(2):
                with pytest.raises(QueryFault, match="could not answer"):
                    await ask(workers, FEW)

    in_loop(story())
