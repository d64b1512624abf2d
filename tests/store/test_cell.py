import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from cis_graph.processes import PARENT
from tests.support.running import outlives

PROGRAM = """
import socket, sys
from cis_graph.store.cell import shut_in
alone = shut_in(2048)
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=2)
    reached = True
except OSError:
    reached = False
print(alone, reached)
"""


def test_a_process_that_shut_itself_in_reaches_no_server() -> None:
    """Where the system allows an own network, not even a server on this machine can be reached."""
    import socket  # noqa: PLC0415 - only this test listens

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        said = subprocess.run([sys.executable, "-c", PROGRAM, port], capture_output=True, text=True, check=True).stdout
    alone, reached = said.split()
    if alone == "False":
        pytest.skip("this system allows no own network namespace: the guard is the only wall")

    assert reached == "False"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a process of its parent's end")
def test_a_process_that_shut_itself_in_ends_with_its_parent() -> None:
    """A worker in the middle of a query does not outlive a web process that was killed."""
    child = "from cis_graph.store.cell import shut_in; shut_in(2048); print('ready', flush=True); import time; time.sleep(60)"
    parent = (
        "import subprocess, sys, time;"
        f"p = subprocess.Popen([sys.executable, '-c', {child!r}], stdout=subprocess.PIPE);"
        "p.stdout.readline(); print(p.pid, flush=True); time.sleep(60)"
    )
    assert not outlives(parent)


def test_a_worker_whose_parent_ended_while_it_started_ends_too(tmp_path: Path) -> None:
    """A request that waits in the pipe is not run for nobody."""
    ox.Store(str(tmp_path / "store")).flush()
    request = {"query": "ASK {}", "store": str(tmp_path / "store"), "results": "json", "graph": "nt"}
    line = json.dumps(request | {"default_graphs": [], "named_graphs": []}) + "\n"
    command = [sys.executable, "-m", "cis_graph.store.worker", "512", str(tmp_path / "store")]

    def answer(parent: int) -> bytes:
        started_by = {**os.environ, PARENT: str(parent)}
        return subprocess.run(
            command, check=False, input=line.encode(), env=started_by, capture_output=True, timeout=20
        ).stdout

    assert b"true" in answer(os.getpid())
    assert answer(os.getppid()) == b""
