from pathlib import Path

import pytest

from cis_graph.rdf.examples import Example
from cis_graph.release.information import REPORT
from cis_graph.release.trials import Trial, read_trials, tried, write_trials
from cis_graph.store.embedded import EmbeddedStore, make_store


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    """A store of one statement."""
    (tmp_path / "all.nq").write_text('<urn:a> <urn:b> "c" .\n', encoding="utf-8")
    make_store(tmp_path / "store", [tmp_path / "all.nq"])
    return EmbeddedStore(tmp_path / "store")


def example(text: str) -> Example:
    """An example with this text."""
    return Example(slug="one", titles={}, shows="", kind="select", text=text)


def test_an_example_that_answers_is_counted(store: EmbeddedStore) -> None:
    """The trial tells the number of rows."""
    assert tried(store, [example("SELECT * { ?s ?p ?o }")], {}, "2026-11-22") == (Trial(slug="one", rows=1),)


@pytest.mark.parametrize("text", ["SELECT * {", "ASK {}", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"])
def test_an_example_that_breaks_has_a_fault(store: EmbeddedStore, text: str) -> None:
    """What cannot be asked, or gives no table, is a fault."""
    (trial,) = tried(store, [example(text)], {}, "2026-11-22")
    assert trial.fault


def test_an_empty_example_keeps_the_day_since_when(store: EmbeddedStore, tmp_path: Path) -> None:
    """The first release that finds it empty gives the day; one that finds rows again forgets it."""
    empty, full = example("SELECT * { <urn:z> ?p ?o }"), example("SELECT * { ?s ?p ?o }")
    (tmp_path / REPORT).mkdir()
    write_trials(tmp_path, tried(store, [empty], {}, "2026-11-20"))
    (later,) = tried(store, [empty], read_trials(tmp_path), "2026-11-22")
    (again,) = tried(store, [full], read_trials(tmp_path), "2026-11-22")
    assert (later.empty_since, again.empty_since) == ("2026-11-20", "")
    assert read_trials(tmp_path / "older") == {}
