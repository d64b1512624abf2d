import sys

import pytest

from cis_graph.errors import SettingsError
from cis_graph.pipeline import comparing
from cis_graph.settings import Settings


def test_a_cluster_without_its_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for Spark and has not installed it learns which setting asks for it and what to add."""
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.delitem(sys.modules, "cis_graph.reconciliation.spark", raising=False)

    with pytest.raises(SettingsError, match=r"CIS_SPARK .* add cis-graph\[spark\]"):
        comparing(Settings(spark="local[2]"))
