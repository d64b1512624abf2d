import pytest

from cis_graph.model.records import Record
from tests.support.pages import published


@pytest.fixture(params=["real", "bundled"])
def page(request: pytest.FixtureRequest) -> str:
    """The page as published (``REAL`` of the test's module), and our facts in its shape (``BUNDLED``)."""
    asked = request.module
    text: str = published(asked.REAL) if request.param == "real" else asked.BUNDLED.read_text(encoding="utf-8")
    return text


@pytest.fixture
def record(request: pytest.FixtureRequest, page: str) -> Record:
    """The page's record, as the module's ``record_of`` reads it."""
    read: Record = request.module.record_of(page)
    return read
