"""Servers of a release on free ports: ours, and Oxigraph's own over the same store, to be asked over one connection."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.harness.processes import cpu_seconds
from cis_graph.release.opened import STORE
from cis_graph.release.shelf import Shelf

PATIENCE = 120.0  # seconds until a server has to answer
_FORM = "application/x-www-form-urlencoded"
_PIECE = 1 << 16  # bytes read at once
_QUIET = 1.0  # seconds looked at
_IDLE = 0.02  # of a processor, below which a server does nothing


@dataclass(frozen=True, slots=True)
class Answer:
    """How long an answer is, read to its end."""

    size: int  # bytes
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that runs: its process, its port, where it takes queries."""

    pid: int
    port: int
    endpoint: str

    def get(self, path: str, accept: str = "*/*") -> Answer:
        """Reads the answer to the end.

        Raises:
            HTTPException: its status is not 200, or it was cut.
        """
        return self._ask("GET", path, {"Accept": accept}, None)

    def begun(self, path: str) -> None:
        """Reads the first byte of an answer that is not packed.

        Raises:
            HTTPException: its status is not 200.
        """
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "identity"})
            answer = connection.getresponse()
            answer.read(1)
        finally:
            connection.close()
        if answer.status != 200:
            raise HTTPException(f"{path}: {answer.status} {answer.reason}")

    def query(self, text: str, accept: str) -> Answer:
        """Sends a query by POST and reads the answer to the end, as :meth:`get` does."""
        headers = {"Accept": accept, "Content-Type": _FORM}
        return self._ask("POST", self.endpoint, headers, urlencode({"query": text}))

    def _ask(self, method: str, path: str, headers: Mapping[str, str], body: str | None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {"Accept-Encoding": "identity", **headers})
            answer = connection.getresponse()
            size = lines = 0
            while piece := answer.read(_PIECE):
                size += len(piece)
                lines += piece.count(b"\n")
        finally:
            connection.close()
        if answer.status != 200:
            raise HTTPException(f"{path}: {answer.status} {answer.reason}")
        return Answer(size, lines)


@contextmanager
def ours(data: Path) -> Iterator[Server]:
    """Our server over a data folder with a published release."""
    port = free_port()
    command = (program("cis-graph"), "serve", "--port", str(port))
    environment = {"CIS_DATA": str(data), "CIS_QUERY_TIMEOUT": "600"}
    with started(command, environment) as process:
        server = answering(Server(pid=process.pid, port=port, endpoint="/sparql"), process, "/healthz")
        settle(server.pid)
        yield server


@contextmanager
def oxigraph(data: Path) -> Iterator[Server]:
    """Oxigraph's server, reading the store of the published release."""
    port = free_port()
    command = (program("oxigraph"), "serve-read-only", "--location", str(store(data)), "--bind", f"127.0.0.1:{port}")
    with started(command, {}) as process:
        yield answering(Server(pid=process.pid, port=port, endpoint="/query"), process, "/query?query=ASK%7B%7D")


def store(data: Path) -> Path:
    """The store of the published release.

    Raises:
        FileNotFoundError: nothing is published there.
    """
    place = Shelf(data).current_place()
    if place is None:
        raise FileNotFoundError(f"nothing is published in {data}")
    return place / STORE


def program(name: str) -> str:
    """Where a program was installed, beside Python's own."""
    return str(Path(sys.executable).with_name(name))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answering(server: Server, process: subprocess.Popen[bytes], path: str) -> Server:
    """The server, once it answers; a process that ended is not mistaken for another that took its port."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            server.get(path)
        except (OSError, HTTPException):
            time.sleep(0.005)
        else:
            return server
    raise TimeoutError(f"no answer to {path}: the server ended with {process.poll()}, or took over {PATIENCE:.0f} s")


def settle(pid: int) -> None:
    """Waits until a server does nothing that nobody asked for: what follows its start is no answer's cost."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        before = cpu_seconds(pid)
        time.sleep(_QUIET)
        if cpu_seconds(pid) - before < _IDLE * _QUIET:
            return


@contextmanager
def started(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended with the block."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)
