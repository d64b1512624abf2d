"""The comparing of pairs on a local Spark, beside the same in this process."""

import importlib
import shutil
import sys
from collections.abc import Iterator

import pytest

from cis_graph.reconciliation.matching import Matcher
from cis_graph.resources import CURATION
from tests.support.making import GEOGRAPHY, MATCHER
from tests.support.resembling import invented

pytest.importorskip("pyspark", reason="pyspark is not installed: `make test-spark` brings it")
spark = importlib.import_module("cis_graph.reconciliation.spark")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java 17, and there is no java here", allow_module_level=True)


@pytest.fixture
def on_spark(monkeypatch: pytest.MonkeyPatch) -> Iterator[Matcher]:
    """The matcher of the other tests, whose pairs a local Spark of two cores compares."""
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    yield Matcher.load(CURATION, GEOGRAPHY, spark.on_spark("local[2]"))
    spark.stop()


def test_spark_finds_what_one_process_finds(on_spark: Matcher) -> None:
    """The same links with the same reasons, the same unsure pairs, the same marks; a block over its cap included."""
    nodes = invented()
    here = MATCHER.match(nodes)

    assert on_spark.match(nodes) == here
    assert here.links
    assert here.unsure


def test_nothing_to_compare_is_no_error(on_spark: Matcher) -> None:
    """No record, no link."""
    assert on_spark.match({}).links == ()
