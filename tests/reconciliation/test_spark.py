"""The comparing of pairs on a local Spark, beside the same in this process."""

import importlib
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.records import Record
from cis_graph.reconciliation.blocking import ACTOR_CAP
from cis_graph.reconciliation.matching import Matcher
from cis_graph.resources import CURATION
from tests.support.making import GEOGRAPHY, MATCHER, actor, nodes_of, project, record

pytest.importorskip("pyspark", reason="pyspark is not installed: `make test-spark` brings it")
spark = importlib.import_module("cis_graph.reconciliation.spark")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java 17, and there is no java here", allow_module_level=True)

_TOWNS = ("commune-69123", "commune-59350", "region-84", "pays-fr")
_WORDS = (
    "ruche",
    "atelier",
    "jardin",
    "fabrique",
    "maison",
    "collectif",
    "relais",
    "halle",
    "lien",
    "table",
    "canopée",
)


@pytest.fixture
def on_spark(monkeypatch: pytest.MonkeyPatch) -> Iterator[Matcher]:
    """The matcher of the other tests, whose pairs a local Spark of two cores compares."""
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    yield Matcher.load(CURATION, GEOGRAPHY, spark.on_spark("local[2]"))
    spark.stop()


def invented() -> dict[NodeId, Thing]:
    """Some 300 actors and projects whose names differ by a word, a letter or a town."""
    dice = random.Random(7)
    records: list[Record] = []
    for number in range(150):
        words = dice.sample(_WORDS, 2)
        name = f"{words[0]} des {words[1]}s"
        if dice.random() < 0.3:
            name = name.replace(dice.choice(name.replace(" ", "")), "", 1)
        place = dice.choice(_TOWNS)
        who = replace(
            actor(name.upper() if dice.random() < 0.3 else name, place), homepage=f"https://{words[0]}.example/"
        )
        records.append(record(f"contributor-{number % 7}", str(number), who, project(f"{words[1]} {words[0]}", place)))
    return nodes_of(*records)


def test_spark_finds_what_one_process_finds(on_spark: Matcher) -> None:
    """The same links with the same reasons, the same unsure pairs, the same marks; a block over its cap included."""
    nodes = invented()
    crowd = [record("crowd", str(n), actor(f"Ruche numéro {n}", "commune-69123")) for n in range(ACTOR_CAP + 1)]
    here = MATCHER.match(nodes | nodes_of(*crowd))

    assert on_spark.match(nodes | nodes_of(*crowd)) == here
    assert here.links
    assert here.unsure


def test_nothing_to_compare_is_no_error(on_spark: Matcher) -> None:
    """No record, no link."""
    assert on_spark.match({}).links == ()
