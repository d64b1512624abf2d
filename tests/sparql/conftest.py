"""The demonstration, to be asked in SPARQL."""

import pytest

from tests.conftest import Demonstration
from tests.sparql.expected import Asked


@pytest.fixture(scope="session")
def asked(demonstration: Demonstration) -> Asked:
    """The store of the demonstration's release."""
    return Asked(demonstration)
