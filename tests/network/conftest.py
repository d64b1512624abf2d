"""The invented network, made once for the tests of a file."""

from pathlib import Path

import pytest

from tests.support.small_network import SmallNetwork, small_network


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> SmallNetwork:
    """The invented network."""
    folder: Path = tmp_path_factory.mktemp("network")
    return small_network(folder)
