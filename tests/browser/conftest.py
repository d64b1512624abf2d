"""A real server over the small release, and Debian's Chromium."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.server import served
from tests.support.small_gate import SmallGate
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf, fixture_store

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How Chromium is started."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("the browser tests need chromium: apt-get install chromium")
    return {"executable_path": path, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The address of a server of our own on a free port."""
    release = SmallRelease(fixture_store())
    app = create_app(Settings(), SmallShelf(release), SmallRunner(release), gate=SmallGate())
    with served(app) as address:
        yield address
