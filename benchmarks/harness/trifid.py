"""Trifid, which renders entities of a SPARQL endpoint, in an environment of its own; it needs Node and npm."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.harness.servers import Server, answering, free_port, started

VERSION = "5.3.0"
_CONFIGURATION = """
server:
  listener:
    port: {port}
  logLevel: warn
globals:
  datasetBaseUrl: {base}
  endpoints:
    default:
      url: http://127.0.0.1:{endpoint}/query
plugins:
  entity-renderer:
    module: "@zazuko/trifid-entity-renderer"
    config:
      followRedirects: true
      labelLoader: {{ chunkSize: 30, concurrency: 2, timeout: 4000 }}
"""


def missing() -> str:
    """Why Trifid cannot run here; empty where it can."""
    absent = [name for name in ("node", "npm") if shutil.which(name) is None]
    return f"{' and '.join(absent)} not installed" if absent else ""


def installed(folder: Path) -> Path:
    """The folder it is installed in, now where it was not.

    Raises:
        subprocess.CalledProcessError: the registry does not give it.
    """
    place = folder / f"trifid-{VERSION}"
    if not (place / "node_modules/trifid/server.js").exists():
        place.mkdir(parents=True, exist_ok=True)
        command = ("npm", "install", "--no-audit", "--no-fund", "--prefix", str(place), f"trifid@{VERSION}")
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return place


@contextmanager
def trifid(place: Path, beside: Server, base: str, path: str) -> Iterator[Server]:
    """Its server over the endpoint of another one; ``path`` is that of an entity that it has to answer first."""
    port = free_port()
    configuration = place / "trifid.yaml"
    configuration.write_text(_CONFIGURATION.format(port=port, base=base, endpoint=beside.port), encoding="utf-8")
    command = ("node", str(place / "node_modules/trifid/server.js"), "--config", str(configuration))
    with started(command, {}) as process:
        yield answering(Server(pid=process.pid, port=port, endpoint="/query"), process, path)
