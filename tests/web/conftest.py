"""The application over the small release."""

import pytest

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf, fixture_store


@pytest.fixture(scope="session")
def release() -> SmallRelease:
    """The small release."""
    return SmallRelease(fixture_store())


@pytest.fixture
def runner(release: SmallRelease) -> SmallRunner:
    """A query runner that tests may break."""
    return SmallRunner(release)


@pytest.fixture
def client(release: SmallRelease, runner: SmallRunner) -> Client:
    """A client of the application."""
    return Client(create_app(Settings(), SmallShelf(release), runner))


@pytest.fixture
def starting() -> Client:
    """A client of an application that serves no release yet."""
    return Client(create_app(Settings(), SmallShelf(None), SmallRunner(None)))
