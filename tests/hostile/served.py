"""The application over a small release, with real workers, on a port of its own: ``python -m tests.hostile.served``."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import uvicorn

from cis_graph.serving import workers_for
from cis_graph.settings import Settings
from cis_graph.store.workers import Served
from cis_graph.web.app import create_app
from tests.support.small_release import INFORMATION, SmallRelease, SmallShelf, fixture_store

ROOT = Path(__file__).parents[2]
STATEMENTS = 20_000  # in a ring with chords, beside the fixture


def make_store(folder: Path) -> None:
    """The fixture and a graph that heavy queries can lose themselves in."""
    store = ox.Store(str(folder))
    store.bulk_extend(iter(fixture_store()))
    near, far, says = (ox.NamedNode(f"urn:{name}") for name in ("near", "far", "says"))
    nodes = [ox.NamedNode(f"urn:node:{number}") for number in range(STATEMENTS // 3)]
    for number, node in enumerate(nodes):
        store.add(ox.Quad(node, near, nodes[(number + 1) % len(nodes)]))
        store.add(ox.Quad(node, far, nodes[(number * 7 + 3) % len(nodes)]))
        store.add(ox.Quad(node, says, ox.Literal(f"this is what node {number} says of {'a' * (number % 60)}")))
    store.flush()


def main(store: Path) -> None:
    """Serves until it is killed; the first line on standard output is the port."""
    settings = Settings.from_environment()
    workers = workers_for(settings, lambda: Served(INFORMATION.number, store))
    app = create_app(settings, SmallShelf(SmallRelease(fixture_store())), workers)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", server_header=False)
    listening = config.bind_socket()
    listening.listen()
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listening])


@contextlib.contextmanager
def serving(folder: Path, settings: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """The port and the process number of a server over a store made in ``folder``."""
    make_store(folder / "store")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.served", str(folder / "store")],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **settings},
    ) as process:
        assert process.stdout is not None
        try:
            (port,) = re.findall(rb"\d+", process.stdout.readline())
            yield int(port), process.pid
        finally:
            process.kill()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
