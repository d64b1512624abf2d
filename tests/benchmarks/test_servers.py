"""Servers that are measured: they answer before anything is measured, and are gone afterwards."""

import sys
from http.client import HTTPException
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks.harness.processes import cpu_seconds, memory
from benchmarks.harness.servers import Server, oxigraph, settle, started
from cis_graph.release.opened import STORE


def published(folder: Path) -> Path:
    """A data folder whose release holds one triple."""
    place = folder / "releases" / "1"
    place.mkdir(parents=True)
    (folder / "releases" / "current").write_text("1\n", encoding="ascii")
    node = ox.NamedNode("https://example.org/a")
    ox.Store(str(place / STORE)).add(ox.Quad(node, node, node))
    return folder


def test_oxigraph_answers_and_leaves(tmp_path: Path) -> None:
    """Its server reads our store; when the measurement ends, its process is gone."""
    with oxigraph(published(tmp_path)) as server:
        answer = server.query("SELECT * { ?s ?p ?o }", "text/tab-separated-values")
        assert memory(server.pid) > 1

    assert answer.lines == 2
    assert memory(server.pid) == 0


def test_an_answer_that_is_no_answer_is_not_measured(tmp_path: Path) -> None:
    """A refusal is quick; it must not be taken for a fast answer."""
    with oxigraph(published(tmp_path)) as server, pytest.raises(HTTPException, match="400"):
        server.query("SELECT", "application/sparql-results+json")


def test_nothing_published_is_nothing_to_measure(tmp_path: Path) -> None:
    """There is no store to serve."""
    with pytest.raises(FileNotFoundError), oxigraph(tmp_path):
        pass


def test_nobody_listening_is_no_server() -> None:
    """A connection that is refused is an error, not zero bytes."""
    with pytest.raises(OSError, match="refused"):
        Server(pid=0, port=1, endpoint="/query").get("/")


def test_what_a_server_does_after_its_start_is_waited_for() -> None:
    """It is busy for a second and a half before it rests."""
    busy = "import time\nwhile time.process_time() < 1.5: pass\ntime.sleep(60)"
    with started([sys.executable, "-c", busy], {}) as process:
        settle(process.pid)

        assert cpu_seconds(process.pid) >= 1.5
