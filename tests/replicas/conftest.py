"""A publisher, and the empty replica of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cis_graph.settings import Settings
from tests.pipeline.conftest import GOOD, Desk
from tests.support.publisher import Publisher
from tests.support.server import served


@pytest.fixture(scope="module")
def desk_of_publisher(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One published release."""
    desk = Desk(tmp_path_factory.mktemp("publisher"))
    desk.hand_over(GOOD)
    desk.publish()
    return desk


@pytest.fixture
def publisher(desk_of_publisher: Desk) -> Publisher:
    """An honest publisher, until a test makes it another."""
    return Publisher(desk_of_publisher)


@pytest.fixture
def address(publisher: Publisher) -> Iterator[str]:
    """Where it is served."""
    with served(publisher) as found:
        yield found


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """The settings of an empty replica."""
    return Settings(data=tmp_path / "replica")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(tmp_path / "desk")
