"""Real SPARQL servers on free ports, empty: Oxigraph's, and Virtuoso where it is installed (Debian's package)."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest

from cis_graph.store.endpoint import Endpoint

_PATIENCE = 60.0  # seconds until a server has to answer
_DEFAULT = "urn:cis-graph:default"  # Virtuoso has no default graph of its own
_INI = """
[Database]
DatabaseFile = virtuoso.db
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
"""


@contextmanager
def oxigraph_server() -> Iterator[Endpoint]:
    """Oxigraph's server, in memory."""
    program = Path(sys.executable).with_name("oxigraph")
    port = _free_port()
    with _running([str(program), "serve", "--bind", f"127.0.0.1:{port}"], Path.cwd()):
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/query?query=ASK%7B%7D")
        yield Endpoint(query=f"{address}/query", update=f"{address}/update")


@contextmanager
def virtuoso_server() -> Iterator[Endpoint]:
    """Virtuoso, where anybody may update; the test is skipped where it is not installed."""
    if not shutil.which("virtuoso-t"):
        pytest.skip("Virtuoso is not installed (virtuoso-opensource-7-bin)")
    sql, http = _free_port(), _free_port()
    with tempfile.TemporaryDirectory(prefix="virtuoso-") as folder:
        (Path(folder) / "virtuoso.ini").write_text(_INI.format(sql=sql, http=http), encoding="ascii")
        with _running(["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], Path(folder)):
            address = f"http://127.0.0.1:{http}/sparql"
            _wait(f"{address}?query=ASK%7B%7D")
            grant = 'GRANT SPARQL_UPDATE TO "SPARQL"'
            subprocess.run(["isql-vt", str(sql), "dba", "dba", f"exec={grant};"], check=True, capture_output=True)
            yield Endpoint(query=address, update=address, default_graph=_DEFAULT)


SERVERS: Mapping[str, Callable[[], AbstractContextManager[Endpoint]]] = {
    "oxigraph": oxigraph_server,
    "virtuoso": virtuoso_server,
}


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(address: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if httpx.get(address, timeout=5).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise TimeoutError(address)
