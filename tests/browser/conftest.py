"""A real server over the small release, and Debian's Chromium."""

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from cis_graph.release.citations import CitationFolder
from cis_graph.release.shelf import Shelf
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.conftest import Demonstration
from tests.support.server import served
from tests.support.small_gate import SmallGate
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf, fixture_store

CITED = "3hx7sbhhcd"  # what "ASK {}" on the small release is cited by
Picture = Callable[[Page, str], None]
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
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of our own on a free port; one query is cited there."""
    release = SmallRelease(fixture_store())
    citations = CitationFolder(tmp_path_factory.mktemp("cited"))
    assert citations.cite("ASK {}", release.information).name == CITED
    app = create_app(Settings(), SmallShelf(release), SmallRunner(release), gate=SmallGate(), citations=citations)
    with served(app) as address:
        yield address


@pytest.fixture(scope="session")
def demonstration_url(demonstration: Demonstration) -> Iterator[str]:
    """The address of a server of the demonstration."""
    app = create_app(demonstration.settings, Shelf(demonstration.settings.data), SmallRunner(None))
    with served(app) as address:
        yield address


@pytest.fixture
def picture(pytestconfig: pytest.Config) -> Picture:
    """Keeps a picture of a page in ``build/pictures``, under a name that tells path, width and colours."""
    folder = pytestconfig.rootpath / "build" / "pictures"

    def taken(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}.png", full_page=True)

    return taken
