"""One gazetteer and one resolver for all tests of territories."""

import pytest

from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.resolver import Resolver


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The bundled gazetteer."""
    return Gazetteer.load()


@pytest.fixture(scope="session")
def resolver(gazetteer: Gazetteer) -> Resolver:
    """The resolver over the bundled gazetteer."""
    return Resolver(gazetteer)
